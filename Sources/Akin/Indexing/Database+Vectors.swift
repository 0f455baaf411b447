import AkinWords
import AkinTransformers
import AkinVectors
import AkinCore
import AkinStore
import Foundation
import Logging

extension Database {
    /// Passages encoded, and vectors written, at a time.
    private static let fillBatch = 512

    /// Gives every passage a vector in each space that serves; where there is no space (a store made without a model),
    /// trains word vectors on the store's own passages first. Returns what a person should know, and sets `encoder` to
    /// the name of what was trained.
    func ensureVectors(progress: ProgressHandler?, encoder: inout String) throws -> [Note] {
        let (space, passages) = try store.read { (try activeSpace($0), try $0.passageCount()) }
        if space != nil {
            while try !fillServingSpaces(progress: progress) {}
            return []
        }
        guard passages > 0 else { return [] }
        if let teacher = try awaitedTeacher() {
            let report = try adoptStatic(teacher: teacher, serveSemantic: true, resuming: true, progress: progress)
            encoder = report.name
            return [Note(report.sentence + (try judgement(of: teacher)), remedy: .upgradeEncoder)]
        }
        let method = try adoptWords(serveSemantic: true, resuming: true, progress: progress)
        encoder = Self.wordEncoderName
        let trained =
            "word vectors were trained on these documents (\(method)): meaning is known only as far as they show it."
        guard configuration.models.preferred() == nil else { return [Note(trained.capitalizedFirst)] }
        return [
            Note(
                "No model is installed, so \(trained) A model gives better results.",
                remedy: .steps([
                    .fetchModel(Remedy.recommendedModel), .reencode(with: Remedy.recommendedModel),
                ]))
        ]
    }

    /// Gives every passage a vector in each space that serves. Returns false where a space was dropped meanwhile,
    /// because another process gave the store another encoder.
    private func fillServingSpaces(progress: ProgressHandler?) throws -> Bool {
        for serving in try servingSpaces() where !serving.isImported {
            do {
                guard try !store.read({ try Unencodable(of: serving, $0).isKnown }) else { continue }
                let last = try fill(serving, with: try encoder(of: serving), progress: progress)
                try store.write { writer in
                    guard try passages(without: serving, after: last, writer) == nil else { return }
                    try Unencodable(of: serving, writer).save(writer)
                }
            } catch let error as AkinError {
                guard try store.read({ try $0.space(id: serving.id) }) == nil else { throw error }
                return false
            }
        }
        return true
    }

    /// Whether a static model was worth distilling, as a sentence after a space; empty where it was.
    private func judgement(of teacher: any DistillationTeacher) throws -> String {
        let (passages, encoded) = try store.read { reader in
            let space = try reader.spaces().first { $0.fingerprint == teacher.identity.fingerprint }
            return (try reader.passageCount(), try space.map { try reader.vectorCount(space: $0.id) } ?? 0)
        }
        guard encoded >= passages else { return "" }
        return
            " The sample for it was every passage there is, so a store of this size is made sooner by the model alone."
    }

    static let wordEncoderName = "words"

    /// Calls `body` with the text of every passage, title included, in the order of the documents.
    func forEachEncodedText(_ body: (String) throws -> Void) throws {
        try store.readOnce { reader in
            try reader.forEachDocument { document in
                try CancellationFlag.check()
                for passage in try reader.passages(documentRowID: document.rowID) {
                    try body(PreparedDocument.encodedText(title: document.title, passage: passage.text))
                }
            }
        }
    }

    /// Trains word vectors on the text of every passage.
    func trainWords(progress: ProgressHandler?) throws -> WordVectorModel {
        var options = WordModelOptions()
        options.training.threads = min(configuration.threads, WordTrainingOptions.maximumThreads)
        return try WordVectorModel.train(corpus: forEachEncodedText, options: options) { step in
            progress?(
                WorkProgress(
                    phase: .trainingWordVectors, completed: step.fraction * 100, total: 100, unit: .percent,
                    documents: 0)
            )
        }
    }

    /// How long a space that another process may be filling is left alone.
    private static let fillingHours: Int64 = 24

    /// Makes a space for an encoder, or goes on with the one an interrupted call left `building`, and lets it serve.
    /// Returns the space.
    ///
    /// - Parameter yielding: Whether a space of the same kind that another process has made meanwhile is taken instead.
    func makeSpace(for encoder: any TextEncoder, yielding: Bool = false) throws -> VectorSpace {
        try store.write { writer in
            let spaces = try writer.spaces()
            if let existing = spaces.first(where: { $0.fingerprint == encoder.identity.fingerprint }) {
                return existing
            }
            if yielding, let other = spaces.last(where: { $0.kind == encoder.identity.kind.rawValue }) { return other }
            let id = try writer.createSpace(for: encoder, status: .building)
            guard let made = try writer.space(id: id) else {
                throw AkinError(.internalFailure, "A vector space that was just made is missing.")
            }
            return made
        }
    }

