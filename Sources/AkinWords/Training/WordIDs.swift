import AkinCore

/// A corpus as word numbers, 4 bytes a word, in memory, or in a nameless file that the system keeps in memory as far as
/// there is room.
///
/// Lines end with −1. In a file words are first appended under provisional numbers; then they get their final ones, all
/// at once, and rare ones vanish.
@safe package final class WordIDs: @unchecked Sendable {
    // Safe: after `renumber` nothing writes it, and what `ids` points to lives as long as it does.
    private let file: ScratchFile?
    private var pending: [Int32] = []
    private var ids = unsafe UnsafeMutableBufferPointer<Int32>(start: nil, count: 0)

    private var lineLength = 0

    private static let blockSize = 1 << 16
    /// The most words of a line; a longer one is cut.
    static let longestLine = 10_000
    /// Marks the end of a line.
    static let lineEnd: Int32 = -1

    /// - Parameter folder: the folder in which the file takes disk space, about as much as the corpus.
    package init(in folder: String) throws {
        file = try ScratchFile(in: folder)
        pending.reserveCapacity(Self.blockSize)
    }

    /// A corpus in memory.
    ///
    /// - Parameters:
    ///   - words: the final numbers of the words of all lines.
    ///   - bounds: line i is words[bounds[i] ..< bounds[i + 1]].
    package init(words: [Int32], bounds: [Int]) {
        file = nil
        let lines = bounds.indices.dropLast().reduce(0) {
            $0 + (bounds[$1 + 1] - bounds[$1] + Self.longestLine - 1) / Self.longestLine
        }
        unsafe ids = .allocate(capacity: words.count + lines)
        var count = 0
        func put(_ number: Int32) {
            unsafe ids[count] = number
            count += 1
        }
        for line in bounds.indices.dropLast() {
            for start in Swift.stride(from: bounds[line], to: bounds[line + 1], by: Self.longestLine) {
                for place in start..<min(start + Self.longestLine, bounds[line + 1]) { put(words[place]) }
                put(Self.lineEnd)
            }
        }
    }

    deinit { if file == nil { unsafe ids.deallocate() } }

    package func append(_ word: Int32) throws {
        try put(word)
        lineLength += 1
        if lineLength == Self.longestLine { try endLine() }
    }

    package func endLine() throws {
        guard lineLength > 0 else { return }
        lineLength = 0
        try put(Self.lineEnd)
    }

    private func put(_ number: Int32) throws {
        pending.append(number)
        if pending.count == Self.blockSize { try writePending() }
    }

    private func writePending() throws {
        try unsafe pending.withUnsafeBytes { try unsafe file?.write($0) }
        pending.removeAll(keepingCapacity: true)
    }

    /// Ends the writing and gives every word its final number; those whose number is negative are dropped, as are empty
    /// lines.
    package func renumber(_ numbers: [Int32]) throws {
        guard let file else { return }
        try writePending()
        let all = try unsafe file.map().bindMemory(to: Int32.self)
        var count = 0
        for place in all.indices {
            let provisional = unsafe all[place]
            let final = provisional < 0 ? Self.lineEnd : numbers[Int(provisional)]
            if provisional >= 0 && final < 0 { continue }
            if unsafe final == Self.lineEnd && (count == 0 || all[count - 1] == Self.lineEnd) { continue }
            unsafe all[count] = final
            count += 1
        }
        unsafe ids = UnsafeMutableBufferPointer(rebasing: all[..<count])
    }

    /// Words and ends of lines.
    package var count: Int { unsafe ids.count }

    /// Calls `body` with the lines that begin in a range of positions; the last one may end after it.
    func forEachSentence(in range: Range<Int>, _ body: (UnsafeBufferPointer<Int32>) throws -> Void) rethrows {
        precondition(range.lowerBound >= 0)
        var start = range.lowerBound
        if start > 0 {
            while start < count, unsafe ids[start - 1] != Self.lineEnd { start += 1 }
        }
        while start < min(range.upperBound, count) {
            var end = start
            while end < count, unsafe ids[end] != Self.lineEnd { end += 1 }
            if end > start { try unsafe body(UnsafeBufferPointer(rebasing: ids[start..<end])) }
            start = end + 1
        }
    }
}
