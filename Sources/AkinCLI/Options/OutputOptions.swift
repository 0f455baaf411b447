import AkinCore
import ArgumentParser

/// How a command reports.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON for programs instead of text for people.")
    var json = false

    @OptionGroup var talk: TalkOptions
}

/// How much a command prints on standard error.
struct TalkOptions: ParsableArguments {
    @Flag(help: "No progress, notes or summaries; errors are still printed.")
    var quiet = false

    /// A line to show progress on; nil with `--quiet`.
    func progressLine() -> ProgressLine? { quiet ? nil : ProgressLine() }

    /// Reports what a person should know.
    func notes(_ notes: [Note]) {
        guard !quiet else { return }
        for note in notes { StandardError.line("note: " + RemedyWording.text(note)) }
    }
}
