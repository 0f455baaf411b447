import AkinText
import Foundation
import Testing

/// What keyword search takes for the same word.
@Suite struct KeywordFoldingTests {
    @Test(
        arguments: [
            ("tiếng Việt", "tieng Viet"), ("й Й ї ў", nil), ("и\u{306} И\u{306} і\u{308} у\u{306}", "й Й ї ў"),
            ("ёлка", "елка"), ("Росси\u{301}я", "Россия"),
            ("ΆΝΘΡΩΠΟΣ άνθρωπος", "ΑΝΘΡΩΠΟΣ ανθρωπος"), ("soft\u{AD}hyphen", "softhyphen"),
            ("zero\u{200B}width\u{2060}\u{FEFF}", "zerowidth"),
            ("می\u{200C}خواهم", "میخواهم"), ("مُحَمَّد مـحمد", "محمد محمد"), ("أحمد آب", "احمد اب"), ("שָׁלוֹם", "שלום"),
            ("ﬁnance oﬀice", "finance office"), ("Straße", "Strasse"),
            ("œuvre Łódź đường", "oeuvre lódź dưong"), ("п\u{2BC}ять", "п'ять"), ("𝐀𝐤𝐢𝐧", "Akin"), ("ﻣﺤﻤﺪ", "محمد"),
            ("plain ASCII", nil), ("naïve “quotes” – dashes…", nil),
            // Letters whose only accent SQLite takes off itself stay as they are.
            ("größer “Grüße”", "grösser “Grüsse”"),
        ] as [(String, String?)])
    func `texts are folded where SQLite would tell equal words apart`(text: String, expected: String?) throws {
        #expect(
            KeywordText.searchText(text).map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
    }

    @Test func `Korean is kept as pairs of syllables, composed or not`() {
        #expect(KeywordText.searchText("한국어를 AI는") == "한국 국어 어를 를  AI 는 ")
        #expect(KeywordText.searchText("한국어를".decomposedStringWithCanonicalMapping) == KeywordText.searchText("한국어를"))
        #expect(KeywordText.matchExpression("한국어") == "\"한국\" OR \"국어\"")
        #expect(KeywordText.matchExpression("물") == "\"물\"*")
        #expect(KeywordText.matchExpression("한국어", findsOlderText: true) == "\"한국\" OR \"국어\" OR \"한국어\"")
    }

    @Test func `marks of Indic scripts stay within their words`() throws {
        let text = try #require(KeywordText.searchText("हिन्दी काल"))
        #expect(text.split(separator: " ").count == 2)
        #expect(
            KeywordText.matchExpression("हिन्दी काल")
                == text.split(separator: " ").map { "\"\($0)\"" }.joined(separator: " OR "))
        // U+0958 has a decomposition that Unicode never composes.
        #expect(KeywordText.searchText("\u{958}") == KeywordText.searchText("\u{915}\u{93C}"))
        #expect(KeywordText.searchText("ொ") == KeywordText.searchText("ொ"))
    }

    @Test func `names of clusters keep their marks and no soft hyphens`() {
        #expect(
            KeywordText.words(of: "Soft\u{AD}ware tiếng می\u{200C}خواهم 한국어를") == [
                "software", "tiếng", "می\u{200C}خواهم", "한국어를",
            ])
    }

    /// Canonically equal texts are one to a search.
    @Test(arguments: 0..<50)
    func `random texts are folded alike in any normal form`(seed: Int) {
        var random = RandomText(seed: UInt64(seed))
        let letters = Array("éếặйёїΐώﬁ각힣ぱガクऩख़ொকোآئשׁçñöÅΩ漢 aZ").map(String.init) + ["e\u{323}\u{302}"]
        let text = (0..<30).map { _ in letters[random.integer(below: letters.count)] }.joined()
        func form(_ text: String) -> [Unicode.Scalar] { Array((KeywordText.searchText(text) ?? text).unicodeScalars) }
        func terms(_ text: String) -> [Unicode.Scalar] {
            Array((KeywordText.matchExpression(text) ?? "").unicodeScalars)
        }
        let (composed, decomposed) = (
            text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping
        )
        // What SQLite folds itself is left in either form.
        func folded(_ scalars: [Unicode.Scalar]) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let decomposed = String(view).decomposedStringWithCanonicalMapping.unicodeScalars
            return String(String.UnicodeScalarView(decomposed.filter { !(0x300...0x36F).contains($0.value) }))
        }
        #expect(folded(form(composed)) == folded(form(decomposed)))
        let (first, second) = (folded(terms(composed)), folded(terms(decomposed)))
        #expect(Set(first.split(separator: " OR ")) == Set(second.split(separator: " OR ")))
    }
}
