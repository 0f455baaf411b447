/// The text of a page while it is put together. Runs of white space become one blank, and blocks are separated by line
/// breaks.
struct HTMLOutput {
    private(set) var bytes: [UInt8] = []
    private var pendingBreaks = 0
    private var pendingSpace = false

    mutating func append(_ byte: UInt8, preformatted: Bool = false) {
        let isSpace = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
        if isSpace, !preformatted {
            pendingSpace = true
            return
        }
        if isSpace, bytes.isEmpty || pendingBreaks > 0 {
            if byte == 0x0A { return }
        }
        flush()
        bytes.append(byte)
    }

    mutating func append(_ text: String, preformatted: Bool = false) {
        for byte in text.utf8 { append(byte, preformatted: preformatted) }
    }

    /// Ends the line; with two, leaves a blank line.
    mutating func breakLine(_ count: Int) { pendingBreaks = max(pendingBreaks, count) }

    private mutating func flush() {
        if !bytes.isEmpty {
            if pendingBreaks > 0 {
                while bytes.last == 0x20 || bytes.last == 0x0A { bytes.removeLast() }
                bytes.append(contentsOf: repeatElement(0x0A, count: pendingBreaks))
            } else if pendingSpace {
                bytes.append(0x20)
            }
        }
        pendingBreaks = 0
        pendingSpace = false
    }
}
