import ArgumentParser

struct WordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words",
        abstract: "Static models and the senses of words.",
        subcommands: [SensesCommand.self, DistillCommand.self])
}
