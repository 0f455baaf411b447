import AkinTokenizers
import AkinCore
import AkinVectors
import Foundation

/// What a packed model file of a BERT encoder holds: the section "model", a `Description` in JSON; the tokenizer's
/// tables; and the network without its word embeddings, which stay in the model's own file.
enum PackedBERT {
    /// The version of the contents. It is raised whenever an older file would differ from one written now: by the
    /// arrangement of weights or tables, by calibration or quantisation, or by the fingerprint.
    static let version: UInt32 = 6

    /// The name of the tokenizer's sections.
    static let tokenizer = "tokenizer"

    struct Description: Codable {
        /// The model's folder.
        var folder: String
        var fingerprint: String
        var words: SafetensorsFile.Tensor
        /// The file of `words`.
        var wordsFile: String
    }

    static func description(in file: PackedModelFile) throws -> Description {
        try JSONDecoder().decode(
            Description.self, from: Data(try file.array(PackedModelCache.originSection, of: UInt8.self)))
    }

    static func pack(_ parts: BERTParts, fingerprint: String, folder: URL) throws -> PackedModelWriter {
        let description = Description(
            folder: folder.path, fingerprint: fingerprint, words: parts.words.tensor, wordsFile: parts.words.file.path)
        var writer = PackedModelWriter()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        writer.append(PackedModelCache.originSection, Array(try encoder.encode(description)))
        parts.tokenizer.write(to: &writer, as: tokenizer)
        parts.engine.network.write(to: &writer)
        return writer
    }
}

extension PackedModelCache {
    /// The file for a BERT model's folder in a precision. The set of kernels is part of its name because calibration
    /// passes texts through the network, whose last bits depend on it.
    func file(for model: URL, precision: EncodingPrecision) -> URL {
        file(
            for: model, name: ModelName.of(folder: model, originalName: nil),
            kind: "\(precision.rawValue)-\(Kernels.active.name)")
    }
}
