import Akin
import AkinCore
import ArgumentParser
import Foundation

/// Carries out a sequence of steps on a store and prints which are begun (`s N`), committed (`a N`), or refused (`e N
/// CODE MESSAGE`).
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

    @OptionGroup var trial: TrialOptions
    @Option var db: String
    @Option var operations: Int
    @Option var mix: String = Operation.Mix.everyday.rawValue
    @Option var threshold: Int = 30
    @Option var durability: String = Durability.full.rawValue
    @Option(help: "Where to write; - is standard output.") var acks: String = "-"
    @Flag(help: "Try a refused step once more, which must then succeed.") var again = false

    func run() async throws {
        let sink = acks == "-" ? FileHandle.standardOutput : try Self.file(acks)
        var configuration = Database.Configuration.trial(trial, threshold: threshold)
        configuration.durability = Durability(rawValue: durability) ?? .full
        configuration.lockTimeout = .seconds(20)
        var worker = Worker(path: db, configuration: configuration)
        let steps = Operation.sequence(
            seed: trial.seed, count: operations, mix: Operation.Mix(rawValue: mix) ?? .everyday)
        for (number, step) in steps.enumerated() {
            try sink.write(contentsOf: Data("s \(number)\n".utf8))
            do {
                try await worker.perform(step)
            } catch let error as AkinError {
                try sink.write(
                    contentsOf: Data("e \(number) \(error.code) \(error.description.replacing("\n", with: " "))\n".utf8)
                )
                guard again else { throw ExitCode(3) }
                worker.forget()
                try await worker.perform(step)
            }
            try sink.write(contentsOf: Data("a \(number)\n".utf8))
        }
        try await worker.close()
    }

    private static func file(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw TrialFailure("\(path) cannot be made.")
        }
        return try FileHandle(forWritingTo: URL(filePath: path))
    }
}

/// A store under trial, open or not.
struct Worker {
    let path: String
    let configuration: Database.Configuration
    private var database: Database?
    private var backups = 0

    init(path: String, configuration: Database.Configuration) {
        self.path = path
        self.configuration = configuration
    }

    mutating func open() async throws -> Database {
        if let database { return database }
        let opened = try await Database.open(at: path, mode: .create, configuration: configuration)
        database = opened
        return opened
    }

    mutating func close() async throws {
        let last = database
        database = nil
        try await last?.close()
    }

    /// Leaves the store as a program does that gives up.
    mutating func forget() { database = nil }

    mutating func perform(_ operation: Operation) async throws {
        switch operation {
        case .put(let documents): _ = try await open().put(documents.map(\.document))
        case .delete(let number): _ = try await open().delete(id: TrialDocument.id(number))
        case .deleteGroup(let group): _ = try await open().delete(where: try Database.Filter("group = \(group)"))
        case .optimize: _ = try await open().optimize()
        case .backup:
            _ = try await open()
            var name: String
            repeat {
                backups += 1
                name = "\(path)-backup-\(backups)"
            } while FileManager.default.fileExists(atPath: name)
            _ = try await open().backup(to: name)
        case .reopen:
            try await close()
            _ = try await open()
        case .search(let query): _ = try await open().search(SearchRequest(query))
        }
    }
}
