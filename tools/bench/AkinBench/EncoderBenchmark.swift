public import AkinCore
import AkinTransformers
import AkinVectors
public import ArgumentParser
import Foundation

/// Encodes a file of texts again and again, all in one call or one by one, and prints how long each pass or text took.
struct EncoderBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encoder",
        abstract: "Time encoding: tokenising, network, pooling; vectors are not printed.")

    enum Mode: String, CaseIterable, ExpressibleByArgument {
        /// All texts in one call.
        case bulk
        /// One text a call, as a user's queries come.
        case query
    }

    @Option(
        help: ArgumentHelp("A sentence-transformers folder.", valueName: "folder"),
        completion: .directory)
    var model: String

    @Option(
        help: ArgumentHelp("UTF-8 text, one text a line.", valueName: "file"), completion: .file())
    var texts: String

    @Option(help: "The arithmetic of the linear layers.")
    var precision: EncodingPrecision = .fp32

    @Option(help: "Threads of one call.")
    var threads = 1

    @Option(help: "Whether the texts come all at once or one by one.")
    var mode: Mode = .bulk

    @Option(
        help: ArgumentHelp(
            "Passes over all texts go on until they have taken this long, but one at least.",
            valueName: "s"))
    var seconds = 2.0

    @Option(
        help: ArgumentHelp("Write the vectors here, as NumPy's array file.", valueName: "file.npy"),
        completion: .file())
    var out: String?

    func validate() throws {
        guard threads >= 1 else {
            throw ValidationError("--threads must be at least 1, not \(threads).")
        }
    }

    func run() throws {
        let lines = try String(contentsOfFile: texts, encoding: .utf8).split(separator: "\n").map(
            String.init)
        guard !lines.isEmpty else { throw ValidationError("\(texts) holds no text.") }
        let clock = ContinuousClock()
        let start = clock.now
        let encoder = try BERTEncoder(folder: URL(filePath: model), precision: precision)
        let load = start.duration(to: clock.now)
        let encoded = try encoder.encode(lines, role: .passage, threads: threads)

        var report = EncoderReport(
            precision: precision.rawValue, kernels: Kernels.active.name, threads: threads,
            texts: lines.count,
            tokens: encoded.tokenCounts.reduce(0, +), loadSeconds: load.seconds)
        switch mode {
        case .bulk:
            let passes = try Self.durations(of: self.seconds) {
                [try clock.measure { _ = try encoder.encode(lines, role: .passage, threads: threads) }]
            }
            report.setPasses(passes)
        case .query:
            let latencies = try Self.durations(of: self.seconds) {
                try lines.map { line in
                    try clock.measure { _ = try encoder.encode([line], role: .query, threads: threads) }
                }
            }
            report.setLatencies(latencies)
        }
        report.peakBytes = ProcessMemory.peak
        if let out { try NumPyFile.write(encoded.vectors, to: URL(filePath: out)) }
        try report.print()
    }

    /// What a pass gives, of as many passes as fit into the time, one at least.
    private static func durations(of seconds: Double, pass: () throws -> [Duration]) rethrows
        -> [Duration]
    {
        let clock = ContinuousClock()
        let start = clock.now
        var all: [Duration] = []
        repeat { all += try pass() } while start.duration(to: clock.now).seconds < seconds
        return all
    }
}

extension EncodingPrecision: ExpressibleByArgument {}
