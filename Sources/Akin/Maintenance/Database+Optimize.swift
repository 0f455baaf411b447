import AkinWords
import AkinVectors
public import AkinCore
import AkinIndex
import AkinStore

extension Database {
    /// Brings everything derived up to date: fills in missing vectors, trains word vectors again when the store has
    /// grown, rebuilds index files over vectors and words, merges the keyword index and compacts the file, which needs as much free disk as
    /// the store is large. With `encoder` (a model's name or folder, `static` or `words`) the store is encoded with
    /// that one first; the vectors it had serve meanwhile, and an interrupted run goes on where it stopped. With
    /// `upgrade`, a store made by a static model changes to the model that was distilled. Imported vectors stay as they
    /// are. Returns what was done.
    ///
    /// - Parameter dimensions: With a BERT model's name in `encoder`: the components that its vectors are cut to.
    @discardableResult
    public func optimize(
        encoder name: String? = nil, dimensions: Int? = nil, upgrade: Bool = false, progress: ProgressHandler? = nil
    ) async throws -> [Note] {
        try await offload { [self] in
            try optimizeNow(encoder: name, dimensions: dimensions, upgrade: upgrade, progress: progress)
        }
    }

    private func optimizeNow(
        encoder name: String?, dimensions: Int?, upgrade: Bool, progress: ProgressHandler?
    ) throws -> [Note] {
        let ofNoModel: [String?] = [nil, EncoderKind.static.rawValue, EncoderKind.words.rawValue]
        guard dimensions == nil || !ofNoModel.contains(name) else {
            throw AkinError(
                .invalidArgument, "Vectors are cut while a BERT model, named as the encoder, encodes the store again.",
                remedy: .leaveOut(.dimensions))
        }
        var done: [Note] = []
        if let format = store.olderFormat {
            done.append("The store was upgraded from format \(format) to format \(Store.formatVersion).")
        }
        try sealRows()
        if let note = try updateKeywordText(compacting: true) { done.append(note) }
        guard try store.read({ try $0.documentCount() }) > 0 else {
            return done + ["The store is empty: there is nothing to do."]
        }
        done += try encode(with: name, dimensions: dimensions, upgrade: upgrade, progress: progress)
        done += try narrowVectors()
        done += try buildOutdatedIndexFiles(progress: progress)
        if let note = try buildOutdatedPostingsFile() { done.append(note) }
        try store.write { try $0.optimizeKeywordIndex() }
        if let note = try compactFile() { done.append(note) }
        return done.isEmpty ? ["Everything was up to date."] : done
    }

    /// Gives every passage a vector of the encoder asked for; nil keeps those in use and fills in what is missing.
    private func encode(
        with name: String?, dimensions: Int?, upgrade: Bool, progress: ProgressHandler?
    ) throws -> [Note] {
        let (active, holdsText) = try store.read { (try activeSpace($0), try $0.holdsText()) }
        if name != nil, !holdsText {
            throw AkinError(
                .incompatible,
                "\(path) holds no texts that an encoder could read: its documents came with vectors alone.")
        }
        switch name {
        case nil where upgrade: return [try upgradeNow(progress: progress)]
        case nil:
            var trained = ""
            let notes = try ensureVectors(progress: progress, encoder: &trained)
            return try notes + (refreshWords(progress: progress).map { [$0] } ?? [])
        case EncoderKind.static.rawValue?:
            let teacher = try teacherForStore(active)
            let serves = active?.kind != EncoderKind.bert.rawValue
            return [Note(try adoptStatic(teacher: teacher, serveSemantic: serves, progress: progress).sentence)]
        case EncoderKind.words.rawValue?:
            let serves = active == nil || active?.isOfWords == true || active?.isImported == true
            try adoptWords(serveSemantic: serves, progress: progress)
            return [
                serves
                    ? "Word vectors were trained again."
                    : Note(
                        "Word vectors were trained beside \(active?.encoderName ?? "the model").",
                        remedy: .give(.searchMode, "words"))
            ]
        case let name?:
            var configuration = configuration
            configuration.dimensions = dimensions
            let encoder = try EncoderResolver(configuration: configuration, store: path).model(named: name)
            guard encoder.identity.fingerprint != active?.fingerprint else {
                return ["The store is already encoded with \(encoder.identity.name)."]
            }
            try adopt(makeSpace(for: encoder), encoder, serveSemantic: true, progress: progress)
            return [
                "Every passage was encoded with \(encoder.identity.name), which now serves semantic and hybrid search."
            ]
        }
    }

    /// Keeps the vectors of encoders in half precision, which stores of older versions kept as floats.
    private func narrowVectors() throws -> [Note] {
        let wide = try store.read { try $0.spaces().filter { !$0.isImported && $0.element == .f32 } }
        return try wide.compactMap { space in
            let count = try store.write { try $0.narrowVectors(ofSpace: space.id) }
            return count > 0 ? "The \(count) vectors of \(space.encoderName) are kept in half precision now." : nil
        }
    }

