import Akin
import AkinCore
import ArgumentParser
import Foundation

struct RecallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Measure the graph index against exact search.",
        discussion: """
            Asks the graph for the nearest of sampled stored vectors, and of the queries of a file, and counts how many of the true \
            nearest it finds. A graph is built for the measurement where the database has none.

              akin recall
              akin recall --ef 32,64,128 --queries questions.jsonl
              akin recall --min 0.95    # exit status 1 when the default ef finds less
            """)

    @Option(
        name: .customShort("k"), parsing: .unconditional,
        help: ArgumentHelp("How many nearest are asked for.", valueName: "n"))
    var count = 10

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The breadths of search to measure (default: a list around the one in use).", valueName: "n,n,…"))
    var ef: BreadthList?

    @Option(parsing: .unconditional, help: ArgumentHelp("How many stored vectors to ask with.", valueName: "n"))
    var samples = 1000

    @Option(
        help: ArgumentHelp("Also ask with the texts of a file of JSON lines (- is standard input).", valueName: "file"),
        completion: .file())
    var queries: String?

    @Option(
        help: ArgumentHelp(
            "Also ask with the vectors of a file (npy, fvecs, bvecs, JSON lines; - is JSON lines on standard input).",
            valueName: "file"),
        completion: .file())
    var vectorFile: String?

    @Option(
        name: .customLong("min"), parsing: .unconditional,
        help: ArgumentHelp("Exit with status 1 when recall at the default ef is below this share.", valueName: "x"))
    var minimum: Double?

    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(count) else { throw ValidationError("-k must be from 1 to 10000, not \(count).") }
        guard (1...1_000_000).contains(samples) else {
            throw ValidationError("--samples must be from 1 to 1000000, not \(samples).")
        }
        if queries == "-" && vectorFile == "-" {
            throw ValidationError("Standard input can be --queries or --vector-file, not both.")
        }
        if let minimum, !(0...1).contains(minimum) {
            throw ValidationError("--min is a share from 0 to 1, not \(minimum).")
        }
    }

    func run() async throws {
        let texts = try queries.map { try RecallCommand.texts(inFileAt: $0) } ?? []
        let file = try vectorFile.map { try VectorFile(path: $0, standardInput: .standardInput) }
        let vectors = try VectorQueries(file: file).next(.max).map(\.vector)
        let progress = output.talk.progressLine()
        defer { progress?.finish() }
        let report = try await store.withDatabase(.readOnly, configuration: encoding.configuration()) {
            try await $0.recall(
                k: count, ef: ef?.values ?? [], samples: samples, queries: texts, vectors: vectors,
                progress: ProgressLine.handler(for: progress))
        }
        progress?.finish()
        if output.json {
            try StandardOutput.printJSON(report)
        } else {
            try StandardOutput.print(lines(for: report))
        }
        guard let minimum, let measured = report.ef.first(where: { $0.ef == report.defaultEf })?.recall,
            measured < minimum
        else { return }
        StandardError.line("akin: recall \(Figures.decimal(measured, 4)) at ef \(report.defaultEf) is below \(minimum)")
        throw ExitCode.failure
    }

    private static func texts(inFileAt path: String) throws -> [String] {
        var records = TextRecords(try LineReader.file(path), alwaysJSON: true)
        var texts: [String] = []
        while case let batch = try records.nextBatch(records: 1024), !batch.isEmpty { texts += batch.map(\.text) }
        return texts
    }

    private func lines(for report: RecallReport) -> [String] {
        var lines = [
            "\(Figures.count(report.vectors, "vector")), \(Figures.whole(report.queries)) queries, k = \(report.k)"
                + (report.builtForThis ? ", graph built for this measurement" : ""), "",
        ]
        let depths = ([report.k] + (report.ef.first?.recallAt.keys ?? [:].keys)).sorted()
        let header = ["ef"] + depths.map { "recall@\($0)" } + ["queries/s", "distances"]
        var table = TextTable(header: header, alignments: header.map { _ in .right })
        for row in report.ef {
            let mark = row.ef == report.defaultEf ? "*" : ""
            let recalls = depths.map { Figures.decimal($0 == report.k ? row.recall : row.recallAt[$0] ?? 0, 4) }
            table.add([mark + String(row.ef)] + recalls + [Figures.rate(row.qps), Figures.whole(Int(row.distances))])
        }
        lines += table.lines(style: TerminalStyle(.output))
        lines += [
            "",
            "* the default; \(Figures.whole(report.unreachable)) unreachable, \(Figures.whole(report.orphans)) without a link to them",
        ]
        return lines
    }
}

/// The value of `--ef`: numbers with commas between them.
struct BreadthList: ExpressibleByArgument {
    let values: [Int]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }.filter { (1...100_000).contains($0) }
        guard numbers.count == parts.count else { return nil }
        values = numbers
    }
}
