import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// A tiny model with what PyTorch's gradients and optimiser make of it, written by tools/goldens_training.py.
struct TrainingGolden: Decodable {
    let ids: [[Int32]]
    let segments: [[Int32]]
    /// The mean loss before each step.
    let losses: [Double]
    /// The gradient's norm at each step.
    let norms: [Double]
    let rate: Float
    let warmUp: Int
    var classes: [Int32]?
    var flags: [[Float]]?
    var numbers: [Float]?
    var tokens: [[Int32]]?
    var starts: [Int]?
    var ends: [Int]?
    /// Sequence and token of each masked word.
    var places: [[Int]]?
    var words: [Int32]?
    var next: [Int32]?
    /// Of pairs of texts.
    var scores: [Float]?
    var cosines: [Float]?
    /// Texts at the front, whose own follow in the same order, and whom not to move away from whom.
    var anchors: Int?
    var excluded: [[Int]]?

    static let names = [
        "classes-gelu", "classes-gelu_new", "classes-relu", "flags", "number", "tokens", "answers", "masked-words",
        "next-sentence", "pairs-cosent", "pairs-cosines", "pairs-matching", "pairs-negatives",
    ]

    static func folder(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    }

    static func load(_ name: String) throws -> TrainingGolden {
        try JSONDecoder().decode(Self.self, from: Data(contentsOf: folder(name).appending(path: "expected.json")))
    }

    var batch: Batch {
        var batch = Batch()
        for (ids, segments) in zip(ids, segments) { batch.append(ids, segments: segments) }
        return batch
    }

    /// The rows that the task's head reads; nil where it reads all.
    var readRows: [Int]? {
        guard tokens == nil, starts == nil, task != .embedding else { return nil }
        guard words != nil else { return batch.firstRows }
        return Set(maskedWords.rows + (next == nil ? [] : batch.firstRows)).sorted()
    }

    var task: TrainingTask {
        if classes != nil { return .sequenceClassification(outputs: 3) }
        if flags != nil { return .sequenceClassification(outputs: 4) }
        if numbers != nil { return .sequenceClassification(outputs: 1) }
        if tokens != nil { return .tokenClassification(outputs: 5) }
        if starts != nil { return .questionAnswering }
        if embedding != nil { return .embedding }
        return .maskedWords(nextSentence: next != nil)
    }

    private var embedding: EmbeddingHead.Targets? {
        if let scores { return .scored(scores) }
        if let cosines { return .cosines(cosines) }
        guard let anchors, let excluded else { return nil }
        guard !excluded.isEmpty else { return .matching(anchors: anchors, excluded: []) }
        return .matching(
            anchors: anchors,
            excluded: (0..<anchors).map { anchor in Set(excluded.filter { $0[0] == anchor }.map { $0[1] }) })
    }

    private var maskedWords: MaskedWordHead.Targets {
        let bounds = batch.bounds
        return .init(rows: (places ?? []).map { bounds[$0[0]].lowerBound + $0[1] }, ids: words ?? [])
    }

    /// The loss of the model on the batch, its gradients being added where `seed` is given.
    func makeLoss(_ model: TrainingModel, _ pass: BERTPass) throws -> (
        loss: (_ seed: UInt64?) -> Double, pack: () -> Void, rows: AdamW.TableRows
    ) {
        let batch = batch
        if let embedding {
            let head = EmbeddingHead(.mean, pass, capacity: batch.bounds.count)
            return (
                { head.loss(pass, batch, embedding, dropout: 0, seed: $0) }, head.packWeights, head.reachedRows(batch)
            )
        }
        if starts == nil, tokens == nil, words == nil {
            let head = try model.classificationHead(pass, capacity: 3)
            let targets: ClassificationHead.Targets =
                classes.map { .classes($0) } ?? flags.map { .flags($0) } ?? .numbers(numbers ?? [])
            return (
                { head.loss(pass, batch, targets, dropout: 0, seed: $0) }, head.packWeights, head.reachedRows(batch)
            )
        }
        if let tokens {
            let head = try model.tokenClassificationHead(pass)
            return (
                { head.loss(pass, batch, Array(tokens.joined()), dropout: 0, seed: $0) }, head.packWeights,
                head.reachedRows(batch)
            )
        }
        if let starts, let ends {
            let head = try model.answerSpanHead(pass)
            let targets = zip(starts, ends).map { $0...$1 }
            return (
                { head.loss(pass, batch, targets, dropout: 0, seed: $0) }, head.packWeights, head.reachedRows(batch)
            )
        }
        if let next {
            let head = try model.preTrainingHead(pass, capacity: 8, sequences: 3)
            let targets = PreTrainingHead.Targets(words: maskedWords, isRandom: next)
            return (
                { head.loss(pass, batch, targets, dropout: 0, seed: $0) }, head.packWeights, head.reachedRows(batch)
            )
        }
        let head = try model.maskedWordHead(pass, capacity: 8)
        return (
            { head.loss(pass, batch, maskedWords, dropout: 0, seed: $0) }, head.packWeights, head.reachedRows(batch)
        )
    }

    /// The tensors of a file beside the expectations, by name.
    static func tensors(_ name: String, _ file: String) throws -> [String: [Float]] {
        let file = try SafetensorsFile(path: folder(name).appending(path: file).path)
        return try file.tensors.mapValues { tensor in
            let matrix = try file.matrix(tensor, shape: tensor.shape)
            return (0..<matrix.rows).flatMap { matrix.row($0) }
        }
    }
}

extension TrainingModel {
    /// A parameter's numbers in one of the buffers of `Parameters`.
    func numbers(_ parameter: Parameter, in buffer: AlignedBuffer<Float>) -> [Float] {
        Array(buffer.buffer[parameter.range])
    }
}
