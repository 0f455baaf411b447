import AkinCore
import Foundation

/// The lines of text files, one after another, read in blocks: files may be larger than memory.
struct CorpusLines {
    /// `-` is standard input.
    let paths: [String]

    private static let blockSize = 1 << 20
    /// A longer line is cut at a space, or where this many bytes end if it has none.
    private static let longestLine = 1 << 20

    /// Calls `body` with the bytes of each line, without its end.
    ///
    /// - Throws: `AkinError(.noInput)` for a file that is missing or cannot be read, and what `body` throws.
    func forEach(_ body: (_ line: ArraySlice<UInt8>, _ path: String, _ number: Int) throws -> Void) throws {
        for path in paths { try read(path, body) }
    }

    private func read(_ path: String, _ body: (ArraySlice<UInt8>, String, Int) throws -> Void) throws {
        let handle = path == "-" ? FileHandle.standardInput : try Self.open(path)
        var rest: [UInt8] = []
        var number = 1
        var isFirst = true
        while true {
            let block: Data?
            do {
                block = try handle.read(upToCount: Self.blockSize)
            } catch {
                throw AkinError(.inputOutput, "\(path) cannot be read to its end.", cause: error)
            }
            guard let block, !block.isEmpty else { break }
            rest.append(contentsOf: block)
            if isFirst, rest.starts(with: ByteOrderMark.utf8) { rest.removeFirst(ByteOrderMark.utf8.count) }
            isFirst = false
            var start = 0
            for place in max(0, rest.count - block.count)..<rest.count where rest[place] == 0x0A {
                try body(rest[start..<place], path, number)
                (start, number) = (place + 1, number + 1)
            }
            if rest.count - start > Self.longestLine {
                let cut = rest[start...].lastIndex(of: 0x20) ?? Self.scalarStart(rest)
                try body(rest[start..<cut], path, number)
                start = cut
            }
            rest.removeFirst(start)
        }
        if !rest.isEmpty { try body(rest[...], path, number) }
    }

    /// Where the last scalar of some bytes begins.
    private static func scalarStart(_ bytes: [UInt8]) -> Int { bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? bytes.count }

    private static func open(_ path: String) throws -> FileHandle {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw AkinError(.noInput, "\(path) does not exist.")
        }
        guard !isFolder.boolValue else {
            throw AkinError(.noInput, "\(path) is a folder: name its text files, such as \(path)/*.txt.")
        }
        do {
            return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw AkinError(.noInput, "\(path) cannot be read; check its permissions.", cause: error)
        }
    }
}
