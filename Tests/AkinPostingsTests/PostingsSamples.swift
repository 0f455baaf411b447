import AkinCore
import AkinPostings
import AkinVectors
import Foundation

/// Texts of made-up words, each given by its terms.
struct PostingsSamples {
    /// The terms of each passage, by its id.
    var passages: [Int64: [String]] = [:]

    /// Passages of words of which few are frequent and many are rare, some of them empty; every third id is left out.
    static func random(_ count: Int, from first: Int64 = 1, longest: Int = 40, seed: UInt64) -> PostingsSamples {
        var generator = SeededGenerator(seed: seed)
        var samples = PostingsSamples()
        for index in 0..<count {
            let length = generator.integer(below: longest + 1)
            samples.passages[first + Int64(index + index / 2)] = (0..<length).map { _ in word(&generator) }
        }
        return samples
    }

    /// A word; the number of a word is distributed as 1 / rank.
    static func word(_ generator: inout SeededGenerator) -> String {
        "w\(Int(exp(generator.unitDouble() * log(5000))))"
    }

    func postings() throws -> Postings { try builder().postings(.sample) }

    func builder() throws -> PostingsBuilder {
        var builder = PostingsBuilder()
        for (passage, terms) in passages.sorted(by: { $0.key < $1.key }) {
            var list = TermList()
            for term in terms { list.append(term.utf8) }
            try builder.add(passage: passage, terms: list)
        }
        return builder
    }

    /// What a question asks for: a word, a beginning of words, or two words in a row.
    enum Part {
        case word(String)
        case prefix(String)
        case row(String, String)

        /// - Parameter counts: how often each of the words stands among them.
        func count(in words: [String], _ counts: [String: Int]) -> Int {
            switch self {
            case .word(let word): counts[word] ?? 0
            case .prefix(let prefix): counts.reduce(0) { $0 + ($1.key.hasPrefix(prefix) ? $1.value : 0) }
            case .row(let first, let second):
                counts[first] == nil || counts[second] == nil
                    ? 0 : zip(words, words.dropFirst()).count { $0 == (first, second) }
            }
        }
    }

    /// A part as postings are asked for it; rows of words are counted here.
    func term(_ part: Part) -> SearchTerm {
        switch part {
        case .word(let word): return .word(Array(word.utf8))
        case .prefix(let prefix): return .prefix(Array(prefix.utf8))
        case .row:
            let counts = passages.mapValues { part.count(in: $0, Self.counts(of: $0)) }.filter { $0.value > 0 }
                .sorted { $0.key < $1.key }
            return .counted(PassageCounts(passages: counts.map(\.key), counts: counts.map { UInt32($0.value) }))
        }
    }

    private static func counts(of words: [String]) -> [String: Int] {
        Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    }

    /// What FTS5 would give, found by counting.
    func ranking(_ terms: [String], limit: Int = .max, isAllowed: (Int64) -> Bool = { _ in true }) -> [RankedPassage] {
        ranking(terms.map { .word($0) }, limit: limit, isAllowed: isAllowed)
    }

    func ranking(_ parts: [Part], limit: Int = .max, isAllowed: (Int64) -> Bool = { _ in true }) -> [RankedPassage] {
        let counts = passages.mapValues { words in
            let counts = Self.counts(of: words)
            return parts.map { $0.count(in: words, counts) }
        }
        let mean = Double(passages.values.reduce(0) { $0 + $1.count }) / Double(passages.count)
        let weights = parts.indices.map { part in
            let holders = Double(counts.values.count { $0[part] > 0 })
            return max(log((Double(passages.count) - holders + 0.5) / (holders + 0.5)), 1e-6)
        }
        let scored = passages.compactMap { passage, words -> RankedPassage? in
            let frequencies = (counts[passage] ?? []).map(Double.init)
            guard isAllowed(passage), frequencies.contains(where: { $0 > 0 }) else { return nil }
            let score = zip(frequencies, weights).reduce(0.0) { sum, next in
                sum + next.1 * (next.0 * 2.2 / (next.0 + 1.2 * (0.25 + 0.75 * Double(words.count) / mean)))
            }
            return RankedPassage(passage: passage, score: score)
        }
        let order = scored.sorted { ($1.score, $0.passage) < ($0.score, $1.passage) }
        return Array(order.prefix(limit))
    }
}

extension PostingsHeader {
    static let sample = PostingsHeader(
        storeUUID: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)), generation: 7, lastSequence: 99,
        chain: Data(repeating: 0xAB, count: 32), textVersion: 2)
}

extension [String] {
    var terms: [SearchTerm] { map { .word([UInt8]($0.utf8)) } }
}
