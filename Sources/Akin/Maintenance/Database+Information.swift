import AkinTransformers
import AkinWords
import AkinVectors
public import AkinCore
import AkinIndex
import AkinPostings
import AkinStore
import Foundation

extension Database {
    /// What is in the store.
    public func information() async throws -> StoreInformation {
        try await offload(on: .questions) { [self] in
            try store.read { reader in
                let active = try activeSpace(reader)
                let older = try olderDocuments(reader)
                return StoreInformation(
                    path: path, uuid: store.uuid.uuidString, formatVersion: Store.formatVersion,
                    bytes: Self.bytesOnDisk(path) + Self.bytesOnDisk(path + "-wal"),
                    documents: try reader.documentCount(), passages: try reader.passageCount(),
                    chunkTokens: try ChunkSettings.stored(ChunkSettings.tokensKey, reader),
                    chunkOverlap: try ChunkSettings.stored(ChunkSettings.overlapKey, reader),
                    lastChange: try reader.lastChange().sequence,
                    spaces: try reader.spaces().map { try information($0, isActive: $0.id == active?.id, reader) },
                    postings: try postingsInformation(reader),
                    clusterRuns: try reader.clusterRuns().count, labels: try labellingInformation(reader),
                    collections: try reader.collections().count, olderDocuments: older,
                    outdated: (try KeywordTextVersion.outdatedNote(reader).map { [$0] } ?? [])
                        + (older > 0 ? [Self.olderDocumentsNote(older)] : []))
            }
        }
    }

    /// How many documents of files were read or cut by an older version.
    private func olderDocuments(_ reader: StoreReader) throws -> Int {
        try reader.contentHashEndings(digestLength: ContentHash.digestLength).reduce(0) { count, group in
            let version = ReadingVersion(ending: group.ending)
            let isCurrent = version?.isCurrent(source: group.source, readers: configuration.readers) ?? false
            return isCurrent ? count : count + (version == nil ? group.ofFiles : group.documents)
        }
    }

    private static func olderDocumentsNote(_ count: Int) -> Note {
        Note(
            count == 1
                ? "A document was read by an older version of Akin and is read again with its collection."
                : "\(count) documents were read by an older version of Akin and are read again with their collections.",
            remedy: .updateCollections)
    }

    private func information(_ space: VectorSpace, isActive: Bool, _ reader: StoreReader) throws -> SpaceInformation {
        let snapshot = try snapshots.snapshot(of: space, store: store, reader: reader).snapshot
        return SpaceInformation(
            id: space.id, kind: try space.encoderKind(), encoder: space.encoderName, fingerprint: space.fingerprint,
            dimension: space.dimension,
            metric: try space.distanceMetric(), elementType: try space.knownElement(), storedPrecision: space.precision,
            vectors: try reader.vectorCount(space: space.id),
            status: isActive ? .semantic : SpaceInformation.Status(space.status),
            index: try snapshot.map { snapshot in
                IndexInformation(
                    path: snapshot.path, generation: snapshot.header.generation, bytes: Self.bytesOnDisk(snapshot.path),
                    vectors: snapshot.index.count,
                    pending: try LogTail(after: snapshot.header.lastSequence, space: space.id, reader: reader).added
                        .count)
            },
            adaptation: try adaptation(of: space, reader: reader))
    }

    private func postingsInformation(_ reader: StoreReader) throws -> PostingsInformation? {
        guard let file = try postings.file(store: store, reader: reader).file else { return nil }
        let header = file.postings.header
        return PostingsInformation(
            path: file.path, generation: header.generation, bytes: Self.bytesOnDisk(file.path),
            passages: file.postings.passageCount, words: file.postings.termCount,
            pending: try PassageTail(after: header.lastSequence, reader: reader).added.count)
    }

