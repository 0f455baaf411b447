import AkinTokenizers
import AkinTransformers
import AkinCore
import AkinStore
import AkinVectors
import Foundation

/// The figures of a distillation.
public struct DistillationReport: Sendable, Codable {
    /// The static model's name, which its folder has too.
    public var name: String
    /// The model it was distilled from.
    public var teacher: String
    /// The number of components of its vectors.
    public var dimension: Int
    /// The number of tokens that have a vector.
    public var tokens: Int
    /// The number of words of the corpus that got a token of their own, because the teacher's vocabulary has none for
    /// them.
    public var addedWords: Int
    /// The number of passages whose stored vectors it was fitted to.
    public var fittedPassages: Int
    /// The mean cosine of its vectors of those passages to the teacher's.
    public var fit: Double
    /// The time taken, in milliseconds.
    public var elapsedMilliseconds: Double
    /// The folder that it was written to; nil where it joined the store.
    public var folder: String?

    var sentence: String {
        "A static model was distilled from \(teacher) and fitted to \(fittedPassages) of its vectors (cosine \(String(format: "%.2f", fit)))."
    }
}

extension Database {
    /// Distils a static model from the store's BERT model, fitted to the vectors that the store holds.
    ///
    /// Without `folder` the model joins the store, where it serves `--mode words` beside the BERT model's vectors; with
    /// it the model is written there in the layout of `model2vec`, and the store is left as it is.
    ///
    /// - Throws: `.incompatible` where the store's vectors are neither a BERT model's nor a static model's, `.noModel`
    ///   where that model is not on this machine.
    @discardableResult
    public func distill(folder: String? = nil, dimension: Int? = nil, progress: ProgressHandler? = nil) async throws
        -> DistillationReport
    {
        try await offload { [self] in
            guard let active = try store.read({ try activeSpace($0) }) else {
                throw AkinError(.noModel, "\(path) holds no vectors yet.", remedy: .indexDocuments)
            }
            guard let teacher = try teacher(of: active) else {
                throw AkinError(
                    .incompatible,
                    "A static model is distilled from a BERT model, but the vectors of \(path) were made by \(active.encoderName).",
                    remedy: .reencode(with: Remedy.recommendedModel))
            }
            var options = StaticDistillation.Options()
            if let dimension { options.dimension = dimension }
            guard let folder else {
                return try adoptStatic(
                    teacher: teacher, options: options, serveSemantic: active.kind == EncoderKind.static.rawValue,
                    progress: progress)
            }
            try StaticModel.requireReplaceable(folder: URL(filePath: folder))
            let started = ContinuousClock.now
            let outcome = try distilled(from: teacher, options, progress)
            try outcome.model.write(folder: URL(filePath: folder))
            var report = DistillationReport(outcome, teacher: teacher, since: started)
            report.folder = folder
            return report
        }
    }

    /// Distils a static model and makes it serve. With `resuming`, one that an interrupted or another process has made
    /// already is taken instead.
    @discardableResult
    func adoptStatic(
        teacher: any DistillationTeacher, options: StaticDistillation.Options = StaticDistillation.Options(),
        serveSemantic: Bool,
        resuming: Bool = false, progress: ProgressHandler?
    ) throws -> DistillationReport {
        let started = ContinuousClock.now
        if resuming, let (space, encoder) = try distilledSpace(of: teacher) {
            try adopt(space, encoder, serveSemantic: serveSemantic, progress: progress)
            return DistillationReport(
                name: space.encoderName, dimension: encoder.identity.dimension, tokens: encoder.vocabularySize,
                teacher: teacher, since: started)
        }
        let outcome = try distilled(from: teacher, options, progress)
        let data = try outcome.model.serialized()
        let report = DistillationReport(outcome, teacher: teacher, since: started)
        let encoder = StaticEncoder(model: outcome.model, name: report.name, fingerprint: StaticModel.fingerprint(data))
        { teacher }
        // Packed, so that the next process loads it quickly.
        _ = try StaticModel.load(
            fingerprint: encoder.identity.fingerprint, of: URL(filePath: path), cache: configuration.models.packed
        ) { outcome.model }
        try adopt(makeSpace(for: encoder), encoder, serveSemantic: serveSemantic, progress: progress)
        try store.write { writer in
            try writer.setSetting(Self.trainedPassagesKey, String(writer.passageCount()))
            try writer.setSetting(Self.awaitedModelKey, nil)
        }
        return report
    }

    /// A static model of this teacher that the store holds, whether its space is filled or not.
    private func distilledSpace(of teacher: any DistillationTeacher) throws -> (VectorSpace, any DistilledEncoder)? {
        try store.read { reader in
            let spaces = try reader.spaces().filter { $0.teacherFingerprint == teacher.identity.fingerprint }
            guard let space = spaces.last, let encoder = try encoder(of: space, reader: reader) as? any DistilledEncoder
            else {
                return nil
            }
            return (space, encoder)
        }
    }

