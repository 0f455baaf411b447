/// The lines of a file by place.
struct LineIndex {
    /// Where the lines after the first begin.
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        var starts: [Int] = []
        for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
        self.starts = starts
    }

    /// The line, from 1, of a byte.
    ///
    /// - Complexity: O(log n) in the lines.
    func line(ofByte offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low + 1
    }

    /// The lines that a range of bytes, not empty, stands on.
    func lines(of bytes: Range<Int>) -> ClosedRange<Int> {
        let first = line(ofByte: bytes.lowerBound)
        return first...max(first, line(ofByte: bytes.upperBound - 1))
    }
}
