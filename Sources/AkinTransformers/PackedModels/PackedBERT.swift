import AkinTokenizers
import AkinCore
import AkinVectors
import Foundation

/// What a packed model file of a BERT encoder holds: the section "model", a `Description` in JSON; the tokenizer's
/// tables; and the network without its word embeddings, which stay in the model's own file.
enum PackedBERT {
    /// To be raised whenever a file written before would differ from one written now: another arrangement of weights or
    /// tables, other calibration or quantisation, another fingerprint.
    static let version: UInt32 = 3

    struct Description: Codable {
        /// The model's folder.
        var folder: String
        var fingerprint: String
        var tokenizer: TokenizerConfiguration
        var words: SafetensorsFile.Tensor
        /// The file of `words`.
        var wordsFile: String
    }

    static func description(in file: PackedModelFile) throws -> Description {
        try JSONDecoder().decode(Description.self, from: Data(try file.array("model", of: UInt8.self)))
    }

    static func pack(_ parts: BERTParts, fingerprint: String, folder: URL) throws -> PackedModelWriter {
        let description = Description(
            folder: folder.path, fingerprint: fingerprint, tokenizer: parts.tokenizer.configuration,
            words: parts.words.tensor,
            wordsFile: parts.words.file.path)
        var writer = PackedModelWriter()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        writer.append("model", Array(try encoder.encode(description)))
        parts.tokenizer.write(to: &writer, as: "vocabulary")
        parts.engine.network.write(to: &writer)
        return writer
    }
}
