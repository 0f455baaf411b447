import Akin
import ArgumentParser
import Foundation

/// Which database a command works on.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .customLong("db"),
        help: ArgumentHelp("The database file (default: $AKIN_DB, else akin.db).", valueName: "path"),
        completion: .file())
    var given: String?

    var path: String {
        if let given { return given }
        let variable = ProcessInfo.processInfo.environment["AKIN_DB", default: ""]
        return variable.isEmpty ? "akin.db" : variable
    }

    /// Opens the database, runs `body` with it and closes it, even when `body` throws.
    func withDatabase<Result: Sendable>(
        _ mode: Database.OpenMode, configuration: Database.Configuration = Database.Configuration(),
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        try await StoreOptions.withDatabase(at: path, mode, configuration: configuration, body)
    }

    static func withDatabase<Result: Sendable>(
        at path: String, _ mode: Database.OpenMode, configuration: Database.Configuration,
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        var configuration = configuration
        configuration.models = .ofEnvironment
        if case .create = mode, !FileManager.default.fileExists(atPath: path) {
            try await requireModel(of: configuration)
        }
        let database = try await Database.open(at: path, mode: mode, configuration: configuration)
        let result: Result
        do {
            result = try await body(database)
        } catch {
            // The first error is the one to report.
            try? await database.close()
            throw error
        }
        try await database.close()
        return result
    }

    /// Throws where a new database is asked to use a model that is not there, so that no empty one is left behind.
    private static func requireModel(of configuration: Database.Configuration) async throws {
        if let model = configuration.model {
            _ = try configuration.models.information(model)
        } else if configuration.encoder == .bert || configuration.encoder == .static,
            try configuration.models.installed().isEmpty
        {
            _ = try await Embedder.load(configuration)
        }
    }
}
