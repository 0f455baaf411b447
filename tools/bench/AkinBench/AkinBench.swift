import AkinVectors
import ArgumentParser
import Foundation

/// Times Akin's parts in process, for the scripts of `tools/bench` that set them beside other libraries; prints JSON
/// lines.
@main
struct AkinBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time Akin's parts in process; tools/bench sets them beside other libraries.",
        subcommands: [
            EncoderBenchmark.self, StaticBenchmark.self, IndexBenchmark.self, MemoryBenchmark.self,
            ClusterBenchmark.self, TrainingBenchmark.self, PretrainingRun.self,
        ])

    /// Times the table of kernels that `$AKIN_KERNELS` names, as the command line does.
    static func main() {
        if let name = ProcessInfo.processInfo.environment["AKIN_KERNELS"] { Kernels.prefer(name) }
        main(nil)
    }
}
