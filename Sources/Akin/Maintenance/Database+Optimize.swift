import AkinWords
import AkinVectors
import AkinCore
import AkinIndex
import AkinStore

extension Database {
    /// Brings everything derived up to date: fills in missing vectors, trains grown word vectors anew, rebuilds index
    /// files, merges the keyword index and compacts the file, which needs as much free disk as the store is large. With
    /// `encoder` (a model's name or folder, `static` or `words`) the store is encoded with that one first; the vectors
    /// it had serve meanwhile, and an interrupted run goes on where it stopped. With `upgrade`, a store made by a
    /// static model goes over to the model that was distilled. Vectors that the user brought stay as they are. Returns
    /// what was done, a sentence each.
    @discardableResult
    public func optimize(encoder name: String? = nil, upgrade: Bool = false, progress: ProgressHandler? = nil)
        async throws -> [String]
    {
        try await offload { [self] in
            var done: [String] = []
            if let format = store.olderFormat {
                done.append("The store was brought from format \(format) to format \(Store.formatVersion).")
            }
            try sealRows()
            if let note = try updateKeywordText() { done.append(note) }
            let (documents, active) = try store.read { (try $0.documentCount(), try activeSpace($0)) }
            guard documents > 0 else { return done + ["The store is empty: there is nothing to do."] }
            if name != nil, try !store.read({ try $0.holdsText() }) {
                throw AkinError(
                    .incompatible,
                    "\(path) holds no texts that an encoder could read: its documents came with vectors alone.")
            }
            switch name {
            case nil where upgrade: done.append(try upgradeNow(progress: progress))
            case EncoderKind.static.rawValue?:
                let teacher = try teacherForStore(active)
                let semantic = active?.kind != EncoderKind.bert.rawValue
                done.append(try adoptStatic(teacher: teacher, serveSemantic: semantic, progress: progress).sentence)
            case nil:
                var trained = ""
                done += try ensureVectors(progress: progress, encoder: &trained)
                if let note = try refreshWords(progress: progress) { done.append(note) }
            case EncoderKind.words.rawValue?:
                let semantic = active == nil || active?.isOfWords == true || active?.isBrought == true
                try adoptWords(serveSemantic: semantic, progress: progress)
                done.append(
                    semantic
                        ? "Word vectors were trained anew."
                        : "Word vectors were trained beside \(active?.encoderName ?? "the model"): --mode words uses them."
                )
            case let name?:
                let encoder = try resolver.bert(named: name)
                if encoder.identity.fingerprint == active?.fingerprint {
                    done.append("The store is encoded with \(encoder.identity.name) already.")
                } else {
                    try adopt(makeSpace(for: encoder), encoder, serveSemantic: true, progress: progress)
                    done.append(
                        "Every passage was encoded with \(encoder.identity.name), which now serves semantic and hybrid search."
                    )
                }
            }
            for space in try servingSpaces() {
                let vectors = try store.read { try $0.vectorCount(space: space.id) }
                guard vectors > configuration.exactThreshold(dimension: space.dimension) else { continue }
                let tail = try store.read { reader in
                    try snapshots.snapshot(of: space, store: store, reader: reader).snapshot
                        .map { try LogTail(after: $0.header.lastSequence, space: space.id, reader: reader).isEmpty }
                }
                if tail != true {
                    let path = try buildIndex(of: space, progress: progress)
                    done.append("The index over \(vectors) vectors was built: \(path).")
                }
            }
            try store.write { try $0.optimizeKeywordIndex() }
            let before = Self.bytesOnDisk(path)
            try store.compact()
            let saved = before - Self.bytesOnDisk(path)
            if saved > before / 10 { done.append("The file is \(saved >> 10) KiB smaller.") }
            return done.isEmpty ? ["Everything was up to date."] : done
        }
    }

    /// Gives rows of before there were checksums theirs, once the change log has shown that nobody has altered them.
    private func sealRows() throws {
        guard try store.read({ try $0.hasUnsealedRows() }) else { return }
        let findings = try store.verify(metadataEntries: MetadataCoding.entries(ofJSON:))
        guard findings.isEmpty else {
            throw AkinError(
                .invalidData,
                "\(path) is damaged (\(findings[0])): run 'akin verify' to see where and 'akin repair' to save what can be read."
            )
        }
        try store.write { try $0.sealRows() }
    }

    /// Trains word vectors on the store's passages and makes them serve. With `resuming`, those that an interrupted or
    /// another process has trained already are taken instead. Returns how they were trained.
    @discardableResult
    func adoptWords(serveSemantic: Bool, resuming: Bool = false, progress: ProgressHandler?) throws -> String {
        let known = try resuming ? trainedWords() : nil
        let (space, encoder) = try known ?? trainNewWords(yielding: resuming, progress)
        try adopt(space, encoder, serveSemantic: serveSemantic, progress: progress)
        try store.write { try $0.setSetting(Self.trainedPassagesKey, String($0.passageCount())) }
        return encoder.model.method.rawValue
    }

    /// Trains word vectors and makes their space; `yielding`, to those that another process has made meanwhile.
    private func trainNewWords(yielding: Bool, _ progress: ProgressHandler?) throws -> (VectorSpace, WordVectorEncoder)
    {
        let model = try trainWords(progress: progress)
        if yielding, let other = try trainedWords() { return other }
        let encoder = WordVectorEncoder(model: model, name: Self.wordEncoderName)
        let space = try makeSpace(for: encoder, model: model.serialized(), yielding: yielding)
        if space.fingerprint != encoder.identity.fingerprint, let other = try trainedWords() { return other }
        return (space, encoder)
    }

    /// The word vectors that the store holds, whether their space is filled or not.
    private func trainedWords() throws -> (VectorSpace, WordVectorEncoder)? {
        try store.read { reader in
            guard let space = try reader.spaces().last(where: { $0.kind == EncoderKind.words.rawValue }),
                let encoder = try encoder(of: space, reader: reader) as? WordVectorEncoder
            else { return nil }
            return (space, encoder)
        }
    }

    static let trainedPassagesKey = "word_vectors_passages"

    /// The growth of the store from which word vectors are trained anew by `optimize`.
    private static let retrainingGrowth = 1.5

    /// Trains the store's word vectors anew when it has grown by half since they were trained.
    private func refreshWords(progress: ProgressHandler?) throws -> String? {
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
                "The store had grown from \(trainedOn) to \(passages) passages, so its static model was distilled anew."
        }
        try adoptWords(serveSemantic: words.id == active?.id, progress: progress)
        return "The store had grown from \(trainedOn) to \(passages) passages, so its word vectors were trained anew."
    }
}
