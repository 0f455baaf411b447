import Akin
import Foundation

/// Sentences in words that the tiny models know, each number giving another one.
enum SampleTexts {
    static let adjectives = ["big", "small", "red", "blue", "new"]
    static let nouns = ["man", "woman", "child", "dog", "cat", "bank", "river", "money", "tree", "house", "guitar"]
    static let verbs = ["walking to", "playing with", "in", "on"]

    /// How many different sentences there are.
    static let count = 5 * 11 * 4 * 5 * 11

    static func sentence(_ number: Int) -> String {
        // A factor without common divisor spreads neighbouring numbers over all words.
        var rest = number * 7919 % count
        func next(_ words: [String]) -> String {
            defer { rest /= words.count }
            return words[rest % words.count]
        }
        return "the \(next(adjectives)) \(next(nouns)) is \(next(verbs)) a \(next(adjectives)) \(next(nouns))."
    }

    static func documents(_ numbers: Range<Int>, prefix: String = "d") -> [Document] {
        numbers.map { Document(id: "\(prefix)\($0)", text: sentence($0)) }
    }

    static func queries(_ count: Int) -> [String] {
        (0..<count).map { "\(adjectives[$0 % 5]) \(nouns[$0 * 3 % 11]) \(nouns[($0 * 5 + 2) % 11])" }
    }
}

extension Document {
    /// The document as a line of JSON.
    func jsonLine() throws -> String {
        var fields = ["id": id, "text": text]
        fields["title"] = title
        return String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
    }
}

extension [Document] {
    func jsonLines() throws -> String { try map { try $0.jsonLine() + "\n" }.joined() }
}
