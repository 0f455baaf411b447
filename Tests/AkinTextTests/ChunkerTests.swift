import AkinCore
import AkinText
import Testing

@Suite struct ChunkerTests {
    private func chunks(_ text: String, maximum: Int, overlap: Int = 0) -> [Chunk] {
        Chunker(maximumTokens: maximum, overlapTokens: overlap).chunks(of: text, tokenStarts: wordStarts(in: text))
    }

    @Test func `whole sentences are packed into a chunk`() {
        #expect(
            chunks("One two three. Four five. Six seven eight. Nine.", maximum: 5).map(\.text) == [
                "One two three. Four five. ", "Six seven eight. Nine.",
            ])
    }

    @Test func `chunks overlap by whole sentences`() {
        let found = chunks(
            "We all went home. It rained. She slept. Nobody called us. That was the end.", maximum: 8, overlap: 3)
        #expect(
            found.map(\.text) == [
                "We all went home. It rained. She slept. ", "She slept. Nobody called us. ",
                "Nobody called us. That was the end.",
            ])
        #expect(found.map(\.tokenCount) == [8, 5, 7])
    }

    @Test func `a chunk more than half full ends with its paragraph`() {
        #expect(
            chunks("We went home. It rained hard.\n\nShe slept. Nobody called us. The end.", maximum: 9).map(\.text)
                == [
                    "We went home. It rained hard.\n\n", "She slept. Nobody called us. The end.",
                ])
        // Less than half full at the paragraph's end: the piece goes on.
        #expect(
            chunks("It rained.\n\nWe went home. She slept all day. Then nobody called us again.", maximum: 9).map(
                \.text) == [
                    "It rained.\n\nWe went home. She slept all day. ", "Then nobody called us again.",
                ])
    }

    @Test func `long sentences are cut into parts of like length`() {
        let text = (1...20).map { "w\($0)" }.joined(separator: " ")
        #expect(chunks(text, maximum: 9).map(\.tokenCount) == [7, 7, 6])
    }

    @Test func `a long sentence is cut between words where a gap is near`() {
        let text = "aaaa bbbb cccc dddd eeee"
        // Two tokens a word: an even cut would fall inside one.
        let starts = TokenStarts(stride(from: 0, to: 25, by: 5).flatMap { [$0, $0 + 2] })
        let found = Chunker(maximumTokens: 9, overlapTokens: 0).chunks(of: text, tokenStarts: starts)
        #expect(found.map(\.text) == ["aaaa bbbb ", "cccc dddd eeee"])
    }

    @Test func `a tiny last piece gets sentences of the one before`() {
        let text = (1...16).map { _ in "We went home." }.joined(separator: " ") + " End."
        let counts = chunks(text, maximum: 24).map(\.tokenCount)
        #expect(counts.reduce(0, +) == 49)
        #expect(counts.allSatisfy { $0 >= 3 && $0 <= 24 })
    }

    @Test func `no limit gives the whole text`() {
        let text = "One. Two.\n\nThree."
        #expect(chunks(text, maximum: 0) == [Chunk(range: 0..<17, text: text, tokenCount: 3)])
        #expect(chunks("", maximum: 0).isEmpty)
        #expect(chunks("", maximum: 5).isEmpty)
        #expect(chunks(" \n", maximum: 5).map(\.text) == [" \n"])
    }

    @Test(arguments: 0..<400)
    func `random texts come back whole`(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let text = random.text(pieces: 1 + random.integer(below: 300))
        let tokens = random.tokenStarts(in: text)
        let maximum = 1 + random.integer(below: 40)
        let found = Chunker(maximumTokens: maximum, overlapTokens: random.integer(below: maximum + 5)).chunks(
            of: text, tokenStarts: TokenStarts(tokens))
        let scalars = Array(text.unicodeScalars)
        let isBlank = scalars.allSatisfy(\.properties.isWhitespace)

        var restored = String.UnicodeScalarView()
        var end = 0
        for chunk in found {
            #expect(chunk.range.lowerBound <= end && chunk.range.upperBound > end)
            #expect(chunk.text.unicodeScalars.elementsEqual(scalars[chunk.range]))
            #expect(chunk.tokenCount == tokens.count { chunk.range.contains($0) })
            #expect(chunk.tokenCount <= maximum)
            #expect(isBlank || !chunk.text.unicodeScalars.allSatisfy(\.properties.isWhitespace))
            restored.append(contentsOf: scalars[end..<chunk.range.upperBound])
            end = chunk.range.upperBound
        }
        #expect(found.first?.range.lowerBound == 0)
        #expect(String(restored).unicodeScalars.elementsEqual(scalars))
    }

    @Test func `long texts with few tokens take linear time`() {
        let text = String(repeating: "! ", count: 200_000) + String(repeating: "word. ", count: 50_000)
        let found = Chunker(maximumTokens: 10, overlapTokens: 5).chunks(
            of: text, tokenStarts: TokenStarts((0..<50_000).map { 400_000 + $0 * 6 }))
        #expect(found.last?.range.upperBound == text.unicodeScalars.count)
        #expect(found.reduce(0) { $0 + $1.text.utf8.count } <= 2 * text.utf8.count)
    }
}
