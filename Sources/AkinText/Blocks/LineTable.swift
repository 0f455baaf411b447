/// The lines of a text by number, from 0, without LF or CRLF; a last line without LF counts.
///
/// Where a line begins is kept of one line in four, so that a text of short lines takes hardly more memory than its
/// bytes; the others are found from there.
///
/// - Complexity: an access reads up to four lines.
package struct LineTable: RandomAccessCollection {
    private static let step = 4

    /// Where a line begins.
    private struct Start {
        var byte: UInt32
        /// In Unicode scalars of the text without the lines that are left out.
        var scalar: UInt32
    }

    private let text: String
    /// The numbers, ascending, of lines that are left out: they are empty.
    private let omitted: [Int]
    private var starts: [Start] = []
    package let endIndex: Int
    /// The Unicode scalars of the lines that are not left out, with what ends them.
    package let scalarCount: Int

    /// - Parameter text: less than 4 GiB.
    package init(_ text: String, omitting omitted: [Int] = []) {
        (self.text, self.omitted) = (text, omitted)
        var (start, number, length) = (Start(byte: 0, scalar: 0), 0, 0)
        var next = omitted[...]
        starts.reserveCapacity(text.utf8.count { $0 == 0x0A } / Self.step + 1)
        for byte in text.utf8 {
            if length == 0, number % Self.step == 0 { starts.append(start) }
            length += 1
            start.byte += 1
            if next.first != number, byte & 0xC0 != 0x80 { start.scalar += 1 }
            if byte == 0x0A {
                if next.first == number { next.removeFirst() }
                number += 1
                length = 0
            }
        }
        endIndex = number + (length > 0 ? 1 : 0)
        scalarCount = Int(start.scalar)
    }

    package var startIndex: Int { 0 }

    package subscript(number: Int) -> Substring {
        guard !isOmitted(number) else { return "" }
        let bytes = text.utf8
        let from = bytes.index(bytes.startIndex, offsetBy: Int(start(of: number).byte))
        let end = bytes[from...].firstIndex(of: 0x0A) ?? bytes.endIndex
        let line = text[from..<end]
        return line.utf8.last == 0x0D ? Substring(line.unicodeScalars.dropLast()) : line
    }

    /// Where a line begins, in Unicode scalars of the text without the lines that are left out.
    package func scalar(ofLine number: Int) -> Int { number < endIndex ? Int(start(of: number).scalar) : scalarCount }

    private func start(of number: Int) -> Start {
        var start = starts[number / Self.step]
        var line = number - number % Self.step
        guard line < number else { return start }
        let bytes = text.utf8
        var isCounted = !isOmitted(line)
        for byte in bytes[bytes.index(bytes.startIndex, offsetBy: Int(start.byte))...] {
            start.byte += 1
            if isCounted, byte & 0xC0 != 0x80 { start.scalar += 1 }
            guard byte == 0x0A else { continue }
            line += 1
            if line == number { break }
            isCounted = !isOmitted(line)
        }
        return start
    }

    private func isOmitted(_ number: Int) -> Bool {
        guard !omitted.isEmpty else { return false }
        let place = omitted.firstPlace { $0 >= number }
        return place < omitted.count && omitted[place] == number
    }
}
