import AkinTokenizers
import AkinVectors
package import Foundation

/// What a model folder holds, told without loading its weights into memory.
package struct BERTDescription: Sendable {
    package let dimension: Int
    package let layers: Int
    package let maximumTokens: Int
    package let vocabularySize: Int
    package let pooling: String
    /// The size of the weights' files.
    package let bytes: Int
}

extension BERTEncoder {
    /// The folder the model's network and tokenizer were read from.
    package var folder: URL { layout.transformerFolder }

    /// Loads a model and describes it. Throws as `init` does.
    package func description() -> BERTDescription {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let bytes = files.filter { $0.hasSuffix(".safetensors") }.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
        return BERTDescription(
            dimension: identity.dimension, layers: configuration.layerCount, maximumTokens: maximumTokens,
            vocabularySize: tokenizer.vocabularySize, pooling: layout.pooling.map(\.rawValue).joined(separator: "+"),
            bytes: bytes)
    }

    /// The tokens of a text with `[CLS]` and `[SEP]`, cut at `maximumTokens` only when asked to.
    package func tokenize(_ text: String, truncate: Bool) -> (tokens: [String], ids: [Int32], ranges: [Range<Int>]) {
        let encoding = tokenizer.encode(text, maximumTokens: truncate ? maximumTokens : nil)
        return (encoding.ids.map { tokenizer.token($0) }, encoding.ids, encoding.ranges)
    }
}
