/// What is said in a file of subtitles (SubRip, WebVTT): the cues joined to paragraphs, without their times.
struct SubtitleText {
    private var builder = BlockTextBuilder()
    private var text = ""
    private var lines = 1...1
    /// The last line, which rolling captions repeat.
    private var last = ""
    private var end = 0.0

    /// A paragraph ends with a sentence after so many bytes, at once after a silence of so many seconds, and in any
    /// case after so many bytes.
    private static let paragraph = 300
    private static let silence = 4.0
    private static let longestParagraph = 1500

    static func fill(_ record: inout TextRecord) {
        var subtitles = SubtitleText()
        subtitles.read(LineTable(record.text))
        subtitles.builder.fill(&record)
    }

    private mutating func read(_ source: LineTable) {
        var (isInCue, isInNote) = (false, false)
        for (index, line) in source.enumerated() {
            let trimmed = line.trimmed
            if let (start, end) = Self.times(trimmed) {
                if start - self.end > Self.silence { endParagraph() }
                self.end = end
                (isInCue, isInNote) = (true, false)
            } else if trimmed.isEmpty {
                (isInCue, isInNote) = (false, false)
            } else if !isInCue, ["NOTE", "STYLE", "REGION", "WEBVTT"].contains(trimmed.prefix { $0.isLetter }) {
                isInNote = true
            } else if isInCue, !isInNote {
                add(trimmed, at: index + 1)
            }
        }
        endParagraph()
    }

    private mutating func add(_ line: Substring, at number: Int) {
        let isOtherSpeaker = line.hasPrefix("- ") || line.hasPrefix("<v ")
        let spoken = Self.plain(line)
        guard !spoken.isEmpty, spoken != last else { return }
        last = spoken
        if isOtherSpeaker || text.utf8.count > Self.longestParagraph { endParagraph() }
        if text.isEmpty { lines = number...number } else { text += " " }
        text += spoken
        lines = lines.lowerBound...number
        if text.utf8.count >= Self.paragraph, let mark = text.last, ".?!…。？！\"”".contains(mark) { endParagraph() }
    }

    private mutating func endParagraph() {
        builder.append(.paragraph, text, lines: lines)
        text = ""
    }

    /// Without tags; who speaks stands before what is said.
    private static func plain(_ line: Substring) -> String {
        var text = ""
        var rest = line
        while let open = rest.firstIndex(of: "<") {
            text += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: ">") else { break }
            if rest.hasPrefix("<v ") { text += rest[rest.index(open, offsetBy: 3)..<close] + ": " }
            rest = rest[rest.index(after: close)...]
        }
        text += rest
        var bytes = Array(text.utf8)[...]
        // Some players place text by marks such as {\an8}.
        if bytes.starts(with: "{\\".utf8), let close = bytes.firstIndex(of: UInt8(ascii: "}")) {
            bytes = bytes[(close + 1)...]
        }
        var resolved: [UInt8] = []
        let array = Array(bytes)
        var index = 0
        while index < array.count {
            if array[index] == UInt8(ascii: "&") {
                resolved += Array(HTMLEntities.resolve(array, at: &index).utf8)
            } else {
                resolved.append(array[index])
                index += 1
            }
        }
        return String(String(decoding: resolved, as: UTF8.self)[...].trimmed)
    }

    /// The seconds of a line `00:01:02,500 --> 00:01:04,000`, with or without hours.
    private static func times(_ line: Substring) -> (Double, Double)? {
        guard line.first?.isNumber == true, let arrow = line.firstRange(of: "-->") else { return nil }
        func seconds(_ time: Substring) -> Double? {
            let parts = time.trimmed.prefix { $0 != " " }.replacing(",", with: ".").split(separator: ":")
            guard (2...3).contains(parts.count) else { return nil }
            return parts.reduce(0.0 as Double?) { sum, part in
                guard let sum, let value = Double(part) else { return nil }
                return sum * 60 + value
            }
        }
        guard let start = seconds(line[..<arrow.lowerBound]), let end = seconds(line[arrow.upperBound...]) else {
            return nil
        }
        return (start, end)
    }
}
