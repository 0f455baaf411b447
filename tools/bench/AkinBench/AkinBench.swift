import ArgumentParser

/// Times Akin's parts in process, for the scripts of `tools/bench` that set them beside other libraries; prints JSON
/// lines.
@main
struct AkinBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time Akin's parts in process; tools/bench sets them beside other libraries.",
        subcommands: [
            EncoderBenchmark.self, StaticBenchmark.self, IndexBenchmark.self, MemoryBenchmark.self,
            ClusterBenchmark.self,
        ])
}
