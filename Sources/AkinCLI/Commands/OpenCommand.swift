import Akin
import AkinCore
import ArgumentParser
import Foundation

struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a result of the last answer in an editor or viewer.",
        discussion: """
            The number is the rank that akin search, similar or answer printed last for the database. Texts open in $VISUAL, else \
            $EDITOR, at the passage's line; PDF, HTML and office documents in the system's viewer.

              akin search "how do I stop a memory leak"
              akin open 2
              akin open 2 --print                     # only says where it is
              less "$(akin open 1 --print | sed 's/:[0-9]*$//')"

            The last answer is kept for this user alone, in $XDG_CACHE_HOME/akin/answers, else ~/.cache/akin/answers.
            """)

    @Argument(help: "The result's number.")
    var number = 1

    @Flag(name: .customLong("print"), help: "Print the path, and the line after a colon, and open nothing.")
    var printsOnly = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var talk: TalkOptions

    func run() async throws {
        let (citation, id) = try LastAnswer(ofDatabaseAt: store.path).citation(number)
        guard let path = citation.file else {
            throw AkinError(
                .notFound, "Result \(number), document '\(id)', comes from no file; akin get prints its text.")
        }
        guard let status = FileStatus(of: path) else {
            throw AkinError(.noInput, "\(path) is not there any more, or cannot be looked at.")
        }
        guard status.kind == .regular else {
            throw AkinError(.noInput, "\(path) is \(status.kind.rawValue), not a file to open.")
        }
        if printsOnly { return try StandardOutput.print([path + (citation.line.map { ":\($0)" } ?? "")]) }
        let environment = ProcessInfo.processInfo.environment
        try FileOpener(path: path, line: citation.line, environment: environment).run(environment: environment)
    }
}
