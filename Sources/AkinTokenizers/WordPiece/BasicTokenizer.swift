/// The first half of BERT's tokenizer: normalises a text and splits it into words at white space and punctuation, each
/// punctuation mark and ideograph being a word. What WordPiece then looks up, and what its vocabularies are learnt from.
package struct BasicTokenizer: Sendable {
    private let configuration: TokenizerConfiguration
    private let asciiClasses: ASCIIClasses

    /// - Parameters:
    ///   - stripsAccents: nil to do as with capitals, as BERT does.
    ///   - padsIdeographs: Whether each Chinese character is a word.
    package init(lowercases: Bool = true, stripsAccents: Bool? = nil, padsIdeographs: Bool = true) {
        var configuration = TokenizerConfiguration()
        configuration.lowercases = lowercases
        configuration.stripsAccents = stripsAccents ?? lowercases
        configuration.padsIdeographs = padsIdeographs
        self.configuration = configuration
        asciiClasses = ASCIIClasses(configuration)
    }

    /// The longest word, in Unicode scalars, that WordPiece takes apart.
    package var maximumWordScalars: Int { configuration.maximumWordScalars }

    /// Calls `body` with the UTF-8 of each word of a text, in order.
    package func forEachWord(in text: String, _ body: (ArraySlice<UInt8>) -> Void) {
        var text = text
        var words = WordCollector()
        text.withUTF8 { buffer in
            let bytes = unsafe Span(_unsafeElements: buffer)
            split(bytes, into: &words)
        }
        words.endWord()
        var start = 0
        for end in words.ends {
            body(words.bytes[start..<end])
            start = end
        }
    }

    /// Words of ASCII need no decoding; a stretch with anything else in it is normalised up to the next ASCII separator or
    /// punctuation, over which neither decomposition nor ordering reaches.
    private func split(_ bytes: borrowing Span<UInt8>, into words: inout WordCollector) {
        let (classes, folded) = (asciiClasses.classes, asciiClasses.folded)
        var normalizer = TextNormalizer(configuration)
        var index = 0
        while index < bytes.count {
            switch classes[Int(bytes[index])] {
            case .separator:
                index += 1
                continue
            case .punctuation:
                words.append(bytes[index])
                words.endWord()
                index += 1
                continue
            case .word:
                var end = index + 1
                while end < bytes.count, folded[Int(bytes[end])] != 0 { end += 1 }
                if end == bytes.count || classes[Int(bytes[end])] != .other {
                    for place in index..<end { words.append(folded[Int(bytes[place])]) }
                    words.endWord()
                    index = end
                    continue
                }
            case .other: break
            }
            while index < bytes.count, [.word, .other].contains(classes[Int(bytes[index])]) {
                normalizer.push(UTF8Cursor.next(bytes, at: &index), source: 0, into: &words)
            }
            normalizer.finish(into: &words)
            words.endWord()
        }
    }
}

/// Collects normalised scalars into words.
private struct WordCollector: ScalarSink {
    private let table = ScalarTable.shared
    /// All words, one after another.
    private(set) var bytes: [UInt8] = []
    /// (words) where each ends
    private(set) var ends: [Int] = []

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func accept(_ scalar: UInt32, source: Int) {
        let properties = table[scalar]
        if properties.contains(.whitespace) { return endWord() }
        if properties.contains(.punctuation) { endWord() }
        UTF8Cursor.encode(scalar) { bytes.append($0) }
        if properties.contains(.punctuation) { endWord() }
    }

    mutating func endWord() {
        if bytes.count > ends.last ?? 0 { ends.append(bytes.count) }
    }
}
