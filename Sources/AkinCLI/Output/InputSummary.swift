import Akin
import AkinCore
import ArgumentParser

/// The result of reading input: documents or vectors.
protocol InputSummary: Encodable {
    var problemGroups: [ProblemGroup] { get }
    var problemCount: Int { get }
    var notes: [Note] { get }
}

extension IndexingSummary: InputSummary {}
extension VectorImportSummary: InputSummary {}

extension OutputOptions {
    /// Prints the result of reading input.
    ///
    /// - Throws: the exit status of bad data where something was skipped.
    func report(_ summary: some InputSummary, remarks: [Note], lines: @autoclosure () -> [String]) throws {
        ProblemList(summary.problemGroups, count: summary.problemCount).print()
        talk.notes(summary.notes + remarks)
        if json {
            try StandardOutput.printJSON(summary)
        } else if !talk.quiet {
            try StandardOutput.print(lines())
        }
        if summary.problemCount > 0 { throw ExitCode(AkinError.Code.invalidData.exitStatus) }
    }
}
