import AkinTokenizers
import AkinCore
import AkinVectors
import Crypto
package import Foundation

/// What a packed model file of a static model holds: the section "model", a `Description` in JSON; the tokenizer's
/// tables; and rows, weights, mapping and projection as they are used.
enum PackedStaticModel {
    /// The version of the contents. It is raised whenever an older file would differ from one written now.
    static let version: UInt32 = 0x5302

    private struct Description: Codable {
        /// The model's folder, or the store that keeps it.
        var folder: String
        var fingerprint: String
        var normalizes: Bool
        var maximumTokens: Int?
        var teacher: StaticModel.Teacher?
        var rows: Int
        var columns: Int
        /// Columns of the projection.
        var projected: Int?
    }

    /// What a file of that key holds; nil where there is none, or it does not fit or is damaged.
    static func known(in file: URL, key: [UInt8], of cache: PackedModelCache) -> (
        model: StaticModel, fingerprint: String
    )? {
        guard let packed = cache.packed(file, version: version, key: key) else { return nil }
        return try? read(packed)
    }

    static func publish(
        _ model: StaticModel, fingerprint: String, origin: URL, to file: URL, key: [UInt8], of cache: PackedModelCache
    ) {
        guard let packed = try? pack(model, fingerprint: fingerprint, origin: origin) else { return }
        cache.publish(packed, to: file, version: version, key: key)
    }

    static func pack(_ model: StaticModel, fingerprint: String, origin: URL) throws -> PackedModelWriter {
        let description = Description(
            folder: origin.path, fingerprint: fingerprint, normalizes: model.normalizes,
            maximumTokens: model.maximumTokens, teacher: model.teacher, rows: model.embeddings.rows,
            columns: model.embeddings.columns, projected: model.projection?.columns)
        var writer = PackedModelWriter()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        writer.append(PackedModelCache.originSection, Array(try encoder.encode(description)))
        model.tokenizer.write(to: &writer, as: "tokenizer")
        model.embeddings.write(to: &writer, as: "embeddings")
        if let mapping = model.mapping { writer.append("mapping", mapping) }
        if let weights = model.weights { writer.append("weights", weights) }
        model.projection?.write(to: &writer, as: "projection")
        return writer
    }

    static func read(_ file: PackedModelFile) throws -> (model: StaticModel, fingerprint: String) {
        let description = try JSONDecoder().decode(
            Description.self, from: Data(try file.array(PackedModelCache.originSection, of: UInt8.self)))
        let tokenizer = try TokenizerReader.read(packed: file, "tokenizer")
        let mapping = file.contains("mapping") ? try file.array("mapping", of: Int32.self) : nil
        let weights = file.contains("weights") ? try file.array("weights", of: Float.self) : nil
        let tokens = tokenizer.vocabularySize
        guard mapping?.count ?? description.rows >= tokens, weights?.count ?? tokens >= tokens,
            mapping?.allSatisfy({ (0..<Int32(description.rows)).contains($0) }) ?? true
        else { throw AkinError(.invalidData, "A packed static model is inconsistent.") }
        let model = StaticModel(
            tokenizer: tokenizer,
            embeddings: try Matrix(file, "embeddings", rows: description.rows, columns: description.columns),
            mapping: mapping,
            weights: weights, normalizes: description.normalizes, maximumTokens: description.maximumTokens,
            teacher: description.teacher,
            projection: try description.projected.map {
                try Matrix(file, "projection", rows: description.columns, columns: $0)
            })
        return (model, description.fingerprint)
    }
}

extension StaticModel {
    /// A model folder's static model and its identity, from a cache if the cache has its present state, else from its
    /// own files. Then the cache gets it. Without a cache, from its own files.
    package static func load(folder: URL, cache: PackedModelCache?) throws -> (
        model: StaticModel, fingerprint: String
    ) {
        guard let cache, let stamps = ModelStamps(folder: folder) else {
            let model = try StaticModel(folder: folder)
            return (model, fingerprint(try model.serialized()))
        }
        let file = cache.file(for: folder, name: folder.lastPathComponent, kind: "static")
        let key = stamps.key(file.lastPathComponent)
        if let known = PackedStaticModel.known(in: file, key: key, of: cache), ModelStamps(folder: folder) == stamps {
            return known
        }
        let model = try StaticModel(folder: folder)
        let fingerprint = fingerprint(try model.serialized())
        if stamps.areSettled, ModelStamps(folder: folder) == stamps {
            PackedStaticModel.publish(model, fingerprint: fingerprint, origin: folder, to: file, key: key, of: cache)
        }
        return (model, fingerprint)
    }

    /// The static model that a store keeps, from a cache if the cache has the one with that fingerprint, else from the
    /// store. Then the cache gets it.
    ///
    /// - Parameter stored: reads the bytes that the store keeps, which must be of that fingerprint.
    package static func load(
        fingerprint: String, of store: URL, cache: PackedModelCache, stored: () throws -> StaticModel
    ) throws -> StaticModel {
        let file = cache.file(for: store, name: store.lastPathComponent, kind: "static")
        let key = Array(SHA256.hash(data: Data("\(file.lastPathComponent) \(fingerprint)".utf8)))
        if let known = PackedStaticModel.known(in: file, key: key, of: cache), known.fingerprint == fingerprint {
            return known.model
        }
        let model = try stored()
        PackedStaticModel.publish(model, fingerprint: fingerprint, origin: store, to: file, key: key, of: cache)
        return model
    }
}
