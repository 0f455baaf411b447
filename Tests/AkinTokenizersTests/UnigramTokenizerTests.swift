import AkinTokenizers
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Small Unigram tokenizers, written by tools/goldens_unigram.py, and folders that are refused.
@Suite struct UnigramTokenizerTests {
    struct Golden: Decodable {
        let texts: [String]
        let ids: [[Int32]]
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Goldens/unigram")

    static func tokenizer(_ name: String) throws -> any Tokenizer {
        try TokenizerReader.read(json: Data(contentsOf: folder.appending(path: "\(name).json")), name: name)
    }

    static let names = ["plain", "multilingual", "bytes", "known-unknown", "steps", "bert", "words"]

    @Test(arguments: names) func `ids equal those of Hugging Face`(name: String) throws {
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: Self.folder.appending(path: "\(name).expected.json")))
        let tokenizer = try Self.tokenizer(name)
        for (text, ids) in zip(golden.texts, golden.ids) { #expect(tokenizer.placedTokens(text).ids == ids, "\(text)") }
    }

    @Test(arguments: names) func `tokens stand in the text, one after the other`(name: String) throws {
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: Self.folder.appending(path: "\(name).expected.json")))
        let tokenizer = try Self.tokenizer(name)
        for text in golden.texts {
            #expect(Array(tokenizer.tokenStarts(text)) == tokenizer.placedTokens(text).ranges.map(\.lowerBound))
            var last = 0
            for range in tokenizer.placedTokens(text).ranges {
                #expect(
                    range.lowerBound >= last && range.lowerBound < range.upperBound
                        && range.upperBound <= text.unicodeScalars.count)
                last = range.lowerBound
            }
        }
    }

    @Test func `unknown tokens are counted and left out, and a limit counts them`() throws {
        let tokenizer = try TokenizerReader.read(json: Data(Self.json().utf8), name: "test")
        #expect(tokenizer.placedTokens("ab ?! ba").ids == [3, 4, 0, 4, 1, 2])
        let tokens = tokenizer.plainTokens("ab ?! ba", maximumTokens: 3)
        #expect(tokens.ids == [3, 4] && tokens.unknown == 1 && tokens.truncated)
        #expect(!tokenizer.plainTokens("ab", maximumTokens: 1).truncated)
        #expect(tokenizer.placedTokens("ab ?! ba").ranges == [0..<2, 2..<3, 3..<5, 5..<6, 6..<7, 7..<8])
        #expect(tokenizer.token(3) == "ab" && tokenizer.vocabularySize == 5)
        #expect(tokenizer.json == Data(Self.json().utf8))
    }

    private static func json(
        _ vocabulary: String = #"["<unk>",0],["b",-1],["a",-1],["ab",-1.5],["▁",-2]"#, unknown: String = "0",
        normalizer: String = "null", preTokenizer: String = #"{"type":"Metaspace","prepend_scheme":"never"}"#,
        added: String = ""
    ) -> String {
        #"{"added_tokens":[\#(added)],"normalizer":\#(normalizer),"pre_tokenizer":\#(preTokenizer),"#
            + #""model":{"type":"Unigram","unk_id":\#(unknown),"vocab":[\#(vocabulary)]}}"#
    }

    private static func map(_ bytes: [UInt8]) -> String {
        #"{"type":"Precompiled","precompiled_charsmap":"\#(Data(bytes).base64EncodedString())"}"#
    }

    static let refused: [(String, String)] = [
        (json(""), "has no vocabulary"),
        (json(#"["a"]"#), "a score was expected"),
        (json(#"["a",-1,2]"#), "the end of a token's entry was expected"),
        (json(#"["a","b"]"#), "a number was expected"),
        (json(#"[1,2]"#), "a string was expected"),
        (json(#"["a",-1]"#, unknown: "1"), "unk_id is 1"),
        (json(#"["a",-1]"#, unknown: "-1"), "whole number"),
        (json(#"["a",-1],["b",-2"#), "a comma or ] was expected"),
        (#"{"model":{"type":"Unigram","vocab":{"a":0}}}"#, "list of tokens with their scores"),
        (#"{"model":{}}"#, "“none”"),
        (json(normalizer: #"{"type":"ByteLevel"}"#), "normalizer “ByteLevel”"),
        (json(normalizer: #"{"type":"Sequence","normalizers":[{"type":"Odd"}]}"#), "normalizer “Odd”"),
        (json(normalizer: "3"), "normalizer “none”"),
        (
            json(normalizer: #"{"type":"Replace","pattern":{"Regex":"[a-z]"},"content":""}"#),
            "regular expression “[a-z]”"
        ),
        (json(normalizer: #"{"type":"Replace","pattern":{"String":""},"content":""}"#), "pattern is empty"),
        (json(normalizer: #"{"type":"Replace","content":""}"#), "pattern is missing"),
        (json(normalizer: #"{"type":"Prepend"}"#), "does not say what"),
        (json(normalizer: #"{"type":"Precompiled","precompiled_charsmap":"?"}"#), "not base64"),
        (json(normalizer: map([1, 2])), "cut short"),
        (json(normalizer: map([8, 0, 0, 0, 1, 2, 3, 4])), "claims a trie of 8 bytes"),
        (json(normalizer: map([4, 0, 0, 0, 1, 2, 3, 4, 0xFF])), "not UTF-8"),
        (json(preTokenizer: #"{"type":"UnicodeScripts"}"#), "pre-tokenizer “UnicodeScripts”"),
        (json(preTokenizer: #"{"type":"Metaspace","replacement":"ab"}"#), "not one character"),
        (json(preTokenizer: #"{"type":"Metaspace","prepend_scheme":"often"}"#), "prepend_scheme “often”"),
        (json(preTokenizer: #"{"type":"Split","pattern":{"String":"a"},"behavior":"Odd"}"#), "behavior “Odd”"),
        (json(added: #"{"id":0,"content":"a"}"#), "does not give it"),
    ]

    @Test(arguments: refused) func `what cannot be read is refused by name`(json: String, problem: String) throws {
        let error = #expect(throws: AkinError.self) {
            try TokenizerReader.read(json: Data(json.utf8), name: "tokenizer.json")
        }
        #expect(error?.code == .invalidData && error?.message.contains(problem) == true, "\(error?.message ?? "")")
    }

    @Test func `a trie that leads out of its bounds replaces nothing`() throws {
        // One unit whose children lie far outside.
        let json = Self.json(normalizer: Self.map([4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]))
        #expect(try TokenizerReader.read(json: Data(json.utf8), name: "test").placedTokens("abé").ids == [3, 0])
    }

    @Test func `without a token for the unknown, unknown scalars are dropped`() throws {
        let tokens = try TokenizerReader.read(json: Data(Self.json(unknown: "null").utf8), name: "test").plainTokens(
            "a?b", maximumTokens: nil)
        #expect(tokens.ids == [2, 1] && tokens.unknown == 1)
    }
}
