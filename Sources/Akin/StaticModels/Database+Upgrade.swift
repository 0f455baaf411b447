import AkinTransformers
import AkinVectors
import AkinCore
import AkinStore
import Foundation

/// Stores that were made by a static model and change to the BERT model it was distilled from.
extension Database {
    /// The setting that holds the folder of the model that a static one is to be distilled from, until that is done.
    static let awaitedModelKey = "awaited_static_model"

    /// The model to distil a static one from: the one asked for now, or the one asked for when documents were first put
    /// into a store that has no vectors yet.
    func awaitedTeacher() throws -> (any DistillationTeacher)? {
        if configuration.encoder == .static { return try teacher(named: configuration.model) }
        guard configuration.encoder == nil, let folder = try store.read({ try $0.setting(Self.awaitedModelKey) }) else {
            return nil
        }
        return try teacher(named: configuration.model ?? folder)
    }

    /// A model to distil from; nil where the one named, or the best installed one, is itself a static model.
    private func teacher(named name: String?) throws -> (any DistillationTeacher)? {
        try resolver.model(named: name) as? any DistillationTeacher
    }

    /// The space that is being filled with vectors of the serving static model's teacher; nil where none is.
    func upgradeSpace(_ reader: any StoreReading) throws -> VectorSpace? {
        guard let fingerprint = try activeSpace(reader)?.teacherFingerprint else { return nil }
        return try reader.spaces().last { $0.fingerprint == fingerprint && $0.status == .building }
    }

    /// Encodes the passages of a store made by a static model with that model's teacher, a transaction a batch, and
    /// lets their vectors serve when all exist. Until then searches use those that exist. Returns what was done.
    func upgradeNow(progress: ProgressHandler?) throws -> Note {
        guard let active = try store.read({ try activeSpace($0) }) else { return "There are no vectors to upgrade." }
        guard active.kind == EncoderKind.static.rawValue else {
            guard active.kind == EncoderKind.bert.rawValue else {
                throw AkinError(
                    .incompatible,
                    "The vectors of \(path) were made by \(active.encoderName), which was not distilled from another model.",
                    remedy: .reencode(with: Remedy.recommendedModel))
            }
            return "Every passage is already encoded by \(active.encoderName)."
        }
        guard let teacher = (try encoder(of: active) as? any DistilledEncoder)?.teacher else {
            throw AkinError(
                .incompatible,
                "\(active.encoderName) was not distilled here, so the model to change to is not known.",
                remedy: .reencode(with: nil))
        }
        let encoder = try resolver.teacher(teacher)
        guard encoder.identity.fingerprint == teacher.fingerprint else {
            throw AkinError(
                .incompatible,
                "\(encoder.identity.name) is not the model that \(active.encoderName) was distilled from.",
                remedy: .reencode(with: nil))
        }
        try adopt(makeSpace(for: encoder), encoder, serveSemantic: true, progress: progress)
        return Note(
            "Every passage was encoded with \(encoder.identity.name), which now serves semantic and hybrid search. "
                + "The static model serves searches by words.",
            remedy: .give(.searchMode, "words"))
    }
}

extension VectorSpace {
    /// The fingerprint of the model that this static one was distilled from.
    var teacherFingerprint: String? {
        guard kind == EncoderKind.static.rawValue else { return nil }
        return (try? JSONDecoder().decode(SpaceDetails.self, from: Data(detailsJSON.utf8)))?.teacher
    }
}

extension Database {
    /// The model to distil a static one from: the one behind the store's vectors, else the one asked for, else the best
    /// installed.
    func teacherForStore(_ space: VectorSpace?) throws -> any DistillationTeacher {
        if let space, let known = try teacher(of: space) { return known }
        return try resolver.network(named: configuration.model)
    }

    /// The network behind a space: its own encoder, or the teacher of its static one. Nil where vectors were imported.
    private func network(of space: VectorSpace, reader: any StoreReading) throws -> (any TextEncoder)? {
        guard !space.isImported else { return nil }
        let encoder = try encoder(of: space, reader: reader)
        return (encoder as? any DistilledEncoder)?.knownTeacher() ?? encoder
    }

    /// The encoder behind a space that reads words in their context; nil where there is none.
    func contextualEncoder(of space: VectorSpace, reader: any StoreReading) throws -> (any ContextualEncoder)? {
        try network(of: space, reader: reader) as? any ContextualEncoder
    }

    /// The encoder behind a space that static models can be distilled from; nil where there is none.
    func teacher(of space: VectorSpace) throws -> (any DistillationTeacher)? {
        try store.read { try network(of: space, reader: $0) } as? any DistillationTeacher
    }
}
