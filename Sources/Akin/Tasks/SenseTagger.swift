import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Tells in which sense texts use the words of an inventory: at each of their places, only the senses of the word
/// compete.
struct SenseTagger {
    private let inventory: SenseInventory
    private let finder: SenseWordFinder

    /// Nil for a model of anything else.
    ///
    /// - Parameters:
    ///   - folder: the model's.
    ///   - outputs: how many the model has.
    /// - Throws: `.invalidData` where the folder's senses do not fit the model.
    init?(folder: URL, outputs: Int) throws {
        guard SenseInventory.isFolder(folder) else { return nil }
        inventory = try SenseInventory(folder: folder, outputs: outputs)
        finder = SenseWordFinder(inventory)
    }

    /// The words of each text with the likeliest sense as the label.
    func entities(
        in texts: [String], _ model: WordTaskModel, threads: Int
    ) throws -> [[Entity]] {
        let found = try Parallel.map(texts, threads: threads) { text -> [(SenseWordFinder.Place, WordWindow)] in
            let places = finder.places(in: text)
            guard !places.isEmpty else { return [] }
            let tokens = model.tokenizer.placedTokens(text)
            return places.compactMap { place in
                WordWindow(
                    of: place.range, in: tokens, tokenizer: model.tokenizer, maximumTokens: model.maximumTokens
                ).map { (place, $0) }
            }
        }
        let windows = found.flatMap { $0.map(\.1) }
        let logits: [[Float]] = try model.map(windows.map(\.sequence), threads: threads) { index, output in
            let tokens = windows[index].tokens
            return output.sum(ofRows: tokens.map(Int32.init)).map { $0 / Float(tokens.count) }
        }
        var next = 0
        return zip(texts, found).map { text, places in
            let scalars = Array(text.unicodeScalars)
            return places.map { place, _ in
                let probabilities = inventory.probabilities(of: place.word, logits: logits[next])
                next += 1
                let best = probabilities.indexOfLargest
                return Entity(
                    text: String(String.UnicodeScalarView(scalars[place.range])),
                    label: inventory.words[place.word].senses[best], range: place.range, score: probabilities[best])
            }
        }
    }
}
