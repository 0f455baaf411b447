import ArgumentParser

/// Times Akin's parts inside one process, for the scripts of `tools/bench` that set them beside other libraries.
///
/// Each subcommand prints one JSON object a line on standard output.
@main
struct AkinBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time Akin's parts in process; tools/bench sets them beside other libraries.",
    subcommands: [EncoderBenchmark.self])
}
