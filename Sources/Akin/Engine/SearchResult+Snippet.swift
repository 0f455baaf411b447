import AkinCore
import AkinText

extension SearchResult {
    /// A word of the question in the text of a result.
    public struct Mark: Sendable, Hashable, Codable {
        /// In Unicode scalars of the result's text: see `SearchResult.text(in:)`.
        public var range: Range<Int>
        /// The word, phrase or beginning that was looked for, as the keyword index knows it.
        public var term: String
        /// How much the word says of what the question is about: the rarer, the more.
        public var weight: Double

        /// Makes a mark.
        public init(range: Range<Int>, term: String, weight: Double) {
            (self.range, self.term, self.weight) = (range, term, weight)
        }
    }

    /// The part of a passage that best shows why it was found.
    public struct Snippet: Sendable, Hashable, Codable {
        /// The part as it stands in the document.
        public var text: String
        /// Where it stands, in Unicode scalars of the document's text.
        public var range: Range<Int>
        /// The words of the question, in Unicode scalars of `text`.
        public var marks: [Range<Int>]
        /// The lines to show, in Unicode scalars of `text`: those of code, tables and lists, and whole paragraphs, whose
        /// own line breaks say nothing.
        public var lines: [Range<Int>]
        /// Whether some of the passage's text before it is left out.
        public var isCutBefore: Bool
        /// Whether some of the passage's text after it is left out.
        public var isCutAfter: Bool
    }

    /// The part of the passage that best shows why it was found: the sentence, or the line of code or of a table, that
    /// holds most of the question's words, rare ones counting more, and what stands around it.
    ///
    /// Where no word of the question stands in the passage, the words nearest to it in their context decide, if
    /// `highlights` has them; else it is the beginning. A heading that `place` has is left out.
    ///
    /// ```swift
    /// for result in try await database.search("when does the boat go?").results {
    ///     print(result.snippet(characters: 200).text)
    /// }
    /// ```
    ///
    /// - Parameter characters: the most Unicode scalars.
    /// - Complexity: O(n) in the length of the passage.
    public func snippet(characters: Int = 240) -> Snippet { snippet(room: characters, leastLine: 0) }

    /// - Parameters:
    ///   - room: the columns of all lines of a terminal together.
    ///   - leastLine: the columns that a line takes at least.
    package func snippet(room: Int, leastLine: Int) -> Snippet {
        let start = match.range.lowerBound - range.lowerBound
        let passage = start..<start + match.range.count
        let scalars = Array(matchText.unicodeScalars)
        func marks<Place>(_ places: [Place], _ make: (Place, (Range<Int>) -> Range<Int>) -> SnippetFinder.Mark)
            -> [SnippetFinder.Mark]
        {
            places.map { make($0) { $0.lowerBound - start..<$0.upperBound - start } }
                .filter { $0.range.lowerBound >= 0 && $0.range.upperBound <= passage.count }
        }
        var found = marks(self.marks ?? []) { mark, within in
            SnippetFinder.Mark(range: within(mark.range), term: mark.term, weight: mark.weight)
        }
        if found.isEmpty {
            found = marks(highlights ?? []) { highlight, within in
                SnippetFinder.Mark(range: within(highlight.range), term: highlight.word, weight: highlight.score)
            }
        }
        let finder = SnippetFinder(
            scalars, marks: found, leavingOut: Set(match.place?.headings ?? []), isCode: isCode, room: room,
            leastLine: leastLine)
        let shown = finder.range()
        let base = passage.lowerBound + range.lowerBound
        return Snippet(
            text: String(text(in: start + shown.lowerBound..<start + shown.upperBound)),
            range: base + shown.lowerBound..<base + shown.upperBound,
            marks: found.filter { shown.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= shown.upperBound }
                .map { $0.range.lowerBound - shown.lowerBound..<$0.range.upperBound - shown.lowerBound },
            lines: finder.lines(of: shown).map { $0.lowerBound - shown.lowerBound..<$0.upperBound - shown.lowerBound },
            isCutBefore: finder.leavesOut(before: shown), isCutAfter: finder.leavesOut(after: shown))
    }

    /// Whether the document is source code, in which every line counts.
    private var isCode: Bool {
        let path = source.prefix { $0 != "#" }
        return path.lastIndex(of: ".").map { TextFormat(extension: String(path[path.index(after: $0)...])) } == .source
    }
}
