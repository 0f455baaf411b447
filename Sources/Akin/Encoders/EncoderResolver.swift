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
    /// first. A static model that has yet to be distilled is not found here.
    func forNewStore() throws -> (any TextEncoder)? {
        switch configuration.encoder {
        case .words:
            if let model = configuration.model {
                throw AkinError(
                    .invalidArgument,
                    "Word vectors are trained on the documents, not read from \(model), so a store is given "
                        + "the one or the other, not both.",
                    remedy: .leaveOut(.model))
            }
            if configuration.dimensions != nil { throw Self.notCut("word vectors") }
            return nil
        case .bert: return try network(named: configuration.model)
        case .static: return try model(named: configuration.model)
        case .imported, nil:
            if let model = configuration.model { return try self.model(named: model) }
            guard let preferred = configuration.models.preferred() else {
                if configuration.dimensions != nil { throw Self.notCut("word vectors") }
                return nil
            }
            return try load(preferred, dimensions: configuration.dimensions)
        }
    }

    /// The encoder of a model folder, whatever its family, by name or path; nil takes the best installed one.
    func model(named name: String?) throws -> any TextEncoder {
        try load(
            try name.map(configuration.models.locate) ?? configuration.models.preferred() ?? Self.noModel(),
            dimensions: configuration.dimensions)
    }

    /// An encoder that reads words in their context, by name or path; nil takes the best installed one.
    ///
    /// - Throws: `.incompatible` where the model named is a static one.
    func network(named name: String?) throws -> any ContextualEncoder & DistillationTeacher {
        let folder =
            try name.map(configuration.models.locate) ?? configuration.models.preferredNetwork() ?? Self.noModel()
        guard !StaticModel.isFolder(folder) else {
            throw AkinError(
                .incompatible,
                "\(folder.lastPathComponent) is a static model, which knows no context of words; a BERT model is needed.",
                remedy: .give(.model))
        }
        return try ModelLibrary.network(
            at: folder, precision: precision(stored: nil), cache: configuration.models.packed,
            dimensions: configuration.dimensions)
    }

    static func notCut(_ what: String) -> AkinError {
        AkinError(
            .invalidArgument, "Vectors of a BERT model can be cut, \(what) cannot.",
            remedy: .leaveOut(.dimensions))
    }

    private static func noModel() throws -> URL {
        throw AkinError(
            .noModel, "No encoder model is installed, and only word vectors need none.",
            remedy: .anyOf([.fetchModel(Remedy.recommendedModel), .give(.encoder, "words")]))
    }

    /// The encoder that made a space's vectors.
    func encoder(of space: VectorSpace, reader: any StoreReading) throws -> any TextEncoder {
        if let dimensions = configuration.dimensions, dimensions != space.dimension {
            throw AkinError(
                .incompatible,
                "This store's vectors have \(space.dimension) components and do not fit vectors of \(dimensions).",
                remedy: .anyOf([.leaveOut(.dimensions), .reencode(with: nil)]))
        }
        switch EncoderKind(rawValue: space.kind) {
        case .words:
            guard let data = try reader.wordModel(space: space.id) else {
                throw AkinError(
                    .invalidData, "The word vectors of this store are missing.", remedy: .reencode(with: "words"))
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
            let encoder = try load(
                try folder(of: space), storedPrecision: EncodingPrecision(rawValue: space.precision),
                dimensions: SpaceDetails(of: space)?.dimensions)
            guard let fitting = try Self.fitting(encoder, space.fingerprint) else {
                throw mismatch(space: space, other: encoder.identity.name)
            }
            return fitting
        case .imported, nil:
            throw AkinError(
                .incompatible,
                "This store's vectors were imported (\(space.encoderName)): it can be searched by vector, not by text."
            )
        }
    }

    /// The encoder, as it made the vectors of a fingerprint; nil where it did not make them. Earlier versions knew no
    /// prompts but those of the model's folder.
    private static func fitting(_ encoder: any TextEncoder, _ fingerprint: String) throws -> (any TextEncoder)? {
        if encoder.identity.fingerprint == fingerprint { return encoder }
        let bare = try (encoder as? BERTEncoder)?.withoutKnownPrompts()
        return bare?.identity.fingerprint == fingerprint ? bare : nil
    }

    /// Word vectors read back from a store.
    static func wordModel(_ data: Data) throws -> WordVectorModel {
        do {
            return try WordVectorModel(serialized: data)
        } catch let error as AkinError {
            throw AkinError(
                .invalidData,
                "The word vectors of this store are damaged.", remedy: .reencode(with: "words"), cause: error)
        }
    }

    private static let damagedStaticModel = AkinError(
        .invalidData, "The static model of this store is missing or damaged.", remedy: .reencode(with: "static"))

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
            let given = try load(configuration.models.locate(name))
            guard
                let fitting = try model.teacher.flatMap({ try Self.fitting(given, $0.fingerprint) })
                    ?? Self.fitting(given, space.fingerprint)
            else {
                throw mismatch(space: space, other: given.identity.name)
            }
            return StaticEncoder(model: model, name: space.encoderName, fingerprint: space.fingerprint) { fitting }
        }
        return StaticEncoder(model: model, name: space.encoderName, fingerprint: space.fingerprint) {
            model.teacher.flatMap { try? teacher($0) }
        }
    }

    /// The model that a static one was distilled from. Throws `.noModel` where it is not on this machine.
    func teacher(_ teacher: StaticModel.Teacher) throws -> any TextEncoder {
        let encoder = try load(
            try folder(path: teacher.path, name: teacher.name),
            storedPrecision: EncodingPrecision(rawValue: teacher.precision))
        return try Self.fitting(encoder, teacher.fingerprint) ?? encoder
    }

    private func folder(of space: VectorSpace) throws -> URL {
        if let model = configuration.model { return try configuration.models.locate(model) }
        return try folder(path: SpaceDetails(of: space)?.path, name: space.encoderName)
    }

    private func folder(path: String?, name: String) throws -> URL {
        for candidate in [path, name].compactMap({ $0 }) where !candidate.isEmpty {
            if let folder = try? configuration.models.locate(candidate) { return folder }
        }
        throw AkinError(
            .noModel,
            "This store was made with the model \(name), which is not installed on this machine.",
            remedy: .anyOf(
                (ModelSource.named(name) != nil ? [.fetchModel(name)] : []) + [.give(.model), .reencode(with: nil)]))
    }

    private func mismatch(space: VectorSpace, other: String) -> AkinError {
        AkinError(
            .incompatible,
            "This store's vectors were made by \(space.encoderName) and do not fit \(other).",
            remedy: .anyOf([.leaveOut(.model), .reencode(with: configuration.model ?? other)]))
    }

    /// Loads a model in the precision asked for, else the one its store was made with, else the fastest.
    private func load(
        _ folder: URL, storedPrecision: EncodingPrecision? = nil, dimensions: Int? = nil
    ) throws -> any TextEncoder {
        try ModelLibrary.encoder(
            at: folder, precision: precision(stored: storedPrecision), cache: configuration.models.packed,
            dimensions: dimensions
        ) {
            try? teacher($0)
        }
    }

    /// The precision asked for, else the stored one, else the fastest.
    func precision(stored: EncodingPrecision?) -> EncodingPrecision {
        guard let given = configuration.precision, given != .auto else { return stored ?? .auto }
        return given
    }
}

/// What a space remembers of its encoder beside its identity.
struct SpaceDetails: Codable, Sendable {
    /// The model's folder when the space was made: the first place to look.
    var path: String?
    /// The fingerprint of the model that a static one was distilled from.
    var teacher: String?
    /// The number of components that the model's vectors are cut to; nil where they are whole.
    var dimensions: Int?
}

extension SpaceDetails {
    /// What a space remembers; nil where that cannot be read.
    init?(of space: VectorSpace) {
        guard let details = try? JSONDecoder().decode(SpaceDetails.self, from: Data(space.detailsJSON.utf8)) else {
            return nil
        }
        self = details
    }
}
