import Foundation

/// Words of scripts without spaces, found in a collection of texts by the characters beside them.
///
/// A run of two or three characters that many different characters precede and follow is a word; within a word the next
/// character can be predicted (branching entropy: Jin and Tanaka-Ishii, "Unsupervised segmentation of Chinese text by
/// use of branching entropy", 2006). It must also occur far more often than its parts would meet by chance. Runs of
/// text are then cut so that the words found weigh most. A longer word comes out as two adjacent ones.
package struct UnspacedLexicon: Sendable {
    /// Bytes read from all texts together. For larger collections evenly spread texts are enough.
    private static let byteLimit = 3_000_000
    private static let longestWord = 3
    private static let leastOccurrences = 3.0
    /// In nats, at the less varied side.
    private static let leastEntropy = 0.8
    /// In nats: how much more often than by chance, at the weakest joint.
    private static let leastCohesion = 1.0

    /// Up to four characters, sixteen bits each, the last in the lowest.
    private typealias Gram = UInt64

    private var numbers: [String: Gram] = [:]
    private var weights: [Gram: Double] = [:]

    /// - Complexity: linear in the bytes of the texts, of which about three million are read.
    package init(of texts: [String]) {
        var counts: [Gram: Double] = [:]
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }
        for index in stride(from: 0, to: texts.count, by: bytes / Self.byteLimit + 1)
        where KeywordText.mayHoldUnspaced(texts[index]) {
            for case .unspaced(let units) in KeywordSegment.segments(of: texts[index]) {
                let run = units.map { number(of: $0) }
                for end in run.indices {
                    var gram: Gram = 0
                    for (length, start) in (max(0, end - Self.longestWord)...end).reversed().enumerated() {
                        // A character beyond the 65,535th different one has no number and is in no word.
                        guard run[start] != 0 else { break }
                        gram |= run[start] << (16 * UInt64(length))
                        counts[gram, default: 0] += 1
                    }
                }
            }
        }
        weights = Self.weights(counts)
    }

    private mutating func number(of unit: String) -> Gram {
        if let number = numbers[unit] { return number }
        guard numbers.count < Int(UInt16.max) else { return 0 }
        let number = Gram(numbers.count + 1)
        numbers[unit] = number
        return number
    }

    private static func length(_ gram: Gram) -> Int { (79 - gram.leadingZeroBitCount) / 16 }

    /// The words and the weight of each in a cut: the number of its characters less one, times the entropy beside it.
    private static func weights(_ counts: [Gram: Double]) -> [Gram: Double] {
        // Σ c ln c over the characters before and after a run. A run of text that begins or ends there counts as a
        // neighbour of its own.
        var (before, after): ([Gram: Double], [Gram: Double]) = ([:], [:])
        var characters = 0.0
        for (gram, count) in counts {
            let length = length(gram)
            if length == 1 { characters += count }
            guard length > 2, count > 1 else { continue }
            let share = count * log(count)
            before[gram & ((1 << (16 * UInt64(length - 1))) - 1), default: 0] += share
            after[gram >> 16, default: 0] += share
        }
        var weights: [Gram: Double] = [:]
        for (gram, count) in counts where count >= leastOccurrences {
            let length = length(gram)
            guard length == 2 || length == 3 else { continue }
            let entropy = log(count) - max(before[gram] ?? 0, after[gram] ?? 0) / count
            guard entropy > leastEntropy else { continue }
            let cohesion = (1..<length).map { tail in
                let bits = 16 * UInt64(tail)
                let chance = (counts[gram >> bits] ?? 0) * (counts[gram & ((1 << bits) - 1)] ?? 0)
                return log(count * characters / max(chance, 1))
            }
            guard cohesion.allSatisfy({ $0 > leastCohesion }) else { continue }
            weights[gram] = Double(length - 1) * entropy
        }
        return weights
    }

    /// The words of a run of characters in order; where none is known, overlapping pairs of characters. Single
    /// characters between words are left out.
    /// - Complexity: O(n).
    func words(of units: [String]) -> [String] {
        let run = units.map { numbers[$0] ?? 0 }
        var best = [Double](repeating: 0, count: run.count + 1)
        var lengths = [Int](repeating: 1, count: run.count + 1)
        for end in run.indices {
            best[end + 1] = best[end]
            var gram = run[end]
            for length in 2...Self.longestWord where length <= end + 1 {
                gram |= run[end + 1 - length] << (16 * UInt64(length - 1))
                guard let weight = weights[gram], best[end + 1 - length] + weight > best[end + 1] else { continue }
                best[end + 1] = best[end + 1 - length] + weight
                lengths[end + 1] = length
            }
        }
        var cuts: [Range<Int>] = []
        var end = run.count
        while end > 0 {
            cuts.append(end - lengths[end]..<end)
            end -= lengths[end]
        }
        var words: [String] = []
        var unknown: Range<Int>?
        for cut in cuts.reversed() {
            if cut.count == 1 {
                unknown = (unknown?.lowerBound ?? cut.lowerBound)..<cut.upperBound
            } else {
                Self.appendPairs(units, unknown, to: &words)
                unknown = nil
                words.append(units[cut].joined())
            }
        }
        Self.appendPairs(units, unknown, to: &words)
        return words
    }

    private static func appendPairs(_ units: [String], _ range: Range<Int>?, to words: inout [String]) {
        guard let range else { return }
        if units.count == 1 { words.append(units[0]) }
        for index in range.dropFirst() { words.append(units[index - 1] + units[index]) }
    }
}
