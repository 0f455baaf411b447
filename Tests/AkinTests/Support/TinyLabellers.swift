import Akin
import AkinTestSupport
import Foundation

/// Models trained in a second, once for all tests: a classifier that knows nature from town, and a tagger that knows
/// people from places.
enum TinyLabellers {
    private static let folder = Result { try TemporaryFolder() }
    private static let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)

    private static let training = (
        frozen: Task { try await classifier(.frozen, "frozen") },
        fineTuned: Task { try await classifier(.fineTuned, "fine-tuned") },
        tagger: Task { try await tagger() }
    )

    /// A linear classifier over the vectors of the tiny model.
    static var frozen: String { get async throws { try await training.frozen.value } }
    /// A network with a head.
    static var fineTuned: String { get async throws { try await training.fineTuned.value } }
    static var tagger: String { get async throws { try await training.tagger.value } }

    /// The words that name a class.
    static let words = ["river": "nature", "tree": "nature", "money": "town", "bank": "town"]

    /// A text of the class of a word.
    static func text(_ word: String, _ index: Int) -> String {
        let more = ["big", "small", "red", "blue", "a", "the", "dog", "cat"]
        return "the \(word) is \(more[index / 4 % 8]) and \(more[index / 32 % 8]) \(index)"
    }

    /// Documents of both classes in turn; `kind` is the class, where asked for.
    static func documents(_ range: Range<Int>, withKind: Bool = false) -> [Document] {
        let names = words.keys.sorted()
        return range.map { index in
            let word = names[index % names.count]
            return Document(
                id: "d\(index)", text: text(word, index),
                metadata: withKind ? ["kind": .string(words[word] ?? "")] : [:])
        }
    }

    private static func classifier(_ method: ClassifierTraining.Method, _ name: String) async throws -> String {
        let folder = try folder.get()
        let lines = documents(0..<160, withKind: true).map { document in
            #"{"text": "\#(document.text)", "label": "\#(words.first { document.text.contains($0.key) }?.value ?? "")"}"#
        }
        let examples = try folder.write("\(name).jsonl", lines.joined(separator: "\n") + "\n")
        var training = ClassifierTraining()
        (training.method, training.learningRate, training.epochs) = (method, 5e-3, 6)
        _ = try await training.run(on: [examples], output: folder.path(name), configuration: configuration)
        return folder.path(name)
    }

    private static func tagger() async throws -> String {
        let folder = try folder.get()
        let sentences = (0..<120).map { index in
            let place = index % 3 == 0 ? "new B-LOC\nyork I-LOC" : "\(["river", "bank", "house"][index % 3]) B-LOC"
            let person = "\(["man", "woman", "child"][index / 3 % 3]) B-PER"
            let word = ["big", "small", "red", "blue"][index / 9 % 4]
            return "the O\n\(person)\nis O\n\(word) O\non O\nthe O\n\(place)\n. O\n"
        }
        let examples = try folder.write("sentences.conll", sentences.joined(separator: "\n"))
        var training = TaggerTraining()
        (training.learningRate, training.epochs) = (1e-2, 12)
        _ = try await training.run(on: [examples], output: folder.path("tagger"), configuration: configuration)
        return folder.path("tagger")
    }
}