    /// Fills a space and gives it its role: semantic search when `serveSemantic`, otherwise `--mode words` alone.
    /// Spaces that no longer serve are dropped with their index files, except those that another process may be filling
    /// now, and imported ones, which nobody could make again.
    func adopt(_ space: VectorSpace, _ encoder: any TextEncoder, serveSemantic: Bool, progress: ProgressHandler?) throws
    {
        encoders.remember(encoder, space: space.id)
        logger.debug("filling vector space \(space.id) with \(encoder.identity.name)")
        var last = try fill(space, with: encoder, progress: progress)
        var rounds = 0
        // Passages that others put between the last look and the commit have vectors in the old space alone.
        while try !serve(
            space, encoder, filledThrough: last, isLastRound: rounds == Self.maximumRounds, serveSemantic: serveSemantic
        ) {
            last = try fill(space, with: encoder, after: last, progress: progress)
            rounds += 1
        }
    }

    /// How often newly put passages are encoded while others may put more. The rest is then encoded with the lock held.
    private static let maximumRounds = 3

    /// Gives a filled space its role in one transaction. Returns false, having done nothing, where passages without a
    /// vector have been put since.
    private func serve(
        _ space: VectorSpace, _ encoder: any TextEncoder, filledThrough last: Int64, isLastRound: Bool,
        serveSemantic: Bool
    ) throws -> Bool {
        try store.write { writer in
            var last = last
            while let batch = try passages(without: space, after: last, writer), let end = batch.last?.passage.id {
                guard isLastRound else { return false }
                try setVectors(space, try encode(batch, with: encoder), writer)
                last = end
            }
            try writer.setStatus(.active, space: space.id)
            if serveSemantic { try writer.setSetting(Self.activeSpaceKey, String(space.id)) }
            let serving = try [activeSpace(writer)?.id, wordSpace(writer)?.id, upgradeSpace(writer)?.id]
            let filledSince = Int64(Date.now.timeIntervalSince1970) - Self.fillingHours * 3600
            for other in try writer.spaces()
            where !other.isImported && !serving.contains(other.id)
                && (other.status != .building || other.created < filledSince)
            {
                try writer.deleteSpace(id: other.id)
                for file in IndexFiles(store: store).files(of: .graph(space: other.id)) {
                    try? FileManager.default.removeItem(atPath: file.path)
                }
            }
            return true
        }
    }

    /// Encodes the passages that have a text and no vector in a space, in order, a transaction a batch.
    ///
    /// - Parameter after: the passage up to which all have been looked at.
    /// - Returns: the last passage that was looked at; newer ones have greater ids.
    @discardableResult
    func fill(_ space: VectorSpace, with encoder: any TextEncoder, after: Int64 = 0, progress: ProgressHandler?) throws
        -> Int64
    {
        let missing = try store.read { try $0.passageCount() - $0.vectorCount(space: space.id) }
        guard missing > 0 else { return after }
        var last = after
        var done = 0
        while true {
            try CancellationFlag.check()
            let batch = try store.read { try passages(without: space, after: last, $0) }
            guard let batch, let end = batch.last?.passage.id else { return last }
            try fill(space, with: encoder, batch)
            last = end
            done += batch.count
            progress?(
                WorkProgress(
                    phase: .encoding, completed: Double(done), total: Double(missing), unit: .passages, documents: 0))
        }
    }

    private typealias PassageBatch = [(passage: StoredPassage, document: StoredDocument)]

    /// The next passages without a vector in a space; nil when there are none.
    private func passages(without space: VectorSpace, after last: Int64, _ reader: StoreReader) throws -> PassageBatch?
    {
        let missing = try reader.passagesWithoutVector(space: space.id, afterPassage: last, limit: Self.fillBatch)
        return missing.isEmpty ? nil : try reader.passagesWithDocuments(ids: missing.map(\.id))
    }

    /// Encodes those of a batch of passages that have a text, and writes their vectors in one transaction.
    func fill(
        _ space: VectorSpace, with encoder: any TextEncoder,
        _ batch: [(passage: StoredPassage, document: StoredDocument)]
    ) throws {
        let vectors = try encode(batch, with: encoder)
        guard !vectors.isEmpty else { return }
        try store.write { try setVectors(space, vectors, $0) }
    }

    private func encode(_ batch: PassageBatch, with encoder: any TextEncoder) throws -> [(
        passage: Int64, vector: [Float]
    )] {
        let texts = batch.map {
            (
                passage: $0.passage.id,
                text: PreparedDocument.encodedText(title: $0.document.title, passage: $0.passage.text)
            )
        }
        .filter { !$0.text.isEmpty }
        guard !texts.isEmpty else { return [] }
        let encoded = try encoder.encode(texts.map(\.text), role: .passage, threads: configuration.threads)
        return texts.enumerated().compactMap { row, item in encoded.unitVector(row).map { (item.passage, $0) } }
    }

    /// Stores vectors of the passages that are still there.
    private func setVectors(_ space: VectorSpace, _ vectors: [(passage: Int64, vector: [Float])], _ writer: StoreWriter)
        throws
    {
        guard try writer.space(id: space.id) != nil else {
            throw AkinError(
                .notFound,
                "Another process gave \(path) other vectors than those of \(space.encoderName) meanwhile: run the command again."
            )
        }
        for item in vectors where try writer.passage(id: item.passage) != nil {
            try writer.setVector(space: space.id, passage: item.passage, vector: item.vector)
        }
    }
}
