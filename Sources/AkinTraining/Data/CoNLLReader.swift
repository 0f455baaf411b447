import AkinCore
import AkinText

/// Reads sentences whose words have tags: a word a line, in columns between white space or tabs, of which the first is
/// the word and the last its tag; a blank line ends a sentence (the format of CoNLL's shared tasks 2000 to 2003).
///
/// `-DOCSTART-` lines and comments are left out. Tags may be IOB1, IOB2, IOE, IOBES or BILOU, one scheme a file; they
/// are given as IOB2.
package struct CoNLLReader: Sendable {
    package init() {}

    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read and where there is no sentence; `.invalidData`
    ///   for the first line that is no word with a tag, for tags that follow no scheme, and where no word has a tag but
    ///   O.
    package func read(_ paths: [String]) throws -> [TaggedSentence] {
        let sentences = try paths.flatMap(read)
        let source = paths.joined(separator: ", ")
        guard !sentences.isEmpty else { throw AkinError(.noInput, "\(source) holds no sentences.") }
        guard sentences.contains(where: { $0.tags.contains { $0 != "O" } }) else {
            throw AkinError(.invalidData, "All words of \(source) have the tag O; nothing can be learnt from that.")
        }
        return sentences
    }

    private struct Sentence {
        var words: [String] = []
        var tags: [TagParts] = []
        /// (words) The tags as they are written, and where.
        var spelled: [String] = []
        var lines: [Int] = []
    }

    private func read(_ path: String) throws -> [TaggedSentence] {
        let lines = try TextFileLines(path: path)
        var sentences: [Sentence] = []
        var sentence = Sentence()
        var hasLastOrUnit = false
        while let (number, line) = try lines.next() {
            let columns = Self.columns(line)
            guard let word = columns.first, let last = columns.last, word != "-DOCSTART-" else {
                if !sentence.words.isEmpty { sentences.append(sentence) }
                sentence = Sentence()
                continue
            }
            guard columns.count > 1, let tag = TagParts(String(last)) else {
                if word.first == "#" { continue }
                throw AkinError(
                    .invalidData,
                    columns.count > 1
                        ? "\(path):\(number): the last column '\(String(last).onOneLine)' is no tag; tags are O or such as B-PER and I-PER."
                        : "\(path):\(number): the line has one column, where a word and its tag are needed.")
            }
            if last.first == "L" || last.first == "U" { hasLastOrUnit = true }
            sentence.words.append(String(word))
            sentence.tags.append(tag)
            sentence.spelled.append(String(last))
            sentence.lines.append(number)
        }
        if !sentence.words.isEmpty { sentences.append(sentence) }
        return try tagged(sentences, hasLastOrUnit: hasLastOrUnit, path: path)
    }

    /// Tabs separate where there are any, so that words may hold spaces.
    private static func columns(_ line: String) -> [Substring] {
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let scalars = line.unicodeScalars
        guard scalars.contains(where: { !isBlank($0) }) else { return [] }
        let tabbed = line.utf8.contains(0x09)
        return scalars.split { tabbed ? $0 == "\t" : isBlank($0) }.map {
            Substring($0).drop { $0 == " " }
        }.filter { !$0.isEmpty }
    }

    private func tagged(_ sentences: [Sentence], hasLastOrUnit: Bool, path: String) throws -> [TaggedSentence] {
        let scheme = TagScheme.detect(sentences.map(\.tags), hasLastOrUnit: hasLastOrUnit)
        if scheme == nil || scheme == .iobes || scheme == .bilou {
            try check(sentences, scheme, path: path)
        }
        return sentences.map { sentence in
            let spans = SpanExtraction.lenient(sentence.tags)
            return TaggedSentence(
                words: sentence.words, tags: SpanExtraction.iob2(spans, count: sentence.words.count))
        }
    }

    /// Reports the first tag that does not follow its scheme.
    private func check(_ sentences: [Sentence], _ scheme: TagScheme?, path: String) throws {
        var (faults, first) = (0, (line: 0, message: ""))
        func report(_ line: Int, _ message: @autoclosure () -> String) {
            faults += 1
            if faults == 1 { first = (line, message()) }
        }
        for sentence in sentences {
            var previous = TagParts.outside
            for (place, tag) in sentence.tags.enumerated() {
                let goesOn = (previous.place == .begin || previous.place == .inside) && previous.type == tag.type
                let begins = tag.place == .inside || scheme != nil && tag.place == .end
                if begins, !goesOn {
                    report(
                        sentence.lines[place],
                        "\(sentence.spelled[place]) stands where no entity of that type goes before; entities begin with B-\(tag.type)"
                    )
                } else if scheme != nil, !begins, previous.place == .begin || previous.place == .inside {
                    report(sentence.lines[place], "the entity of type \(previous.type) before it has no end")
                }
                previous = tag
            }
            if scheme != nil, previous.place == .begin || previous.place == .inside {
                report(sentence.lines.last ?? 0, "the entity of type \(previous.type) has no end")
            }
        }
        guard faults > 0 else { return }
        let others = faults > 1 ? " (and \(faults - 1) more such tags)" : ""
        throw AkinError(.invalidData, "\(path):\(first.line): \(first.message)\(others).")
    }
}