    static func bytesOnDisk(_ path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// Proves the store whole: SQLite's own check, every row's checksum and references, the hash chain, the entries for
    /// filters, the keyword index, every index file. Returns findings, none when all is well. Cost: reads
    /// everything.
    ///
    /// FTS5 compares its index with the texts for a writer only: at the end a store that is otherwise found whole is
    /// locked for that, and other writers wait. `skipped` is given the reason, should that not be possible. Nothing is
    /// changed.
    public func verify(skipped: (@Sendable (Note) -> Void)? = nil) async throws -> [StoreFinding] {
        try await offload { [self] in
            let findings = try allFindings()
            guard findings.isEmpty, mode == .readOnly else { return findings }
            do {
                return try store.keywordFindings()
            } catch let error as AkinError where [.locked, .cannotCreate, .inputOutput].contains(error.code) {
                skipped?(
                    Note("The keyword index was not compared word by word, which takes a writer: \(error.message)"))
                return []
            }
        }
    }

    /// What is wrong with the store and with what is derived from it, but for the words of the keyword index where the
    /// store is read only.
    func allFindings() throws -> [StoreFinding] {
        try store.verify(metadataEntries: MetadataCoding.entries(ofJSON:)) + derivedFindings()
    }

    /// What is wrong with word vectors' models and index files.
    func derivedFindings() throws -> [StoreFinding] {
        var findings: [StoreFinding] = []
        guard let spaces = try? store.read({ try $0.spaces() }) else { return findings }
        do {
            _ = try store.read(activeSpace)
        } catch let error as AkinError where error.code == .invalidData {
            findings.append(StoreFinding(.setting(Self.activeSpaceKey), .invalid, error.message))
        }
        for space in spaces {
            do {
                try checkWordModel(of: space)
            } catch {
                findings.append(StoreFinding(.wordModel(space: space.id), .invalid, Note(of: error).message))
            }
            do {
                _ = try store.read { try queryAdapter(of: space, reader: $0) }
            } catch {
                findings.append(
                    StoreFinding(
                        .setting(VectorSpace.adapterKey(space: space.id)), .invalid, Note(of: error).message))
            }
            findings += try indexFileFindings(.graph(space: space.id), verifying: Snapshot.verify) {
                try snapshots.snapshot(of: space, store: store, reader: $0).findings
            }
        }
        return try findings
            + indexFileFindings(.words, verifying: Self.verifyPostings) {
                try postings.file(store: store, reader: $0).findings
            }
    }

    /// A file of an older format is no fault: the next write replaces it.
    private static func verifyPostings(at path: String) throws {
        do {
            _ = try Postings(path: path)
        } catch let error as AkinError where error.code == .incompatible {}
    }

    /// What is wrong with the index files of a kind: in themselves, and with their fitting the store.
    private func indexFileFindings(
        _ kind: IndexFiles.Kind, verifying verify: (String) throws -> Void,
        unused: (StoreReader) throws -> [StoreFinding]
    ) throws -> [StoreFinding] {
        var findings: [StoreFinding] = []
        for file in IndexFiles(store: store).files(of: kind) {
            do {
                try verify(file.path)
            } catch let error as AkinError {
                // Where it is gone, another process has put the next one in its place.
                if FileStatus(of: file.path) != nil {
                    findings.append(StoreFinding(.indexFile(path: file.path), .invalid, error.message))
                }
            }
        }
        // A file that was published after a read began is newer than what that sees, and fits the next.
        if try !store.read(unused).isEmpty {
            let known = Set(findings.map(\.message))
            findings += try store.read(unused).filter { !known.contains($0.message) }
        }
        return findings
    }

    /// Throws where a space of word vectors has no model, or one that cannot be read.
    func checkWordModel(of space: VectorSpace) throws {
        guard space.isOfWords, space.status == .active else { return }
        guard let data = try store.read({ try $0.wordModel(space: space.id) }) else {
            throw AkinError(.invalidData, "The model of the word vectors in space \(space.id) is missing.")
        }
        let dimension =
            if space.kind == EncoderKind.static.rawValue {
                try EncoderResolver.staticModel(data, of: space).dimension
            } else {
                WordVectorEncoder(model: try EncoderResolver.wordModel(data), name: space.encoderName).identity
                    .dimension
            }
        guard dimension == space.dimension else {
            throw AkinError(
                .invalidData,
                "The model of the word vectors in space \(space.id) makes \(dimension) components, but the space has \(space.dimension)."
            )
        }
    }
}

extension SpaceInformation.Status {
    init(_ status: VectorSpace.Status) {
        self =
            switch status {
            case .active: .active
            case .building: .building
            case .retired: .retired
            }
    }
}
