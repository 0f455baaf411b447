import AkinCore

/// `.jsonl`: one JSON object or string a line. Blank lines are skipped. Holds one line in memory.
struct JSONLinesReader {
    let mapper: RecordMapper

    func read(_ source: ByteReader, _ emit: (ReadEvent) throws -> Void) throws {
        var number = 0
        let lines = JSONLines(source, lineLimit: mapper.options.maximumTextBytes)
        while let (line, content) = try lines.next() {
            if let bytes = source.takeProgress() { try emit(.file(path: mapper.file.path, bytes: bytes)) }
            number += 1
            switch content {
            case .value(let value): try emit(mapper.event(for: value, number: number, line: line))
            case .problem(let message):
                try emit(.problem(RecordProblem(path: mapper.file.path, line: line, message: message)))
            }
        }
    }
}

/// `.json`: one object, or an array of objects and strings. The file is held in memory as a whole, its records one at a
/// time.
struct JSONFileReader {
    let mapper: RecordMapper

    func read(_ source: ByteReader, _ emit: (ReadEvent) throws -> Void) throws {
        let bytes: [UInt8]
        do {
            bytes = try source.readAll(limit: mapper.options.maximumTextBytes * 16)
        } catch let error as OversizedInput {
            try emit(
                problem(1, "the file \(error.reason); write one record a line (.jsonl), which is read a line at a time")
            )
            return
        }
        guard bytes.contains(where: { $0 > 0x20 }) else {
            var problem = RecordProblem(path: mapper.file.path, message: "the file is empty; leave it out")
            problem.lacksText = true
            return try emit(.problem(problem))
        }
        if let offset = TextDecoding.firstInvalidByte(in: bytes) {
            try emit(
                problem(
                    TextDecoding.line(ofByte: offset, in: bytes), "the file \(TextDecoding.invalidUTF8(atByte: offset))"
                ))
            return
        }
        var reader = JSONReader(bytes)
        var line = 1
        var counted = 0
        func lineOfIndex() -> Int {
            while counted < reader.index {
                if bytes[counted] == 0x0A { line += 1 }
                counted += 1
            }
            return line
        }
        do {
            guard reader.peek() == UInt8(ascii: "[") else {
                let value = try reader.value()
                if reader.peek() == UInt8(ascii: "{") {
                    try emit(
                        problem(
                            lineOfIndex(), "a second JSON value follows the first, as in a file of one value a line",
                            remedy: .give(.textFormat, "jsonl")))
                    return
                }
                try reader.end()
                try emit(
                    reader.clashingName.map { problem(nil, JSONReader.clashMessage($0)) }
                        ?? mapper.event(for: value, number: nil, line: nil))
                return
            }
            var number = 0
            var hasElement = try reader.beginArray()
            while hasElement {
                _ = reader.peek()
                let begin = lineOfIndex()
                number += 1
                reader.clashingName = nil
                let value = try reader.value()
                try emit(
                    reader.clashingName.map { problem(begin, JSONReader.clashMessage($0)) }
                        ?? mapper.event(for: value, number: number, line: begin))
                hasElement = try reader.nextElement()
            }
            try reader.end()
        } catch let error as JSONSyntaxError {
            var problem = RecordProblem(
                path: mapper.file.path, line: TextDecoding.line(ofByte: error.offset, in: bytes),
                message: "broken JSON: \(error.message); what follows in the file was not read")
            problem.endsFile = true
            try emit(.problem(problem))
        }
    }

    private func problem(_ line: Int?, _ message: String, remedy: Remedy? = nil) -> ReadEvent {
        .problem(RecordProblem(path: mapper.file.path, line: line, message: message, remedy: remedy))
    }
}
