/// How often words and pairs of adjacent words occur in each class of documents.
///
/// Words are numbered on first sight; a pair is the numbers of its two words in one integer, so that counting makes no
/// strings.
struct TermCounts {
    struct Count {
        /// Occurrences.
        var total: Int32 = 0
        /// Documents with at least one.
        var documents: Int32 = 0
        fileprivate var lastDocument: Int32 = -1

        fileprivate mutating func add(document: Int32) {
            total += 1
            if lastDocument != document { documents += 1 }
            lastDocument = document
        }
    }

    private(set) var words: [String] = []
    /// Occurrences of each word in all classes.
    private(set) var wordTotals: [Int] = []
    /// For each class, its words by number.
    private(set) var classWords: [[Int32: Count]]
    /// For each class, its pairs of adjacent words by `pair(_:_:)`.
    private(set) var classPairs: [[UInt64: Count]]
    private(set) var pairTotals: [UInt64: Int] = [:]

    /// Occurrences of words, divided by the number of classes.
    var meanClassLength: Double {
        classWords.isEmpty ? 0 : Double(wordTotals.reduce(0, +)) / Double(classWords.count)
    }

    /// - Parameters:
    ///   - documents: the words of each document, in their order.
    ///   - classes: for each document its class in 0 ..< classCount; documents of other classes are left out.
    init(documents: [[String]], classes: [Int], classCount: Int) {
        precondition(documents.count == classes.count)
        classWords = Array(repeating: [:], count: classCount)
        classPairs = Array(repeating: [:], count: classCount)
        var numbers: [String: Int32] = [:]
        for (document, words) in documents.enumerated() where classes[document] >= 0 && classes[document] < classCount {
            let group = classes[document]
            var previous: Int32?
            for word in words {
                let number = number(of: word, in: &numbers)
                wordTotals[Int(number)] += 1
                classWords[group][number, default: Count()].add(document: Int32(truncatingIfNeeded: document))
                if let previous, previous != number {
                    let pair = Self.pair(previous, number)
                    pairTotals[pair, default: 0] += 1
                    classPairs[group][pair, default: Count()].add(document: Int32(truncatingIfNeeded: document))
                }
                previous = number
            }
        }
    }

    private mutating func number(of word: String, in numbers: inout [String: Int32]) -> Int32 {
        if let number = numbers[word] { return number }
        let number = Int32(words.count)
        numbers[word] = number
        words.append(word)
        wordTotals.append(0)
        return number
    }

    static func pair(_ first: Int32, _ second: Int32) -> UInt64 { UInt64(UInt32(first)) << 32 | UInt64(UInt32(second)) }

    /// The two words of a pair.
    func wordsOfPair(_ pair: UInt64) -> (String, String) { (words[Int(pair >> 32)], words[Int(pair & 0xFFFF_FFFF)]) }
}
