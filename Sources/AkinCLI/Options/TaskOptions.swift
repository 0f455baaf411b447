import Akin
import AkinCore
import ArgumentParser

/// How a command with a model that has a head works: the model is an argument of its own.
struct TaskModelOptions: ParsableArguments {
    @Option(help: "The arithmetic of the network (default: auto).")
    var precision: EncodingPrecision?

    @OptionGroup var work: WorkOptions

    var configuration: Database.Configuration {
        Database.Configuration(precision: precision, threads: work.threads, models: .ofEnvironment)
    }
}

/// The texts of a command that reads them one by one.
struct TextArguments: ParsableArguments {
    /// Texts that are read in one call.
    private static let batchSize = 512

    @Argument(
        help: ArgumentHelp(
            "The texts, or - for one a line of standard input (or JSON lines {\"id\", \"text\"}).", valueName: "text"))
    var texts: [String] = []

    func requireTexts() throws {
        if texts.isEmpty { throw ValidationError("There is no text: give one or more, or - for standard input.") }
    }

    /// Whether there may be several texts.
    var isList: Bool { texts.count > 1 || texts == ["-"] }

    /// Hands over the texts in their order, some at a time.
    func forEachBatch(_ body: ([TextRecord]) async throws -> Void) async throws {
        guard texts == ["-"] else { return try await body(texts.map { TextRecord(text: $0) }) }
        var records = TextRecords(LineReader.standardInput())
        while case let batch = try records.nextBatch(records: Self.batchSize), !batch.isEmpty { try await body(batch) }
    }

    /// Hands over pairs of texts in their order, some at a time: arguments two by two, or lines of standard input.
    func forEachBatchOfPairs(_ body: ([PairRecord]) async throws -> Void) async throws {
        guard texts == ["-"] else {
            return try await body(
                stride(from: 0, to: texts.count - 1, by: 2).map {
                    PairRecord(id: nil, pair: TextPair(texts[$0], texts[$0 + 1]))
                })
        }
        var records = PairRecords(LineReader.standardInput())
        while case let batch = try records.nextBatch(records: Self.batchSize), !batch.isEmpty { try await body(batch) }
    }
}
