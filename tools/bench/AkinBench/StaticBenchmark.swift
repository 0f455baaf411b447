import AkinVectors
import AkinTransformers
import ArgumentParser
import Foundation

/// Encodes a file of texts by a static model again and again and prints tokens a second.
struct StaticBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "static", abstract: "Time encoding by a static model, as akin words distill --output writes one.")

    @Option(help: ArgumentHelp("A model2vec folder.", valueName: "folder"), completion: .directory)
    var model: String

    @Option(help: ArgumentHelp("UTF-8 text, one text a line.", valueName: "file"), completion: .file())
    var texts: String

    @Option(help: "Threads of one call.")
    var threads = 1

    @Option(
        help: ArgumentHelp(
            "Passes over all texts go on until they have taken this long, but one at least.", valueName: "s"))
    var seconds = 2.0

    private struct Report: Encodable {
        let threads: Int
        let texts: Int
        let tokens: Int
        let tokensPerSecond: Double
        let loadSeconds: Double
    }

    func run() throws {
        let lines = try String(contentsOfFile: texts, encoding: .utf8).split(separator: "\n").map(String.init)
        guard !lines.isEmpty, threads >= 1 else { throw ValidationError("Give a text, and at least one thread.") }
        let clock = ContinuousClock()
        let start = clock.now
        let encoder = StaticEncoder(
            model: try StaticModel(folder: URL(filePath: model)), name: "static", fingerprint: "")
        let load = start.duration(to: clock.now) / .seconds(1)
        var tokens = 0
        var best = Double.infinity
        var spent = 0.0
        repeat {
            let time = try clock.measure {
                tokens = try encoder.encode(lines, role: .passage, threads: threads).tokenCounts.reduce(0, +)
            }
            best = min(best, time / .seconds(1))
            spent += time / .seconds(1)
        } while spent < seconds
        let report = Report(
            threads: threads, texts: lines.count, tokens: tokens, tokensPerSecond: Double(tokens) / best,
            loadSeconds: load)
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }
}
