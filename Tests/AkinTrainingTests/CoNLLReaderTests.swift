import AkinTestSupport
import AkinTraining
import Testing

@Suite struct CoNLLReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ contents: String) throws -> [TaggedSentence] {
        try CoNLLReader().read([folder.write("a.conll", contents)])
    }

    /// A word a tag, one sentence.
    private func tags(_ tags: String) throws -> [String] {
        let lines = tags.split(separator: " ").enumerated().map { "w\($0) \($1)\n" }
        return try #require(read(lines.joined()).first).tags
    }

    @Test func `Sentences end at blank lines; the first column is the word, the last its tag`() throws {
        let sentences = try read(
            "-DOCSTART- -X- O O\r\n\r\nEU NNP I-NP B-ORG\nrejects VBZ I-VP O\n\n# id 5 domain=x\n# O\nNew York\tNNP\tB-LOC\n"
        )
        #expect(
            sentences == [
                TaggedSentence(words: ["EU", "rejects"], tags: ["B-ORG", "O"]),
                TaggedSentence(words: ["#", "New York"], tags: ["O", "B-LOC"]),
            ])
    }

    @Test(
        arguments: [
            // IOB1, IOB2, IOE1, IOE2, IOBES, BILOU
            ("I-PER I-PER B-PER O I-LOC", "B-PER I-PER B-PER O B-LOC"),
            ("B-PER I-PER B-PER O B-LOC", "B-PER I-PER B-PER O B-LOC"),
            ("I-PER E-PER I-PER O I-LOC", "B-PER I-PER B-PER O B-LOC"),
            ("I-PER E-PER E-PER O E-LOC", "B-PER I-PER B-PER O B-LOC"),
            ("B-PER E-PER S-PER O S-LOC", "B-PER I-PER B-PER O B-LOC"),
            ("B-PER L-PER U-PER O U-LOC", "B-PER I-PER B-PER O B-LOC"),
            ("B-PER I-PER I-LOC-X", nil), ("I-A O B-A", nil), ("B-PER O S-PER", nil), ("E-PER S-PER B-A E-A", nil),
            ("B-A I-B E-A", nil),
        ] as [(String, String?)])
    func `Every scheme becomes IOB2, and what follows none is reported`(given: String, expected: String?) throws {
        if let expected {
            #expect(try tags(given).joined(separator: " ") == expected)
        } else {
            #expect(messageOfError { _ = try tags(given) }.contains("a.conll:"))
        }
    }

    @Test func `Faults in tags are reported with the line of the first`() throws {
        let message = messageOfError { _ = try read("a B-PER\nb O\nc I-PER\n\nd I-LOC\n") }
        #expect(message.contains("a.conll:3: I-PER stands where no entity of that type goes before"))
        #expect(message.contains("1 more"))
        #expect(messageOfError { _ = try read("a\n") }.contains("a.conll:1: the line has one column"))
        #expect(messageOfError { _ = try read("a NNP\n") }.contains("a.conll:1: the last column 'NNP' is no tag"))
        #expect(messageOfError { _ = try read("a O\n") }.contains("have the tag O"))
        #expect(messageOfError { _ = try read("\n") }.contains("holds no sentences"))
    }
}
