import AkinCore

/// `.jsonl`: one JSON object or string a line. Blank lines are passed over. Holds one line at a time.
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

/// `.json`: one object, or an array of objects and strings. The file is held whole, its records one at a time.
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
        if let offset = TextDecoding.firstInvalidByte(in: bytes) {
            try emit(
                problem(
                    TextDecoding.line(ofByte: offset, in: bytes), "the file \(TextDecoding.invalidUTF8(atByte: offset))"
                ))
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
                            lineOfIndex(), "a second JSON value follows the first, as in a file of one value a line",
                            remedy: .give(.textFormat, "jsonl")))
                    return
                }
                try parser.end()
                try emit(
                    parser.clashingName.map { problem(nil, JSONParser.clashMessage($0)) }
                        ?? mapper.event(for: value, number: nil, line: nil))
                return
            }
            if !parser.take(UInt8(ascii: "]")) {
                var number = 0
                repeat {
                    parser.skipWhiteSpace()
                    let begin = lineOfIndex()
                    number += 1
                    parser.clashingName = nil
                    let value = try parser.value()
                    try emit(
                        parser.clashingName.map { problem(begin, JSONParser.clashMessage($0)) }
                            ?? mapper.event(for: value, number: number, line: begin))
                } while parser.take(UInt8(ascii: ","))
                guard parser.take(UInt8(ascii: "]")) else { throw parser.failure("a comma or ] was expected") }
            }
            try parser.end()
        } catch let error as JSONSyntaxError {
            let line = TextDecoding.line(ofByte: error.offset, in: bytes)
            try emit(problem(line, "broken JSON: \(error.message); what follows in the file was not read"))
        }
    }

    private func problem(_ line: Int?, _ message: String, remedy: Remedy? = nil) -> ReadEvent {
        .problem(RecordProblem(path: mapper.file.path, line: line, message: message, remedy: remedy))
    }
}
