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

    /// What FTS5 would give, found by counting.
    func ranking(_ terms: [String], limit: Int = .max, isAllowed: (Int64) -> Bool = { _ in true }) -> [RankedPassage] {
        let counts = passages.mapValues { Dictionary($0.map { ($0, 1) }, uniquingKeysWith: +) }
        let mean = Double(passages.values.reduce(0) { $0 + $1.count }) / Double(passages.count)
        let weights = terms.map { term in
            let holders = Double(counts.values.count { $0[term] != nil })
            return max(log((Double(passages.count) - holders + 0.5) / (holders + 0.5)), 1e-6)
        }
        let scored = counts.compactMap { passage, counts -> RankedPassage? in
            guard isAllowed(passage), terms.contains(where: { counts[$0] != nil }) else { return nil }
            let length = Double(passages[passage]?.count ?? 0)
            let score = zip(terms, weights).reduce(0.0) { sum, next in
                let frequency = Double(counts[next.0] ?? 0)
                return sum + next.1 * (frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / mean)))
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
    var bytes: [[UInt8]] { map { [UInt8]($0.utf8) } }
}