    private func distilled(
        from teacher: any DistillationTeacher, _ options: StaticDistillation.Options, _ progress: ProgressHandler?
    ) throws -> StaticDistillation.Outcome {
        let targets = try distillationTargets(of: teacher, progress)
        var options = options
        options.threads = configuration.threads
        let passages = try store.read { try $0.passageCount() }
        return try StaticDistillation(teacher: teacher, options: options, cache: configuration.models.packed).run(
            corpus: { body in
                // In a large store, evenly spread passages show the frequencies well enough.
                let share = min(1, Double(Self.countedPassages) / Double(max(passages, 1)))
                var due = 0.0
                try forEachEncodedText { text in
                    due += share
                    guard due >= 1 else { return }
                    due -= 1
                    try body(text)
                }
            },
            targets: targets,
            progress: { phase, share in
                progress?(
                    WorkProgress(
                        phase: .init(rawValue: phase), completed: share * 100, total: 100, unit: .percent, documents: 0)
                )
            })
    }

    /// Passages whose tokens are counted.
    private static let countedPassages = 200_000
    /// Vectors that a static model is fitted to.
    private static let fittedPassages = 30_000

    /// Passages with the vectors the teacher gave them; a sample of them is encoded where the store holds too few.
    private func distillationTargets(of teacher: any DistillationTeacher, _ progress: ProgressHandler?) throws
        -> DistillationTargets
    {
        let space = try makeSpace(for: teacher)
        try encodeSample(space, teacher, progress)
        return try store.read { reader in
            var known: [Int64] = []
            try unsafe reader.forEachVector(space: space.id) { passage, _ in known.append(passage) }
            let chosen = known.spread(Self.fittedPassages)
            let vectors = try reader.vectors(space: space.id, passages: chosen)
            let rows = try reader.passagesWithDocuments(ids: chosen)
            let pairs = zip(rows, vectors).compactMap { row, vector in
                vector.map { (PreparedDocument.encodedText(title: row.document.title, passage: row.passage.text), $0) }
            }
            return DistillationTargets(
                texts: pairs.map(\.0),
                vectors: pairs.isEmpty ? Matrix(rows: 0, columns: space.dimension) : Matrix(pairs.map(\.1)))
        }
    }

    /// Encodes evenly spread passages until the store holds vectors of `configuration.fitTokens` tokens, or of all.
    private func encodeSample(_ space: VectorSpace, _ teacher: any DistillationTeacher, _ progress: ProgressHandler?)
        throws
    {
        let (sizes, known) = try store.read { reader in
            var known: Set<Int64> = []
            try unsafe reader.forEachVector(space: space.id) { passage, _ in known.insert(passage) }
            return (try reader.passageSizes(), known)
        }
        let total = sizes.reduce(0) { $0 + $1.tokens }
        guard total > 0 else { return }
        let wanted = min(
            sizes.count, max(1, Int(Double(sizes.count) * Double(configuration.fitTokens) / Double(total))))
        let missing = sizes.map(\.id).spread(max(0, wanted - known.count)).filter { !known.contains($0) }
        for start in stride(from: 0, to: missing.count, by: Self.sampleBatch) {
            try CancellationFlag.check()
            let part = Array(missing[start..<min(start + Self.sampleBatch, missing.count)])
            try fill(space, with: teacher, try store.read { try $0.passagesWithDocuments(ids: part) })
            progress?(
                WorkProgress(
                    phase: .encodingSample, completed: Double(start + part.count), total: Double(missing.count),
                    unit: .passages,
                    documents: 0))
        }
    }

    private static let sampleBatch = 512
}

extension DistillationReport {
    init(_ outcome: StaticDistillation.Outcome, teacher: any DistillationTeacher, since start: ContinuousClock.Instant)
    {
        self.init(
            name: "\(teacher.identity.name)-static", dimension: outcome.model.dimension,
            tokens: outcome.model.tokenizer.vocabularySize, teacher: teacher, since: start)
        (addedWords, fittedPassages, fit) = (outcome.addedWords, outcome.fittedTexts, outcome.fit)
    }

    init(
        name: String, dimension: Int, tokens: Int, teacher: any DistillationTeacher,
        since start: ContinuousClock.Instant
    ) {
        self.init(
            name: name, teacher: teacher.identity.name, dimension: dimension, tokens: tokens, addedWords: 0,
            fittedPassages: 0, fit: 0, elapsedMilliseconds: start.duration(to: .now) / .milliseconds(1))
    }
}

extension Array {
    /// At most `count` elements, evenly spread.
    fileprivate func spread(_ count: Int) -> [Element] {
        guard count < self.count else { return self }
        return (0..<count).map { self[$0 * self.count / count] }
    }
}
