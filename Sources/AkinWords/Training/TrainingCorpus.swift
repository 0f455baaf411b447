import AkinCore
import AkinVectors

/// A corpus prepared for training: its vocabulary, and its words as numbers in a nameless file.
struct TrainingCorpus: Sendable {
    let vocabulary: WordVocabulary
    let words: WordIDs
    /// Lines that are not UTF-8 and were left out.
    let skipped: [SkippedLine]
    let skippedCount: Int

    /// A line that could not be read.
    package struct SkippedLine: Sendable, Hashable {
        package let path: String
        package let line: Int
    }

    /// Above this number of different words, the rarest are dropped while counting (word2vec's "ReduceVocab").
    private static let tableLimit = 20_000_000
    private static let skippedLimit = 10
    private static let progressInterval = 1 << 20

    /// A corpus that was read and numbered in another way.
    init(vocabulary: WordVocabulary, words: WordIDs) {
        self.vocabulary = vocabulary
        self.words = words
        (skipped, skippedCount) = ([], 0)
    }

    /// Reads the files once.
    ///
    /// Memory: the different words, 24 bytes and their letters each; the words' numbers stand in a file in `folder`, 4
    /// bytes each.
    init(
        lines: CorpusLines, rule: WordTokens, minimumCount: Int, folder: String, isCancelled: () -> Bool,
        progress: (_ words: Int) -> Void
    ) throws {
        let words = try WordIDs(in: folder)
        var scanner = TokenScanner(rule: rule)
        var table = WordTable()
        var counts: [Int] = []
        // The number of each of the table's words in the file, which it keeps when the table is thinned out
        var numbers: [Int32] = []
        var (nextNumber, total, floor) = (Int32(0), 0, 1)
        var (skipped, skippedCount) = ([SkippedLine](), 0)
        var reported = 0
        try lines.forEach { line, path, number in
            let valid = try scanner.forEachToken(in: line) { token in
                let index = table.insert(token)
                if index == counts.count {
                    guard nextNumber < .max else {
                        throw AkinError(.invalidData, "The corpus has more than 2^31 different words.")
                    }
                    counts.append(0)
                    numbers.append(nextNumber)
                    nextNumber += 1
                }
                counts[index] += 1
                total += 1
                try words.append(numbers[index])
            }
            try words.endLine()
            if !valid {
                skippedCount += 1
                if skipped.count < Self.skippedLimit { skipped.append(SkippedLine(path: path, line: number)) }
            }
            if table.count > Self.tableLimit {
                floor += 1
                let kept = counts.indices.filter { counts[$0] >= floor }
                table = table.selecting(kept)
                (counts, numbers) = (kept.map { counts[$0] }, kept.map { numbers[$0] })
            }
            if total - reported >= Self.progressInterval {
                reported = total
                progress(total)
                if isCancelled() { throw CancellationError() }
            }
        }
        let known = counts.indices.filter { counts[$0] >= minimumCount }.sorted {
            counts[$0] != counts[$1]
                ? counts[$0] > counts[$1] : table.bytes(at: $0).lexicographicallyPrecedes(table.bytes(at: $1))
        }
        var final = [Int32](repeating: -1, count: Int(nextNumber))
        for (place, index) in known.enumerated() { final[Int(numbers[index])] = Int32(place) }
        try words.renumber(final)
        vocabulary = WordVocabulary(table: table.selecting(known), counts: known.map { counts[$0] }, total: total)
        self.words = words
        self.skipped = skipped
        self.skippedCount = skippedCount
        progress(total)
    }
}

extension WordTable {
    /// The words at some places, numbered again in that order.
    func selecting(_ indices: [Int]) -> WordTable {
        var selection = WordTable()
        for index in indices { _ = selection.insert(bytes(at: index)) }
        return selection
    }
}
