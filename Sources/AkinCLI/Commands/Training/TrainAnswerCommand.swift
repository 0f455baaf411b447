import Akin
import AkinCore
import ArgumentParser
import Foundation

struct TrainAnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: "Train a model that finds answers in texts, from questions with their answers.",
        discussion: """
            Fine-tunes a BERT model. Files are SQuAD's (.json, 1.1 or 2.0 with questions that their text does not answer), or records (.csv, \
            .tsv, .jsonl) with "question", "context", "answer" and "start", the answer's place in characters. The folder that it writes is for \
            'akin answer'.

              akin train answer squad.json --output models/answers
              akin train answer train.json --score dev.json --output models/answers
              akin answer --model models/answers "Where is the key?"

            A tenth of the texts is held out with all their questions and scored, or the files of --score: exact match and F1, as SQuAD counts \
            them. Long texts are read in overlapping parts. Training keeps its state every minute in a file beside the output; after an \
            interruption the same command goes on from there.
            """)

    @Argument(help: "Files of questions (.json of SQuAD, .csv, .tsv, .jsonl).", completion: .file())
    var questions: [String]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Files to score on in place of a held-out share.", valueName: "file"), completion: .file())
    var score: [String] = []

    @OptionGroup var tuning: FineTuningOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the questions.", valueName: "n"))
    var epochs = 3

    @Option(parsing: .unconditional, help: ArgumentHelp("Questions of a step.", valueName: "n"))
    var batchSize = 16

    @Option(parsing: .unconditional, help: ArgumentHelp("The largest learning rate.", valueName: "rate"))
    var rate = 1e-4

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens of question and text that are read together (default: 384).", valueName: "n"))
    var maxTokens: Int?

    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard !questions.isEmpty else { throw ValidationError("Name at least one file of questions.") }
        try FineTuningOptions.validate(epochs: epochs, batchSize: batchSize, rate: rate)
        if let maxTokens, maxTokens < 8 { throw ValidationError("--max-tokens must be 8 or more, not \(maxTokens).") }
    }

    func run() async throws {
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        var training = AnswerTraining()
        (training.epochs, training.batchSize, training.learningRate) = (epochs, batchSize, rate)
        (training.heldOutShare, training.seed) = (tuning.heldOut, tuning.seed)
        (training.maximumTokens, training.memory) = (maxTokens, tuning.memory.bytes)
        training.patience = tuning.patience
        let configuration = tuning.configuration
        let (questions, score, output) = (questions, score, tuning.output)
        let report = try await Signals.runInterruptibly { [training] in
            try await training.run(
                on: questions, heldOut: score, output: output, configuration: configuration, progress: handler)
        }
        progress?.finish()
        if report.heldOutCount == 0 {
            talk.talk.notes(["nothing was left to score on: all its texts occur among those learnt from"])
        }
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        let unanswerable = report.unanswerableCount > 0 ? ", \(report.unanswerableCount) of them without an answer" : ""
        try StandardOutput.print(
            [
                "\(tuning.output): F1 \(Figures.score(report.f1)), exact match \(Figures.score(report.exactMatch)), learnt from "
                    + "\(Figures.count(report.trainingCount, "question")), scored on \(Figures.whole(report.heldOutCount))"
                    + "\(unanswerable), \(Figures.duration(milliseconds: report.elapsedMilliseconds))"
            ] + report.fineTuning.lines(Figures.score))
    }
}
