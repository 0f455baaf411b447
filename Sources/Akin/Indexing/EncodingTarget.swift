import AkinCore
import AkinEncoder
import AkinStore
import Foundation

/// The space that new passages' vectors go into, with its encoder; without one while a store waits for word vectors to be trained.
struct EncodingTarget: Sendable {
    let encoder: (any TextEncoder)?
    /// The existing space; nil when it has to be made in the first transaction.
    let space: VectorSpace?

    init(database: Database) throws {
        let space = try database.store.read { try database.activeSpace($0) }
        self.space = space
        if let space {
            if space.isBrought { throw Self.cannotEncode(database.path) }
            encoder = try database.encoder(of: space)
            try database.refuseOtherEncoder(than: space)
        } else {
            encoder = try database.resolver.forNewStore()
        }
    }

    private static func cannotEncode(_ path: String) -> AkinError {
        AkinError(
            .incompatible,
            "The vectors of \(path) were brought by the user, and new texts cannot be encoded like them: bring their vectors too with "
                + "'akin import', or index into another --db. Where texts came with the vectors, 'akin optimize --encoder minilm' gives all "
                + "texts an encoder of their own.")
    }

    /// The id of the space, made here when there is none yet.
    func spaceID(_ writer: StoreWriter) throws -> Int64? {
        if let space { return space.id }
        guard let encoder else { return nil }
        if let made = try writer.spaces().first(where: { $0.fingerprint == encoder.identity.fingerprint }) { return made.id }
        let id = try writer.createSpace(VectorSpace(encoder: encoder, status: .active))
        try writer.setSetting(Database.activeSpaceKey, String(id))
        return id
    }
}

extension Database {
    /// Refuses a model, or a family of encoders, asked for by name that is not the one the store was made with.
    func refuseOtherEncoder(than space: VectorSpace) throws {
        if let model = configuration.model, space.kind == EncoderKind.words.rawValue {
            throw AkinError(
                .incompatible,
                "This store was made with \(space.encoderName), not with the model "
                    + "\(try Models.locate(model).lastPathComponent): leave --model out, "
                    + "or run 'akin optimize --encoder \(model)' to encode the store anew.")
        }
        guard let wanted = configuration.encoder, wanted.rawValue != space.kind else { return }
        throw AkinError(
            .incompatible,
            "This store was made with \(space.encoderName) (\(space.kind)), not with \(wanted.rawValue): leave --encoder out, "
                + "or change the store with 'akin optimize --encoder \(wanted == .words ? "words" : "minilm")'.")
    }
}

extension VectorSpace {
    /// A space for an encoder's vectors.
    init(encoder: any TextEncoder, status: VectorSpace.Status) {
        let path = (encoder as? BERTEncoder)?.folder.path
        let details = (try? JSONEncoder().encode(SpaceDetails(path: path))).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        self.init(
            kind: encoder.identity.kind.rawValue, encoderName: encoder.identity.name, fingerprint: encoder.identity.fingerprint,
            precision: ((encoder as? BERTEncoder)?.precision ?? .fp32).rawValue, dimension: encoder.identity.dimension,
            detailsJSON: details, status: status)
    }
}
