import Akin
import AkinCore
import Foundation

extension TrainTagCommand {
    /// Learns senses of marked words.
    func trainSenses() async throws {
        let progress = talk.talk.progressLine()
        defer { progress?.finish() }
        let handler = ProgressLine.handler(for: progress)
        var training = SenseTraining()
        if let method { training.method = method }
        if let epochs { training.epochs = epochs }
        if let batchSize { training.batchSize = batchSize }
        if let rate { training.learningRate = rate }
        (training.heldOutShare, training.seed) = (tuning.heldOut, tuning.seed)
        training.memory = tuning.memory.bytes
        let configuration = tuning.configuration
        let (examples, score, output) = (sentences, score, tuning.output)
        let report = try await Signals.runInterruptibly { [training] in
            try await training.run(
                on: examples, heldOut: score, output: output, configuration: configuration, progress: handler)
        }
        progress?.finish()
        if report.heldOutCount == 0 {
            talk.talk.notes(["nothing was left to score on: all its texts occur among those learnt from"])
        }
        if talk.json { return try StandardOutput.printJSON(report) }
        if talk.talk.quiet { return }
        try StandardOutput.print(lines(report))
    }

    private func lines(_ report: SenseTraining.Report) -> [String] {
        var lines = report.trials.map { trial in
            "\(trial.method.rawValue): \(Figures.score(trial.accuracy)) right, macro F1 \(Figures.score(trial.macroF1)), "
                + Figures.duration(milliseconds: trial.elapsedMilliseconds)
        }
        lines.append("most frequent sense of each word: \(Figures.score(report.baseline)) right")
        lines.append(
            "\(tuning.output): \(report.method.rawValue), \(Figures.count(report.words.count, "word")), learnt from "
                + "\(Figures.count(report.trainingCount, "example")), scored on \(Figures.whole(report.heldOutCount))")
        lines += report.words.map { word in
            "  \(String(DisplayText.oneLine(word.word)))  \(Figures.score(word.accuracy)) of \(word.support), "
                + Figures.count(word.senses.count, "sense")
        }
        return lines
    }
}
