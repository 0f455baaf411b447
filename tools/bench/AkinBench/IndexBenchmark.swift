import AkinCore
import AkinIndex
import AkinVectors
import ArgumentParser
import Foundation

/// Builds an index over given vectors, searches it at several breadths, writes it and opens it again.
struct IndexBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Time the vector index: vector in, k ids out.")

    @Option(help: "A NumPy file of float32 vectors (rows, dimension), of unit length.") var vectors: String

    @Option(help: "A NumPy file of float32 queries (rows, dimension), of unit length.") var queries: String

    @Option(help: "Threads that build.") var threads = 2

    @Option(help: "Threads that search, a comma between several counts.") var searchThreads = "1"

    @Option(help: "The breadths to search with, a comma between them.") var ef = "16,24,32,48,64,96,128,192,256,384,512"

    @Option(help: "How rows are kept: float32, float16 or int8.") var rows = "float16"

    @Option(help: "Rows to return.") var k = 10

    @Option(help: "Also search under filters that admit these shares of the rows, a comma between them.")
    var filters: String?

    @Option(help: "Also remove half of the rows and add them again, so many times.")
    var churn = 0

    @Option(help: "Where to write the index; a temporary file otherwise.") var file: String?

    private static let passes = 3

    mutating func run() throws {
        let (base, probes) = (try NumPyFile.matrix(vectors), try NumPyFile.matrix(queries))
        let formats: [String: RowFormat] = ["float32": .float32, "float16": .float16, "int8": .int8]
        guard let format = formats[rows] else {
            throw ValidationError("The rows are float32, float16 or int8, not \(rows).")
        }
        let clock = ContinuousClock()
        let ids = Array(0..<Int64(base.rows))
        var built: HNSWIndex?
        let building = try clock.measure {
            built = try HNSWIndex.build(ids: ids, vectors: base, metric: .cosine, rowFormat: format, threads: threads)
        }
        guard let index = built else { return }
        let path =
            file ?? FileManager.default.temporaryDirectory.appending(path: "akin-bench-\(UUID().uuidString)").path
        defer { if file == nil { try? FileManager.default.removeItem(atPath: path) } }
        let header = SnapshotHeader(
            of: index, storeUUID: UUID(), space: 1, encoderFingerprint: "", generation: 1, lastSequence: 0,
            chain: Data(repeating: 0, count: 32))
        try Snapshot.write(index, header: header, to: path)
        var opened: HNSWIndex?
        let opening = try clock.measure { opened = try Snapshot.open(path).index }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        let shape = index.statistics()
        emit([
            "phase": "build", "vectors": base.rows, "dimension": base.columns, "threads": threads,
            "seconds": building / .seconds(1),
            "rows": rows, "file_bytes": size, "file_share": Double(size) / Double(4 * base.rows * base.columns),
            "open_ms": opening / .milliseconds(1), "unreachable": shape.unreachable, "orphans": shape.orphans,
            "mean_degree": shape.meanDegree, "peak_rss_mb": Double(ProcessMemory.peak) / 1e6,
        ])
        guard let mapped = opened else { return }
        let truth = ExactIndex(ids: ids, vectors: base, metric: .cosine).search(batch: probes, k: k, threads: threads)
            .map {
                Set($0.map(\.id))
            }
        let questions = (0..<probes.rows).map(probes.row)
        for (name, searched) in [("memory", index), ("mapped", mapped)] {
            for threads in searchThreads.split(separator: ",").compactMap({ Int($0) }) {
                for ef in ef.split(separator: ",").compactMap({ Int($0) }) {
                    try measure(searched, name, ef: ef, threads: threads, questions, truth)
                }
            }
        }
        for share in filters?.split(separator: ",").compactMap({ Double($0) }) ?? [] {
            emit(
                FilterRun(share: share, rows: base.rows).measure(
                    mapped, ExactIndex(ids: ids, vectors: base, metric: .cosine), questions, k))
        }
        if churn > 0 {
            try emit(
                ChurnRun(vectors: base, questions: questions, truth: truth, k: k).measure(
                    mapped, rounds: churn, threads))
        }
    }

    private func measure(
        _ index: HNSWIndex, _ name: String, ef: Int, threads: Int, _ questions: [[Float]], _ truth: [Set<Int64>]
    ) throws {
        var best = Double.infinity
        let k = k
        for _ in 0..<Self.passes {
            let seconds = ContinuousClock().measure {
                Parallel.ranges(questions.count, threads: threads) { range in
                    for query in range { _ = index.search(questions[query], k: k, ef: ef) }
                }
            }
            best = min(best, seconds / .seconds(1))
        }
        let answers = questions.map { index.search($0, k: k, ef: ef) }
        let hits = zip(answers, truth).reduce(0) { $0 + $1.1.intersection($1.0.neighbors.map(\.id)).count }
        emit([
            "phase": "search", "index": name, "ef": ef, "threads": threads,
            "recall": Double(hits) / Double(k * questions.count),
            "qps": Double(questions.count) / best,
            "distances": Double(answers.reduce(0) { $0 + $1.distancesComputed }) / Double(questions.count),
        ])
    }

    private func emit(_ fields: [String: Any]) {
        guard let data = try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys]) else { return }
        print(String(decoding: data, as: UTF8.self))
    }
}
