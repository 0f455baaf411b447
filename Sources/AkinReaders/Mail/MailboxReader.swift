import AkinText
import Foundation

/// mbox: a message at each line `From …` that follows an empty line. Held in memory is one message.
struct MailboxReader {
    private static let chunk = 1 << 20
    private static let mark = Array("From ".utf8)

    private static let notBegun = FileRefusal("is no mailbox: it does not begin with a line From …")

    private let readers: DocumentReaders

    init(_ readers: DocumentReaders) { self.readers = readers }

    func read(_ file: FileToRead, _ emit: (ReadEvent) throws -> Void) throws {
        let handle = try FileHandle(forReadingFrom: URL(filePath: file.path))
        defer { try? handle.close() }
        var rest: [UInt8] = []
        var message: [UInt8] = []
        var number = 0
        var isAfterEmpty = true
        var isOversized = false
        /// How far the bytes left over hold no line end.
        var searched = 0

        func finish() throws {
            defer {
                message.removeAll(keepingCapacity: true)
                isOversized = false
            }
            guard number > 0 else { return }
            var inner = file
            inner.id += "#\(number)"
            inner.source += "#\(number)"
            do {
                guard !isOversized else {
                    throw FileRefusal("is larger than a mail of \(MailReader.limit >> 20) MiB")
                }
                try MailReader(readers).read(message, inner, emit)
            } catch let refusal as FileRefusal {
                try emit(.problem(RecordProblem(path: inner.source, message: "message \(number) \(refusal.message)")))
            }
        }
        func add(_ line: ArraySlice<UInt8>) throws {
            if isAfterEmpty, line.starts(with: Self.mark) {
                try finish()
                number += 1
            } else if number == 0 {
                guard line.allSatisfy({ $0 == 0x0A || $0 == 0x0D }) else {
                    throw Self.notBegun
                }
            } else if message.count + line.count > MailReader.limit {
                isOversized = true
            } else {
                // `>From ` stands for a line that begins with the mark itself.
                let marks = line.prefix { $0 == 0x3E }.count
                message += marks > 0 && line.dropFirst(marks).starts(with: Self.mark) ? line.dropFirst() : line
            }
            isAfterEmpty = line.allSatisfy { $0 == 0x0A || $0 == 0x0D }
        }
        while let data = try handle.read(upToCount: Self.chunk), !data.isEmpty {
            rest += data
            var start = 0
            while let end = rest[max(start, searched)...].firstIndex(of: 0x0A) {
                try add(rest[start...end])
                start = end + 1
            }
            rest.removeFirst(start)
            searched = rest.count
            guard number > 0 || rest.isEmpty || Self.mark.starts(with: rest.prefix(Self.mark.count)) else {
                throw Self.notBegun
            }
            guard rest.count <= MailReader.limit else { throw FileRefusal("is no mailbox: a line has no end") }
        }
        if !rest.isEmpty { try add(rest[...]) }
        try finish()
        if number == 0 { throw FileRefusal("holds no message") }
    }
}
