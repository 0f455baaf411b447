import AkinTransformers
import AkinVectors
import AkinCore
import AkinStore
import Foundation

/// The space that new passages' vectors go into, with its encoder; none while a store waits for word vectors to be
/// trained or a static model to be distilled.
struct EncodingTarget: Sendable {
    let encoder: (any TextEncoder)?
    /// What texts are cut by: the encoder, or the model that a static one will be distilled from.
    let measure: (any TextEncoder)?
    /// The existing space; nil when it has to be made in the first transaction.
    let space: VectorSpace?

    private let database: Database

    /// The store changed to other vectors after the target was made. What was encoded for the target does not fit.
    struct Changed: Error {}

    init(database: Database) throws {
        self.database = database
        // In one snapshot: another process may drop a space at any time.
        let active = try database.store.read { reader -> (space: VectorSpace, encoder: any TextEncoder)? in
            guard let space = try database.activeSpace(reader) else { return nil }
            if space.isImported { throw Self.cannotEncode(database.path) }
            let encoder = try database.encoder(of: space, reader: reader)
            try database.refuseOtherEncoder(than: space, reader: reader)
            return (space, encoder)
        }
        space = active?.space
        if let active {
            (encoder, measure) = (active.encoder, active.encoder)
        } else if let teacher = try database.awaitedTeacher() {
            (encoder, measure) = (nil, teacher)
        } else {
            let encoder = try database.resolver.forNewStore()
            (self.encoder, measure) = (encoder, encoder)
        }
    }

    private static func cannotEncode(_ path: String) -> AkinError {
        AkinError(
            .incompatible,
            "The vectors of \(path) were imported, and new texts cannot be encoded like them. "
                + "Where texts came with the vectors, all texts can be given an encoder of their own.",
            remedy: .anyOf([.importVectors, .giveAnother(.store), .reencode(with: Remedy.recommendedModel)]))
    }

    /// The id of the space, made here when there is none yet.
    ///
    /// - Throws: `Changed` when another space serves now.
    func spaceID(_ writer: StoreWriter) throws -> Int64? {
        let active = try database.activeSpace(writer)
        if let space {
            guard active?.id == space.id, active?.fingerprint == space.fingerprint else { throw Changed() }
            return space.id
        }
        guard let encoder else {
            if let measure {
                try writer.setSetting(Database.awaitedModelKey, (measure as? any FolderEncoder)?.folder.path)
            }
            return nil
        }
        if let active, active.fingerprint != encoder.identity.fingerprint { throw Changed() }
        if let made = try writer.spaces().first(where: { $0.fingerprint == encoder.identity.fingerprint }) {
            return made.id
        }
        let id = try writer.createSpace(for: encoder, status: .active)
        try writer.setSetting(Database.activeSpaceKey, String(id))
        return id
    }
}

extension Database {
    /// Refuses a model or a family of encoders that was asked for by name and is not the one the store was made with.
    func refuseOtherEncoder(than space: VectorSpace, reader: any StoreReading) throws {
        if let model = configuration.model, space.kind == EncoderKind.words.rawValue {
            throw AkinError(
                .incompatible,
                "This store was made with \(space.encoderName), not with the model "
                    + "\(try configuration.models.locate(model).lastPathComponent).",
                remedy: .anyOf([.leaveOut(.model), .reencode(with: model)]))
        }
        guard let wanted = configuration.encoder, wanted.rawValue != space.kind else { return }
        // A store that was made by a static model may have changed to its teacher meanwhile.
        if wanted == .static, try reader.spaces().contains(where: { $0.teacherFingerprint == space.fingerprint }) {
            return
        }
        let change: Remedy =
            wanted == .bert && space.kind == EncoderKind.static.rawValue
            ? .upgradeEncoder : .reencode(with: wanted == .bert ? Remedy.recommendedModel : wanted.rawValue)
        throw AkinError(
            .incompatible,
            "This store was made with \(space.encoderName) (\(space.kind)), not with \(wanted.rawValue).",
            remedy: .anyOf([.leaveOut(.encoder), change]))
    }
}

extension StoreWriter {
    /// Makes a space for an encoder's vectors, and stores the encoder's model where that belongs to the store.
    func createSpace(for encoder: any TextEncoder, status: VectorSpace.Status) throws -> Int64 {
        let id = try createSpace(VectorSpace(encoder: encoder, status: status))
        if let stored = encoder as? any StoredEncoder { try saveWordModel(space: id, stored.serialized()) }
        return id
    }
}

extension VectorSpace {
    /// A space for an encoder's vectors.
    fileprivate init(encoder: any TextEncoder, status: VectorSpace.Status) {
        let folder = encoder as? any FolderEncoder
        let teacher = (encoder as? any DistilledEncoder)?.teacher?.fingerprint
        let details =
            (try? JSONEncoder().encode(
                SpaceDetails(
                    path: folder?.folder.path, teacher: teacher, dimensions: folder?.cutDimensions))).map {
                String(decoding: $0, as: UTF8.self)
            } ?? "{}"
        self.init(
            kind: encoder.identity.kind.rawValue, encoderName: encoder.identity.name,
            fingerprint: encoder.identity.fingerprint,
            precision: (folder?.precision ?? .fp32).rawValue, dimension: encoder.identity.dimension,
            elementType: VectorElement.f16.rawValue, detailsJSON: details, status: status)
    }
}
