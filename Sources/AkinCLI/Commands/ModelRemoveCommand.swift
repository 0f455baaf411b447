import Akin
import AkinCore
import ArgumentParser
import Foundation

extension ModelCommand {
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove an installed model.",
            discussion: """
                Only what stands in the model folder is removed; of a link, the link alone. A store that was made with \
                the model asks for it again when it is searched.

                  akin model remove bge-small-en-v1.5
                  akin model remove BAAI/bge-small-en-v1.5 --yes --json
                """)

        /// What `--json` prints.
        private struct Outcome: Encodable {
            let name: String
            let path: String
            let bytes: Int
            let removed: Bool
        }

        @Argument(help: "The model's name.")
        var model: String

        @Flag(help: "Do not ask first.")
        var yes = false

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let library = ModelLibrary.ofEnvironment
            let found = try library.removable(model)
            guard try yes || isConfirmed(found) else {
                StandardError.line("\(found.path) was left as it is")
                throw ExitCode.failure
            }
            let removed = try library.remove(found.name)
            if output.json {
                try StandardOutput.printJSON(
                    Outcome(name: removed.name, path: removed.path, bytes: removed.bytes, removed: true))
            } else if !output.talk.quiet {
                try StandardOutput.print(["\(VisibleText.line(removed.path)): removed"])
            }
        }

        private func isConfirmed(_ model: RemovableModel) throws -> Bool {
            guard isatty(STDIN_FILENO) == 1, Terminal.isTerminal(.error) else {
                throw ValidationError("Nobody can be asked here: give --yes to remove \(model.path).")
            }
            let size = model.isLink ? "a link" : Figures.bytes(Double(model.bytes))
            StandardError.write("remove \(VisibleText.line(model.path)), \(size)? [y/N] ")
            return ["y", "yes"].contains(readLine()?.lowercased())
        }
    }
}