    /// Builds the graphs of the spaces that need one and have none of their present state.
    private func buildOutdatedIndexFiles(progress: ProgressHandler?) throws -> [Note] {
        try servingSpaces().compactMap { space in
            let vectors = try store.read { try $0.vectorCount(space: space.id) }
            guard vectors > configuration.exactThreshold(dimension: space.dimension) else { return nil }
            let isCurrent = try store.read { reader in
                try snapshots.snapshot(of: space, store: store, reader: reader).snapshot
                    .map { try LogTail(after: $0.header.lastSequence, space: space.id, reader: reader).isEmpty }
            }
            guard isCurrent != true else { return nil }
            let path = try buildIndex(of: space, progress: progress)
            return "The index over \(vectors) vectors was built: \(path)."
        }
    }

    /// Returns the space of deleted rows to the file system; with a note where it is much.
    private func compactFile() throws -> Note? {
        let before = Self.bytesOnDisk(path)
        try store.compact()
        let saved = before - Self.bytesOnDisk(path)
        return saved > before / 10 ? "The file is \(saved >> 10) KiB smaller." : nil
    }

    /// Adds checksums to rows of formats that had none, once the change log has shown that nobody has altered them.
    private func sealRows() throws {
        guard try store.read({ try $0.hasUnsealedRows() }) else { return }
        let findings = try store.verify(metadataEntries: MetadataCoding.entries(ofJSON:))
        guard findings.isEmpty else {
            throw AkinError(
                .invalidData,
                "\(path) is damaged (\(findings[0])).", remedy: .steps([.verify, .repair]))
        }
        try store.write { try $0.sealRows() }
    }

    /// Trains word vectors on the store's passages and makes them serve. With `resuming`, those that an interrupted
    /// process or another one has already trained are taken instead. Returns how they were trained.
    @discardableResult
    func adoptWords(serveSemantic: Bool, resuming: Bool = false, progress: ProgressHandler?) throws -> String {
        let known = try resuming ? trainedWords() : nil
        let (space, encoder) = try known ?? trainNewWords(yielding: resuming, progress)
        try adopt(space, encoder, serveSemantic: serveSemantic, progress: progress)
        try store.write { try $0.setSetting(Self.trainedPassagesKey, String($0.passageCount())) }
        return encoder.trainingMethod
    }

    /// Trains word vectors and makes their space; with `yielding`, those that another process has made meanwhile are
    /// taken instead.
    private func trainNewWords(yielding: Bool, _ progress: ProgressHandler?) throws -> (VectorSpace, any TrainedEncoder)
    {
        let model = try trainWords(progress: progress)
        if yielding, let other = try trainedWords() { return other }
        let encoder = WordVectorEncoder(model: model, name: Self.wordEncoderName)
        let space = try makeSpace(for: encoder, yielding: yielding)
        if space.fingerprint != encoder.identity.fingerprint, let other = try trainedWords() { return other }
        return (space, encoder)
    }

    /// The word vectors that the store holds, whether their space is filled or not.
    private func trainedWords() throws -> (VectorSpace, any TrainedEncoder)? {
        try store.read { reader in
            guard let space = try reader.spaces().last(where: { $0.kind == EncoderKind.words.rawValue }),
                let encoder = try encoder(of: space, reader: reader) as? any TrainedEncoder
            else { return nil }
            return (space, encoder)
        }
    }

    static let trainedPassagesKey = "word_vectors_passages"

    /// The growth of the store from which word vectors are trained again by `optimize`.
    private static let retrainingGrowth = 1.5

    /// Trains the store's word vectors again when it has grown by half since they were trained.
    private func refreshWords(progress: ProgressHandler?) throws -> Note? {
        let (words, active, trainedOn, passages) = try store.read { reader in
            (
                try wordSpace(reader), try activeSpace(reader),
                try reader.number(ofSetting: Self.trainedPassagesKey, in: 0...(1 << 40)),
                try reader.passageCount()
            )
        }
        guard let words, let trainedOn, Double(passages) > Double(trainedOn) * Self.retrainingGrowth else { return nil }
        if words.kind == EncoderKind.static.rawValue {
            try adoptStatic(teacher: teacherForStore(words), serveSemantic: words.id == active?.id, progress: progress)
            return
                "The store had grown from \(trainedOn) to \(passages) passages, so its static model was distilled again."
        }
        try adoptWords(serveSemantic: words.id == active?.id, progress: progress)
        return "The store had grown from \(trainedOn) to \(passages) passages, so its word vectors were trained again."
    }
}
