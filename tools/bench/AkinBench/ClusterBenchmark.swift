import AkinCluster
import AkinVectors
import ArgumentParser
import Foundation

/// Runs spherical k-means, or the layout of the map, over given vectors.
struct ClusterBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cluster", abstract: "Time clustering and the map.")

    @Option(help: "A NumPy file of float32 vectors (rows, dimension), of unit length.") var vectors: String

    @Option(help: "Clusters; auto chooses them.") var k = "100"

    @Option(help: "Iterations over all rows at most.") var iterations = KMeansOptions().maximumIterations

    @Option(help: "Starts, of which the best is kept.") var restarts = KMeansOptions().restarts

    @Option var seed: UInt64 = 42

    @Option var threads = 2

    @Option(help: "Write each row's cluster to a file of lines.") var assignments: String?

    @Option(help: "Also place the rows on the map, and write the places to a NumPy file.") var map: String?

    mutating func run() throws {
        let rows = try NumPyFile.matrix(vectors)
        let clock = ContinuousClock()
        let options = KMeansOptions(seed: seed, restarts: restarts, maximumIterations: iterations, threads: threads)
        var wanted = Int(k) ?? 0
        if k == "auto" {
            var candidates: [ClusterCount.Candidate] = []
            let choosing = try clock.measure { (wanted, candidates) = try ClusterCount.choose(rows, options: options) }
            emit([
                "phase": "choice", "k": wanted, "seconds": choosing / .seconds(1),
                "candidates": candidates.map { [Double($0.k), $0.score] },
            ])
        }
        var found: KMeansResult?
        let clustering = try clock.measure { found = try KMeans.cluster(rows, k: wanted, options: options) }
        guard let found else { return }
        emit([
            "phase": "k-means", "rows": rows.rows, "dimension": rows.columns, "k": found.k,
            "seconds": clustering / .seconds(1),
            "objective": found.objective, "iterations": found.iterations, "threads": threads,
            "peak_rss_mb": Double(ProcessMemory.peak) / 1e6,
        ])
        if let assignments {
            try found.assignments.map { "\($0)\n" }.joined().write(
                toFile: assignments, atomically: true, encoding: .utf8)
        }
        guard let map else { return }
        var places: [MapLayout.Place] = []
        let layout = try clock.measure {
            places = try MapLayout.places(
                rows, assignments: found.assignments, centroids: found.centroids, seed: seed, threads: threads)
        }
        emit(["phase": "map", "rows": rows.rows, "seconds": layout / .seconds(1)])
        try NumPyFile.write(Matrix(places.map { [Float($0.x), Float($0.y)] }), to: URL(filePath: map))
    }

    private func emit(_ fields: [String: Any]) {
        guard let data = try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys]) else { return }
        print(String(decoding: data, as: UTF8.self))
    }
}
