import Akin
import AkinCore
import ArgumentParser
import Foundation

struct WordsTrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train word vectors on text files.",
        discussion: """
            Each line of the input is a sentence or a paragraph; a window never reaches over its end. Files may be larger than memory. \
            Words are lower-cased runs of letters and digits; of scripts without spaces (Chinese, Japanese, Thai, …) every letter and \
            every pair of letters is a word. --tokens whitespace takes prepared text as it is.

              akin words train corpus.txt --output corpus.akin
              akin words train *.txt --algorithm fasttext --epochs 10 --output corpus.akin
              akin words train corpus.txt --algorithm glove --output corpus.vec
              zcat corpus.gz | akin words train - --algorithm cbow --output corpus.bin

            The output is Akin's own file (.akin, which keeps n-grams), word2vec text (.vec, .txt) or word2vec binary (.bin). The state is \
            kept every minute, and at Ctrl-C, in OUTPUT.checkpoint: the same command goes on from there. With --threads 1 the same input \
            and options give the same file.
            """)

    @Argument(help: "Text files, or - for standard input.", completion: .file())
    var inputs: [String]

    @Option(help: ArgumentHelp("The file to write: .akin, .vec, .txt or .bin.", valueName: "file"), completion: .file())
    var output: String

    @OptionGroup(title: "Learning") var learning: WordLearningOptions

    @Flag(inversion: .prefixedNo, help: "Go on from OUTPUT.checkpoint where there is one.")
    var resume = true

    @OptionGroup var work: WorkOptions
    @OptionGroup var talk: OutputOptions

    func validate() throws {
        guard !inputs.isEmpty else { throw ValidationError("Name at least one text file, or - for standard input.") }
        guard WordVectorFileFormat(writing: output) != nil else {
            throw ValidationError(
                "The name of --output ends in .akin, .vec, .txt or .bin, which says what is written; \(output) does not."
            )
        }
    }

    func run() async throws {
        guard let format = WordVectorFileFormat(writing: output) else { return }
        try OutputFile.requireReplaceable(output, inputs: inputs)
        let checkpoint = output + ".checkpoint"
        if !resume { try? FileManager.default.removeItem(atPath: checkpoint) }
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        let (paths, options) = (inputs, learning.options(threads: work.threads))
        let outcome: WordTrainingOutcome
        do {
            outcome = try await Signals.runInterruptibly {
                try await WordVectors.train(on: paths, options: options, checkpoint: checkpoint, progress: handler)
            }
        } catch let error as CancellationError {
            progress?.finish()
            if !talk.talk.quiet, FileManager.default.fileExists(atPath: checkpoint) {
                StandardError.line("what was learned is kept in \(checkpoint); the same command goes on from there")
            }
            throw error
        }
        try outcome.vectors.write(to: output, format: format)
        try? FileManager.default.removeItem(atPath: checkpoint)
        progress?.finish()
        let summary = outcome.summary
        if talk.json {
            try StandardOutput.printJSON(summary)
        } else if !talk.talk.quiet {
            try StandardOutput.print(lines(for: summary))
        }
        guard summary.skippedLines > 0 else { return }
        for place in summary.skipped { StandardError.line("\(place): not UTF-8, left out") }
        StandardError.line("akin: \(Figures.count(summary.skippedLines, "line")) of the input could not be read")
        throw ExitCode(AkinError.Code.invalidData.exitStatus)
    }

    private func lines(for summary: WordTrainingSummary) -> [String] {
        let speed = "\(Figures.whole(Int(summary.wordsPerSecond))) words/s"
        let loss = summary.loss.map { ", loss " + Figures.decimal($0, 4) } ?? ""
        return [
            "\(output): \(Figures.count(summary.words, "word")), \(summary.dimension) components, \(summary.algorithm.rawValue)",
            "\(Figures.whole(summary.corpusWords)) words of text, \(Figures.count(summary.epochs, "epoch")) in "
                + "\(Figures.duration(milliseconds: summary.elapsedMilliseconds)), \(speed)\(loss)",
        ]
    }
}
