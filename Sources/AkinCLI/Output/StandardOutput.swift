import AkinCore
import AkinWire
import Foundation
import Synchronization

/// Standard output behind a buffer: results, in order. `flush` must be called at the end.
final class StandardOutput: Sendable {
    /// Blocks on their way to standard output.
    static var blocks: BlockOutput { BlockOutput(.standardOutput, name: "Standard output") }

    private let blocks = Mutex(StandardOutput.blocks)

    /// - Throws: `AkinError(.inputOutput)` when the reader of standard output cannot take it: a full disk, a closed
    ///   descriptor.
    func write(_ bytes: some Sequence<UInt8>) throws { try blocks.withLock { try $0.write(bytes) } }

    /// Writes a line for a person. On a terminal, names and texts of others in it are shown and cannot drive it.
    func line(_ text: String) throws {
        try write(((Terminal.isTerminal(.output) ? TerminalStyle.keptIn(text) : text) + "\n").utf8)
    }

    /// Writes a text of several lines as it is, and on a terminal as `line` does.
    func text(_ text: String) throws {
        try write(((Terminal.isTerminal(.output) ? VisibleText.lines(text) : text) + "\n").utf8)
    }

    func flush() throws { try blocks.withLock { try $0.flush() } }
}

extension StandardOutput {
    /// Writes lines and flushes: all that a command with a short answer needs.
    static func print(_ lines: some Sequence<String>) throws {
        let output = StandardOutput()
        for line in lines { try output.line(line) }
        try output.flush()
    }

    /// Writes bytes, and a line's end if they have none.
    static func print(_ bytes: some BidirectionalCollection<UInt8>) throws {
        let output = StandardOutput()
        try output.write(bytes)
        if bytes.last != UInt8(ascii: "\n") { try output.write([UInt8(ascii: "\n")]) }
        try output.flush()
    }

    /// Writes JSON without anything that a terminal would obey, and a line's end if it has none.
    static func print(json: some Collection<UInt8>) throws {
        var writer = JSONWriter(escaping: .hidden)
        writer.json(String(decoding: json, as: UTF8.self))
        try print(writer.bytes)
    }

    /// Writes a value as one line of JSON with sorted keys, its properties' names in snake case.
    static func printJSON(_ value: some Encodable) throws {
        var json = JSONWriter(escaping: .hidden)
        try json.encodable(value) { RemedyWording.text($0) }
        try print(json.bytes)
    }
}
