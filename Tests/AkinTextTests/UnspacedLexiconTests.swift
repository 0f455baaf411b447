import AkinText
import Testing

@Suite struct UnspacedLexiconTests {
    /// Words of two and three characters of a small alphabet, so that they share characters, and texts made of them
    /// without spaces.
    private func language(seed: UInt64) -> (words: [String], sentences: [[String]]) {
        var random = RandomText(seed: seed)
        let letters = (0..<90).compactMap { Unicode.Scalar(0x4E00 + 7 * UInt32($0)).map(Character.init) }
        func pick<Element>(_ list: [Element]) -> Element { list[random.integer(below: list.count)] }
        let words = (0..<80).map { index in String((0..<(index % 3 == 0 ? 3 : 2)).map { _ in pick(letters) }) }
        return (words, (0..<600).map { _ in (0..<6).map { _ in pick(words) } })
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the words of a language are found`(seed: UInt64) {
        let (_, sentences) = language(seed: seed)
        let lexicon = UnspacedLexicon(of: sentences.map { $0.joined() })
        let right = sentences.count { KeywordText.words(of: $0.joined(), lexicon: lexicon) == $0 }
        // Words that are parts of others, or meet others by chance, are cut wrongly here and there.
        #expect(right > 540, "\(right) of 600")
        // Without a lexicon a sentence is overlapping pairs.
        #expect(KeywordText.words(of: sentences[0].joined()).allSatisfy { $0.count == 2 })
    }

    @Test func `known words are cut out and the rest is paired`() {
        let lexicon = UnspacedLexicon(of: ["学房产", "看房产吧", "说房产呢", "买房产", "房产好"])
        #expect(KeywordText.words(of: "房产", lexicon: lexicon) == ["房产"])
        #expect(KeywordText.words(of: "卖房产", lexicon: lexicon) == ["房产"])
        #expect(KeywordText.words(of: "天地人房产abc 字", lexicon: lexicon) == ["天地", "地人", "房产", "abc", "字"])
        #expect(KeywordText.words(of: "房产房产", lexicon: lexicon) == ["房产", "房产"])
    }

    @Test(arguments: [[], [""], ["plain words only"], ["字"], ["กันและกัน", "กันดี", "ไปกัน"]])
    func `words are pieces of the text, whatever the lexicon was made of`(texts: [String]) {
        let lexicon = UnspacedLexicon(of: texts)
        for text in texts {
            #expect(KeywordText.words(of: text, lexicon: lexicon).allSatisfy { !$0.isEmpty && text.contains($0) })
        }
    }
}
