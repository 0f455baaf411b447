package import AkinVectors
import Foundation

extension WordPieceTokenizer {
    /// What a packed model holds beside the vocabulary's tables, in JSON.
    struct PackedSettings: Codable {
        var configuration: TokenizerConfiguration
        var needsFrame: Bool

        static func section(_ name: String) -> String { name + ".settings" }
    }

    /// Writes settings and vocabulary, which `init(packed:_:)` reads.
    package func write(to writer: inout PackedModelWriter, as name: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Settings are strings, flags and whole numbers, which JSON can always hold.
        guard
            let settings = try? encoder.encode(
                PackedSettings(configuration: configuration, needsFrame: hasFrame && padID >= 0))
        else { preconditionFailure("The settings of a tokenizer cannot be written as JSON.") }
        writer.append(PackedSettings.section(name), Array(settings))
        vocabulary.write(to: &writer, as: name)
    }
}
