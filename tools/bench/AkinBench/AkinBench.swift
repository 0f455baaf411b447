import ArgumentParser

/// Times parts of Akin in process, for the benchmarks beside it; prints JSON lines.
@main struct AkinBench: ParsableCommand { static let configuration = CommandConfiguration(subcommands: [IndexBenchmark.self]) }
