import AkinCore
import ArgumentParser
import Foundation

/// The root of the command line: parses, runs the chosen command and turns any error into one line and an exit status.
@main
struct AkinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "akin",
        abstract: "Find text by meaning: one SQLite file, no server.",
        discussion: """
            Put text in, then ask for it in your own words:

              akin index notes/                       # every text below a folder
              akin search "how do I stop a memory leak"
              akin cluster --report topics.html       # what it is all about, as a page

            The database is --db PATH, else $AKIN_DB, else akin.db in the working folder. Results go to standard \
            output, everything else to standard error. The exit status is 0 only if everything asked for was done: 64 wrong \
            usage, 65 bad data, 66 no input, 69 no model, 71 too little memory or too few files, 73 and 74 file trouble, 75 another \
            program holds the database.

            Shell completions: akin --generate-completion-script bash (or zsh, fish).
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Documents",
                subcommands: [
                    IndexCommand.self, CollectionCommand.self, ImportCommand.self, GetCommand.self, PutCommand.self,
                    DeleteCommand.self,
                    ExportCommand.self,
                ]),
            CommandGroup(
                name: "Finding",
                subcommands: [
                    SearchCommand.self, SimilarCommand.self, RerankCommand.self, OpenCommand.self, ClusterCommand.self,
                ]),
            CommandGroup(
                name: "Encoders",
                subcommands: [
                    ModelCommand.self, EmbedCommand.self, TokenizeCommand.self, WordsCommand.self,
                ]),
            CommandGroup(
                name: "Tasks",
                subcommands: [
                    ClassifyCommand.self, TagCommand.self, AnswerCommand.self, FillMaskCommand.self, TrainCommand.self,
                ]),
            CommandGroup(name: "Quality", subcommands: [EvalCommand.self, RecallCommand.self, AdaptCommand.self]),
            CommandGroup(
                name: "Care",
                subcommands: [
                    InfoCommand.self, VerifyCommand.self, RepairCommand.self, BackupCommand.self, OptimizeCommand.self,
                    DoctorCommand.self,
                ]),
        ])

    static func main() async {
        Signals.endQuietlyWhenOutputCloses()
        ResourceLimits.check()
        KernelVariable.apply()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(after: error)
        }
        Ending.leave(0)
    }

    /// Reports what went wrong, in one line for a failure of the work and with the usage for a mistake in the command
    /// line, and exits.
    private static func leave(after error: any Error) -> Never {
        if let failure = Failure(error) {
            StandardError.lines("akin: " + failure.message)
            Ending.leave(failure.status)
        }
        let status = exitCode(for: error)
        let message = fullMessage(for: error)
        if status == .validationFailure {
            StandardError.lines("akin: " + (advice(on: message) ?? String(message.trimmingPrefix("Error: "))))
        } else if !message.isEmpty {
            // Help, the version, a completion script.
            do { try StandardOutput.print(message.utf8) } catch { Ending.leave(AkinError.Code.inputOutput.exitStatus) }
        }
        Ending.leave(status.rawValue)
    }

    /// A better message than the parser's own; nil where that is enough.
    private static func advice(on message: String) -> String? {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if message.contains("nexpected argument"), let advice = CommandSuggestion.advice(for: arguments) {
            return advice
        }
        if let unknown = message.firstMatch(of: /Unknown option '(-[^']*)'/),
            arguments.first == SearchCommand.configuration.commandName
        {
            return "\(message.trimmingPrefix("Error: "))\n  \(SearchCommand.adviceOnDash(String(unknown.1)))"
        }
        return adviceOnDash(message)
    }

    /// How to give an option a value that begins with a dash, where the parser has taken one for another option.
    private static func adviceOnDash(_ message: String) -> String? {
        guard let match = message.firstMatch(of: /Missing value for '(-[^ ']+)/) else { return nil }
        let option = String(match.1)
        guard let place = CommandLine.arguments.lastIndex(of: option), place + 1 < CommandLine.arguments.count else {
            return nil
        }
        let next = CommandLine.arguments[place + 1]
        guard next.hasPrefix("-") else { return nil }
        let value = String(DisplayText.oneLine(next))
        return
            "\(option) has no value: \(value) would be another option. A value that begins with a dash is written \(option)=\(value)"
    }
}
