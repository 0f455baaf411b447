import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import ArgumentParser
import Foundation

/// Trains by hidden words and writes all that another program needs to do the same: the model before the first step, each
/// step's texts and masks, and those that are scored on.
struct PretrainingRun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pretraining",
        abstract: "Steps of training by hidden words, with their texts written as JSON lines; a JSON line.")

    @Argument(help: "The text to learn from.")
    var text: String

    @Option(help: "The folder to write start/, steps.jsonl and held-out.jsonl into.")
    var output: String

    @Option(help: "Layers.") var layers = 2
    @Option(help: "Components of a token's state.") var hidden = 128
    @Option(help: "Entries of the vocabulary, which is learnt from the text.") var vocabularySize = 4000
    @Option(help: "Tokens of a sequence.") var length = 64
    @Option(help: "Sequences of a step.") var batch = 16
    @Option(help: "Steps.") var steps = 100
    @Option(help: "The largest learning rate.") var rate: Float = 1e-3
    @Option(help: "Threads.") var threads = 2
    @Flag(help: "Learn next sentences too.") var nsp = false
    @Flag(help: "Hide whole words.") var wholeWords = false
    @Flag(help: "Multiply in bfloat16 where the processor does.") var bf16 = false

    func run() throws {
        let folder = URL(filePath: output)
        let documents = CorpusDocuments(paths: [text])
        let options = VocabularyOptions(size: vocabularySize)
        var counts = WordCounts(options.tokenizer)
        try documents.forEach { lines in for line in lines { counts.add(line) } }
        let (files, tokenizer) = try TokenizerFiles.learnt(
            try WordPieceTrainer(options: options).train(counts), options: options)
        let corpus = try TokenCorpus(
            documents, tokenizer: tokenizer, room: length - MaskedTextSource.specialTokens(inPairs: nsp),
            besides: folder.appending(path: "tokens").path, threads: threads
        ) { _ in }
        var isSpecial = [Bool](repeating: false, count: tokenizer.vocabularySize)
        for id in 0..<5 { isSpecial[id] = true }
        var masking = WordMasking(
            maskID: tokenizer.maskID ?? 4, isSpecial: isSpecial, isContinuation: tokenizer.continuations)
        masking.hidesWholeWords = wholeWords
        let texts = MaskedTextSource(
            corpus, tokenizer: tokenizer, masking: masking, length: length, makesPairs: nsp, heldOutShare: 0.1, seed: 1)
        let shape = try BERTConfiguration(
            layers: layers, hiddenSize: hidden, heads: max(hidden / 64, 1), intermediateSize: 4 * hidden,
            vocabularySize: tokenizer.vocabularySize, maximumPositions: length)
        let model = TrainingModel(shape: shape, task: .maskedWords(nextSentence: nsp), seed: 1)
        var settings = TrainingSettings()
        (settings.steps, settings.batchSize, settings.rate, settings.dropout) = (steps, batch, rate, 0)
        (settings.rounds, settings.threads) = (bf16, threads)
        try MaskedLanguageModelTraining(model, texts, settings).write(
            to: folder.appending(path: "start"), tokenizer: files)
        try write(
            stride(from: 0, to: texts.heldOut.count, by: batch).map {
                texts.heldOut($0..<min($0 + batch, texts.heldOut.count))
            }, to: folder.appending(path: "held-out.jsonl"))

        let pass = BERTPass(
            shape, model.site, model.parameters, capacity: batch * length, longest: length, rounds: bf16,
            threads: threads)
        let capacity = batch * texts.mostHidden
        let (losses, learnt) =
            nsp
            ? train(
                TrainingRecorder(texts) { PreTrainingHead.Targets(words: $0.words, isRandom: $0.isRandom) }, model,
                pass,
                try model.preTrainingHead(pass, capacity: capacity, sequences: batch), settings)
            : train(
                TrainingRecorder(texts) { $0.words }, model, pass, try model.maskedWordHead(pass, capacity: capacity),
                settings)
        try write(learnt, to: folder.appending(path: "steps.jsonl"))
        let score = try MaskedLanguageModelTraining(model, texts, settings).score()
        var line = JSONWriter(escaping: .required)
        line.object([
            "losses": .array(losses.map(JSONValue.number)), "perplexity": .number(score.perplexity),
            "next_sentence_accuracy": score.nextSentenceAccuracy.map(JSONValue.number) ?? .null,
            "rate": .number(Double(rate)), "warm_up_share": .number(Double(settings.warmUpShare)),
            "held_out_sequences": .number(Double(texts.heldOut.count)),
            "training_sequences": .number(Double(texts.training.count)),
        ])
        print(line.text)
    }

    private func train<Head: TrainingHead>(
        _ recorder: TrainingRecorder<Head.Targets>, _ model: TrainingModel, _ pass: BERTPass, _ head: Head,
        _ settings: TrainingSettings
    ) -> (losses: [Double], texts: [MaskedTexts]) {
        let run = TrainingRun(
            model, pass, head, settings, exampleCount: recorder.source.training.count, makeBatch: recorder.batch)
        var losses: [Double] = []
        while !run.isFinished { losses.append(run.makeStep().loss) }
        run.finish()
        return (losses, recorder.texts)
    }

    private func write(_ batches: [MaskedTexts], to file: URL) throws {
        func numbers(_ values: some Sequence<some BinaryInteger>) -> JSONValue {
            .array(values.map { .number(Double($0)) })
        }
        var lines = JSONWriter(escaping: .required)
        for texts in batches {
            lines.object([
                "ids": .array(texts.batch.bounds.map { numbers(texts.batch.ids[$0]) }),
                "segments": .array(texts.batch.bounds.map { numbers(texts.batch.segments[$0]) }),
                "rows": numbers(texts.words.rows), "words": numbers(texts.words.ids),
                "is_random": numbers(texts.isRandom),
            ])
            lines.newline()
        }
        try Data(lines.bytes).write(to: file)
    }
}

/// Remembers what the steps of a training read.
private final class TrainingRecorder<Targets> {
    let source: MaskedTextSource
    private let targets: (MaskedTexts) -> Targets
    private(set) var texts: [MaskedTexts] = []

    init(_ source: MaskedTextSource, _ targets: @escaping (MaskedTexts) -> Targets) {
        (self.source, self.targets) = (source, targets)
    }

    func batch(_ places: [Int], epoch: Int) -> (Batch, Targets) {
        texts.append(source.training(places, epoch: epoch))
        return (texts[texts.count - 1].batch, targets(texts[texts.count - 1]))
    }
}
