import AkinTokenizers
package import AkinCore
import AkinVectors
package import Foundation

/// What a model folder says about its model. Its configuration files are read, its weights are not.
package struct ModelDescription: Sendable {
    package let kind: EncoderKind
    /// Components of a vector; 0 where only damaged weights could say.
    package let dimension: Int
    /// Layers of the network; 0 where there is none.
    package let layers: Int
    /// Tokens of a text that are read, special ones included; nil for all.
    package let maximumTokens: Int?
    /// Rows of the table of tokens.
    package let vocabularySize: Int
    /// How the vectors of a text's tokens become one vector.
    package let pooling: String
    /// The size of the weights' files.
    package let bytes: Int

    /// Describes a folder of whichever family it is.
    ///
    /// - Throws: `AkinError`: `.noModel` for a missing file, `.invalidData` for a malformed one, `.incompatible` for a
    ///   model of a kind that cannot be computed.
    /// - Complexity: some kilobytes of JSON; a `tokenizer.json` where nothing else says how long texts may be.
    package init(folder: URL) throws {
        self = StaticModel.isFolder(folder) ? try Self.staticModel(folder) : try Self.bert(folder)
    }

    private init(
        kind: EncoderKind, dimension: Int, layers: Int, maximumTokens: Int?, vocabularySize: Int, pooling: String,
        weights: URL
    ) {
        self.kind = kind
        (self.dimension, self.layers, self.maximumTokens) = (dimension, layers, maximumTokens)
        (self.vocabularySize, self.pooling, bytes) = (vocabularySize, pooling, Self.bytes(in: weights))
    }

    private static func bert(_ folder: URL) throws -> ModelDescription {
        let layout = try SentenceTransformerLayout(folder: folder)
        let network = layout.transformerFolder
        let configuration = try BERTConfiguration(file: network.appending(path: "config.json"))
        let longest = try layout.maximumTokens ?? WordPieceTokenizer.configuredMaximum(folder: network) ?? .max
        return ModelDescription(
            kind: .bert, dimension: try layout.dimension(hiddenSize: configuration.hiddenSize),
            layers: configuration.layerCount, maximumTokens: min(longest, configuration.maximumPositions),
            vocabularySize: configuration.vocabularySize,
            pooling: layout.pooling.map(\.rawValue).joined(separator: "+"), weights: network)
    }

    private static func staticModel(_ folder: URL) throws -> ModelDescription {
        let shape = try StaticModel.shape(folder: folder)
        return ModelDescription(
            kind: .static, dimension: shape.dimension, layers: 0, maximumTokens: shape.maximumTokens,
            vocabularySize: shape.tokens, pooling: "mean of tokens (static)", weights: folder)
    }

    private static func bytes(in folder: URL) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".safetensors") }.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }
}
