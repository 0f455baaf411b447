import AkinCore
import AkinVectors

/// A file of word vectors as it is read: mapped, its bytes treated as hostile.
struct WordVectorFile {
    let path: String
    let bytes: MappedBytes
    /// Where text begins: after a byte order mark and blank lines.
    let textStart: Int
    /// The blank lines before it.
    let blankLines: Int

    /// More components than any model has.
    static let mostComponents = 1 << 16
    /// Bytes of the longest word.
    static let longestWord = 1 << 12

    init(path: String) throws {
        self.path = path
        bytes = try MappedBytes(path: path) { AkinError(.noInput, "\(path) cannot be read as word vectors: \($0).") }
        var start = bytes.count >= 3 && bytes[0..<3] == ByteOrderMark.utf8 ? 3 : 0
        var blankLines = 0
        while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x0D {
            if bytes[start] == 0x0A { blankLines += 1 }
            start += 1
        }
        (textStart, self.blankLines) = (start, blankLines)
    }

    func fault(_ what: String) -> AkinError {
        AkinError(.invalidData, "\(path) is not an intact file of word vectors: \(what).")
    }

    /// What the first bytes look like.
    func format() throws -> WordVectorFileFormat {
        if bytes.count >= 8, bytes[0..<8] == Array("AKINPACK".utf8) { return .akin }
        if bytes.count >= 4, bytes.integer(at: 0, Int32.self) == FastTextModelReader.magic { return .fasttextModel }
        guard let header = WordVectorHeader(self) else {
            guard isText(textStart..<bytes.count) else { throw fault("it begins as no format that is known") }
            return .glove
        }
        return isText(header.end..<bytes.count) ? .word2vecText : .word2vecBinary
    }

    /// Whether the first line of a range is a word and numbers.
    private func isText(_ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        let limit = min(range.upperBound, start + (1 << 21))
        guard start < limit,
            let end = bytes.firstIndex(of: 0x0A, in: start..<limit) ?? (limit == bytes.count ? limit : nil)
        else {
            return range.isEmpty
        }
        var last = end
        while last > start, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x0D { last -= 1 }
        var first = last
        while first > start, bytes[first - 1] != 0x20 { first -= 1 }
        return first > start && DecimalFloat.parse(bytes, first..<last) != nil
    }
}

extension WordTable {
    /// Adds the bytes of a word; false when they are there already.
    mutating func insertNew(_ word: [UInt8]) -> Bool {
        let count = self.count
        return insert(word) == count
    }
}

/// The first line of word2vec's files: the number of words and of components.
struct WordVectorHeader {
    let count: Int
    let dimension: Int
    /// Where the line after it begins.
    let end: Int

    /// nil when the file does not begin with two numbers in a line of their own.
    init?(_ file: WordVectorFile) {
        let limit = min(file.bytes.count, file.textStart + 64)
        guard let newline = file.bytes.firstIndex(of: 0x0A, in: file.textStart..<limit) else { return nil }
        let fields = String(decoding: file.bytes[file.textStart..<newline], as: UTF8.self).split {
            $0 == " " || $0 == "\t" || $0 == "\r"
        }
        guard fields.count == 2, let count = Int(fields[0]), let dimension = Int(fields[1]), count >= 0, dimension >= 0
        else { return nil }
        self.count = count
        self.dimension = dimension
        end = newline + 1
    }

    /// Refuses sizes that the file cannot hold, before memory of that size is allocated.
    func check(_ file: WordVectorFile, leastBytes: (_ dimension: Int) -> Int) throws {
        guard count > 0 else { throw file.fault("its first line claims no words") }
        guard (1...WordVectorFile.mostComponents).contains(dimension) else {
            throw file.fault(
                "its first line claims \(dimension) components, and 1 to \(WordVectorFile.mostComponents) are taken")
        }
        guard count <= (file.bytes.count - end) / leastBytes(dimension) + 1 else {
            throw file.fault(
                "its first line claims \(count) words of \(dimension) components, and the file is too short for them")
        }
    }
}
