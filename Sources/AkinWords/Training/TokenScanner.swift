/// Cuts lines into words.
struct TokenScanner {
    let rule: WordTokens
    // The words of the line in hand, one after the other
    private var letters: [UInt8] = []

    init(rule: WordTokens) { self.rule = rule }

    /// Calls `body` with the UTF-8 of each word of a line. Returns false, without a call, when the line is not UTF-8.
    ///
    /// Cost: O(bytes). Lines of ASCII take a faster path to the same words.
    mutating func forEachToken(in line: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) rethrows -> Bool
    {
        var bits: UInt8 = 0
        for byte in line { bits |= byte }
        var text: String?
        if bits >= 0x80 {
            guard let valid = String(validating: line, as: UTF8.self) else { return false }
            text = valid
        }
        switch rule {
        case .whitespace: try forEachRun(in: line, body)
        case .words:
            if let text {
                var words: [ArraySlice<UInt8>] = []
                WordSegmenter().forEachWord(in: text) { word, _, _ in words.append(word[...]) }
                for word in words { try body(word) }
            } else {
                try forEachASCIIWord(in: line, body)
            }
        }
        return true
    }

    private func forEachRun(in line: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) rethrows {
        var start = line.startIndex
        for place in line.indices
        where line[place] == 0x20 || line[place] <= 0x0D && (line[place] >= 0x09 || line[place] == 0) {
            if place > start { try body(line[start..<place]) }
            start = place + 1
        }
        if start < line.endIndex { try body(line[start...]) }
    }

    /// The words of `WordSegmenter` for text of ASCII: runs of letters and digits, and an apostrophe between two of
    /// them.
    private mutating func forEachASCIIWord(in line: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void)
        rethrows
    {
        letters.removeAll(keepingCapacity: true)
        var start = 0
        var place = line.startIndex
        while place < line.endIndex {
            if let letter = Self.letter(line[place]) {
                letters.append(letter)
            } else if line[place] == 0x27, letters.count > start, place + 1 < line.endIndex,
                Self.letter(line[place + 1]) != nil
            {
                letters.append(0x27)
            } else {
                if letters.count > start { try body(letters[start...]) }
                start = letters.count
            }
            place += 1
        }
        if letters.count > start { try body(letters[start...]) }
    }

    @inline(__always)
    private static func letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x61...0x7A, 0x30...0x39: byte
        case 0x41...0x5A: byte | 0x20
        default: nil
        }
    }
}
