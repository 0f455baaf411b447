import AkinCore

/// `.jsonl`: one JSON object or string a line. Blank lines are passed over. Holds one line at a time.
struct JSONLinesReader {
    let mapper: RecordMapper

    func read(_ source: ByteReader, _ emit: (ReadEvent) throws -> Void) throws {
        var number = 0
        while let line = try source.nextLine() {
            if let bytes = source.takeProgress() { try emit(.file(path: mapper.file.path, bytes: bytes)) }
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            number += 1
            try emit(event(for: line, number: number, source))
        }
    }

    private func event(for line: [UInt8], number: Int, _ source: ByteReader) -> ReadEvent {
        guard String(validating: line, as: UTF8.self) != nil else {
            let offset = source.lineOffset + (TextDecoding.firstInvalidByte(in: line) ?? 0)
            return problem(source.lineNumber, "the line \(TextDecoding.invalidUTF8(atByte: offset))")
        }
        do throws(JSONSyntaxError) {
            return mapper.event(for: try JSONParser.parse(line), number: number, line: source.lineNumber)
        } catch {
            return problem(source.lineNumber, "broken JSON at byte \(error.offset + 1) of the line: \(error.message)")
        }
    }

    private func problem(_ line: Int, _ message: String) -> ReadEvent {
        .problem(RecordProblem(path: mapper.file.path, line: line, message: message))
    }
}

/// `.json`: one object, or an array of objects and strings. The file is held whole, its records one at a time.
struct JSONFileReader {
    let mapper: RecordMapper

    func read(_ source: ByteReader, _ emit: (ReadEvent) throws -> Void) throws {
        let bytes = try source.readAll()
        if let offset = TextDecoding.firstInvalidByte(in: bytes) {
            try emit(problem(TextDecoding.line(ofByte: offset, in: bytes), "the file \(TextDecoding.invalidUTF8(atByte: offset))"))
            return
        }
        var parser = JSONParser(bytes)
        var line = 1
        var counted = 0
        func lineOfIndex() -> Int {
            while counted < parser.index {
                if bytes[counted] == 0x0A { line += 1 }
                counted += 1
            }
            return line
        }
        do {
            guard parser.take(UInt8(ascii: "[")) else {
                let value = try parser.value()
                if parser.take(UInt8(ascii: "{")) {
                    try emit(
                        problem(
                            lineOfIndex(), "a second JSON value follows the first; if the file has one value a line, use --format jsonl"))
                    return
                }
                try parser.end()
                try emit(mapper.event(for: value, number: nil, line: nil))
                return
            }
            if !parser.take(UInt8(ascii: "]")) {
                var number = 0
                repeat {
                    parser.skipWhiteSpace()
                    let begin = lineOfIndex()
                    number += 1
                    try emit(mapper.event(for: try parser.value(), number: number, line: begin))
                } while parser.take(UInt8(ascii: ","))
                guard parser.take(UInt8(ascii: "]")) else { throw parser.failure("a comma or ] was expected") }
            }
            try parser.end()
        } catch let error as JSONSyntaxError {
            let line = TextDecoding.line(ofByte: error.offset, in: bytes)
            try emit(problem(line, "broken JSON: \(error.message); what follows in the file was not read"))
        }
    }

    private func problem(_ line: Int, _ message: String) -> ReadEvent {
        .problem(RecordProblem(path: mapper.file.path, line: line, message: message))
    }
}
