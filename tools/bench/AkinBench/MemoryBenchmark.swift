import AkinIndex
import AkinVectors
import ArgumentParser
import Foundation

/// Opens an index file in a process that has built nothing, searches it, and says what memory that took.
struct MemoryBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "Open an index file, search it, and print what memory that took.")

    @Option(help: "An index file, as 'index --file' leaves it.") var file: String

    @Option(help: "A NumPy file of float32 queries (rows, dimension), of unit length.") var queries: String

    @Option(help: "The breadth to search with.") var ef = 192

    mutating func run() throws {
        let probes = try NumPyFile.matrix(queries)
        let questions = (0..<probes.rows).map(probes.row)
        let before = ProcessMemory.resident
        var opened: HNSWIndex?
        let opening = try ContinuousClock().measure { opened = try Snapshot.open(file).index }
        guard let index = opened else { return }
        var latencies = questions.map { question in
            ContinuousClock().measure { _ = index.search(question, k: 10, ef: ef) }
        }
        let after = ProcessMemory.resident
        latencies.sort()
        let fields: [String: Any] = [
            "phase": "memory", "vectors": index.count, "ef": ef, "open_ms": opening / .milliseconds(1),
            "p50_ms": latencies[latencies.count / 2] / .milliseconds(1), "resident_bytes": after.all - before.all,
            "anonymous_bytes": after.anonymous - before.anonymous,
        ]
        print(
            String(decoding: try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys]), as: UTF8.self))
    }
}
