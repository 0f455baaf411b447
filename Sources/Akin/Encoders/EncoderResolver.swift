import AkinWords
import AkinTransformers
import AkinVectors
import AkinCore
import AkinStore
import Foundation

/// Finds the encoder that a request, a store or this machine calls for.
struct EncoderResolver: Sendable {
    let configuration: Database.Configuration
    /// The database file whose encoder is asked for; nil where there is none.
    var store: String?

    /// The encoder a new store is made with, or nil when it is word vectors, which have to be trained on the corpus
    /// first. A static model that is to be distilled is not asked for here.
    func forNewStore() throws -> (any TextEncoder)? {
        switch configuration.encoder {
        case .words:
            if let model = configuration.model {
                throw AkinError(
                    .invalidArgument,
                    "Word vectors are trained on the documents, not read from \(model): give --encoder words or --model, not both."
                )
            }
            return nil
        case .bert, .static: return try bert(named: configuration.model)
        case .imported, nil:
            if let model = configuration.model { return try bert(named: model) }
            return try configuration.models.preferred().map { try load($0, storedPrecision: nil) }
        }
    }

    /// A BERT encoder by name or folder; nil takes the best installed one.
    func bert(named name: String?) throws -> any TextEncoder {
        if let name { return try load(configuration.models.locate(name), storedPrecision: nil) }
        guard let folder = configuration.models.preferred() else {
            throw AkinError(
                .noModel,
                "No encoder model is installed: run 'akin model fetch minilm', or use --encoder words, which needs none."
            )
        }
        return try load(folder, storedPrecision: nil)
    }

    /// The encoder that made a space's vectors.
    func encoder(of space: VectorSpace, reader: StoreReader) throws -> any TextEncoder {
        switch EncoderKind(rawValue: space.kind) {
        case .words:
            guard let data = try reader.wordModel(space: space.id) else {
                throw AkinError(
                    .invalidData,
                    "The word vectors of this store are missing: run 'akin optimize --encoder words' to train them anew."
                )
            }
            return WordVectorEncoder(model: try Self.wordModel(data), name: space.encoderName)
        case .static:
            func stored() throws -> StaticModel {
                guard let data = try reader.wordModel(space: space.id) else { throw Self.damagedStaticModel }
                return try Self.staticModel(data, of: space)
            }
            guard let store else { return try staticEncoder(stored(), space) }
            return try staticEncoder(
                StaticModel.load(
                    fingerprint: space.fingerprint, of: URL(filePath: store), cache: configuration.models.packed,
                    stored: stored),
                space)
        case .bert:
            let encoder = try load(try folder(of: space), storedPrecision: BERTPrecision(rawValue: space.precision))
            guard encoder.identity.fingerprint == space.fingerprint else {
                throw mismatch(space: space, other: encoder.identity.name)
            }
            return encoder
        case .imported, nil:
            throw AkinError(
                .incompatible,
                "This store's vectors were brought by the user (\(space.encoderName)): it can be searched by vector, not by text."
            )
        }
    }

    /// Word vectors read back from a store.
    static func wordModel(_ data: Data) throws -> WordVectorModel {
        do {
            return try WordVectorModel(serialized: data)
        } catch let error as AkinError {
            throw AkinError(
                .invalidData,
                "The word vectors of this store are damaged: run 'akin optimize --encoder words' to train them anew.",
                cause: error)
        }
    }

    private static let damagedStaticModel = AkinError(
        .invalidData,
        "The static model of this store is missing or damaged: run 'akin optimize --encoder static' to distil it anew.")

    /// A static model read back from a store.
    static func staticModel(_ data: Data, of space: VectorSpace) throws -> StaticModel {
        guard StaticModel.fingerprint(data) == space.fingerprint, let model = try? StaticModel(serialized: data) else {
            throw damagedStaticModel
        }
        return model
    }

    /// A store's static model, with its teacher where that is on this machine; a model asked for by name must be that
    /// one.
    private func staticEncoder(_ model: StaticModel, _ space: VectorSpace) throws -> StaticEncoder {
        if let name = configuration.model {
            let given = try load(configuration.models.locate(name), storedPrecision: nil)
            guard
                given.identity.fingerprint == model.teacher?.fingerprint
                    || given.identity.fingerprint == space.fingerprint
            else {
                throw mismatch(space: space, other: given.identity.name)
            }
            return StaticEncoder(model: model, name: space.encoderName, fingerprint: space.fingerprint) { given }
        }
        return StaticEncoder(model: model, name: space.encoderName, fingerprint: space.fingerprint) {
            model.teacher.flatMap { try? teacher($0) }
        }
    }

    /// The model that a static one was distilled from. Throws `.noModel` where it is not on this machine.
    func teacher(_ teacher: StaticModel.Teacher) throws -> any TextEncoder {
        try load(
            try folder(path: teacher.path, name: teacher.name),
            storedPrecision: BERTPrecision(rawValue: teacher.precision))
    }

    private func folder(of space: VectorSpace) throws -> URL {
        if let model = configuration.model { return try configuration.models.locate(model) }
        let details = try? JSONDecoder().decode(SpaceDetails.self, from: Data(space.detailsJSON.utf8))
        return try folder(path: details?.path, name: space.encoderName)
    }

    private func folder(path: String?, name: String) throws -> URL {
        for candidate in [path, name].compactMap({ $0 }) where !candidate.isEmpty {
            if let folder = try? configuration.models.locate(candidate) { return folder }
        }
        throw AkinError(
            .noModel,
            "This store was made with the model \(name), which is not on this machine: install it"
                + (ModelSource.named(name) != nil ? " ('akin model fetch \(name)')" : "")
                + ", give its folder with --model, or change the store's encoder with 'akin optimize --encoder NAME'.")
    }

    private func mismatch(space: VectorSpace, other: String) -> AkinError {
        AkinError(
            .incompatible,
            "This store's vectors were made by \(space.encoderName) and do not fit \(other): leave --model out to use the store's own, "
                + "or run 'akin optimize --encoder \(configuration.model ?? other)' to encode the store anew.")
    }

    /// Loads a model in the precision asked for, else the one its store was made with, else the fastest.
    private func load(_ folder: URL, storedPrecision: BERTPrecision?) throws -> any TextEncoder {
        if StaticModel.isFolder(folder) {
            let (model, fingerprint) = try StaticModel.load(folder: folder, cache: configuration.models.packed)
            return StaticEncoder(model: model, name: folder.lastPathComponent, fingerprint: fingerprint) {
                model.teacher.flatMap { try? teacher($0) }
            }
        }
        let precision: BERTPrecision =
            switch configuration.precision {
            case .fp32: .fp32
            case .bf16: .bf16
            case .int8: .int8
            case .auto, nil: storedPrecision ?? .fastest
            }
        return try BERTEncoder(folder: folder, precision: precision, cache: configuration.models.packed)
    }
}

/// What a space remembers of its encoder beside its identity.
struct SpaceDetails: Codable, Sendable {
    /// The model's folder when the space was made: the first place to look.
    var path: String?
    /// The fingerprint of the model that a static one was distilled from.
    var teacher: String?
}
