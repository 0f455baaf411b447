import AkinCore
import AkinTransformers
package import Foundation

/// The words that a model knows senses of, with the senses of each. Each sense of each word is one output of the model;
/// the outputs of a word stand together, in the order of the words.
///
/// It is kept beside the model as `akin_senses.json`. The names of the model's outputs are for programs that do not
/// read it: the word and the sense with a slash between.
package struct SenseInventory: Hashable, Sendable {
    package struct Word: Hashable, Sendable {
        package let word: String
        package let senses: [String]
        /// The model's outputs for the senses.
        package let outputs: Range<Int>
    }

    package let words: [Word]
    private let places: [String: Int]

    private init(_ senses: [(word: String, senses: [String])]) {
        var words: [Word] = []
        for (word, senses) in senses {
            let start = words.last?.outputs.upperBound ?? 0
            words.append(Word(word: word, senses: senses, outputs: start..<start + senses.count))
        }
        self.words = words
        places = Dictionary(words.enumerated().map { ($1.word, $0) }) { first, _ in first }
    }

    /// The words and senses of examples, numbered in an order that depends on nothing but their names.
    ///
    /// - Throws: `AkinError(.invalidData)` where no word has two senses, and for more than `LabelSet.maximumCount`
    ///   senses.
    package init(_ examples: [SenseExample], of source: String) throws {
        let senses = Dictionary(grouping: examples, by: \.word).mapValues { Set($0.map(\.sense)).sorted() }
        guard senses.values.contains(where: { $0.count > 1 }) else {
            throw AkinError(
                .invalidData,
                "No word of \(source) has two senses; senses are told apart, so at least one word needs two.")
        }
        guard senses.values.reduce(0, { $0 + $1.count }) <= LabelSet.maximumCount else {
            throw AkinError(
                .invalidData,
                "\(source) has more than \(LabelSet.maximumCount) senses; is the field \"sense\" one of ids or of texts?"
            )
        }
        self.init(senses.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// The names of the model's outputs.
    package var labels: [String] { words.flatMap { word in word.senses.map { "\(word.word)/\($0)" } } }

    /// The number of a word; nil for one whose senses are not known.
    package func index(of word: String) -> Int? { places[word] }

    /// The model's output for an example; nil for a word or a sense that is not known.
    package func output(of example: SenseExample) -> Int? {
        guard let word = index(of: example.word).map({ words[$0] }),
            let sense = word.senses.firstIndex(of: example.sense)
        else { return nil }
        return word.outputs.lowerBound + sense
    }

    /// The probability of each sense of a word, where its other senses are all there is. Shape: (senses of the word).
    ///
    /// - Parameter logits: The model's outputs for the word.
    package func probabilities(of word: Int, logits: [Float]) -> [Double] {
        HeadProbabilities.softmax(logits[words[word].outputs])
    }

    // MARK: - On the disk

    private static let fileName = "akin_senses.json"

    /// Whether a folder's model tells senses apart.
    package static func isFolder(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: fileName).path)
    }

    /// Reads the file in a model's folder. Throws `.invalidData` where it is damaged or does not fit the model.
    ///
    /// - Parameter outputs: how many the model has.
    package init(folder: URL, outputs: Int) throws {
        let file = folder.appending(path: Self.fileName)
        let damaged = AkinError(.invalidData, "\(file.path) does not fit the model beside it; train it again.")
        guard let json = try? JSONValue(json: Array(RegularFile.contents(of: file.path))),
            case .object(let fields) = json, case .array(let values) = fields["words"] ?? .null
        else { throw damaged }
        func text(_ value: JSONValue?) throws -> String {
            guard case .string(let text)? = value else { throw damaged }
            return text
        }
        self.init(
            try values.map { value in
                guard case .object(let fields) = value, case .array(let senses) = fields["senses"] ?? .null,
                    !senses.isEmpty
                else { throw damaged }
                return (try text(fields["word"]), try senses.map { try text($0) })
            })
        guard words.last?.outputs.upperBound == outputs else { throw damaged }
    }

    /// Writes the file into a model's folder.
    package func write(to folder: URL) throws {
        var json = JSONWriter(escaping: .required)
        json.object([
            "words": .array(
                words.map {
                    .object(["word": .string($0.word), "senses": .array($0.senses.map { .string($0) })])
                })
        ])
        json.newline()
        try Data(json.bytes).write(to: folder.appending(path: Self.fileName))
    }
}
