import AkinCore
import AkinTestSupport
import AkinTokenizers
import AkinVectors
import Foundation
import Testing

/// Small byte-pair tokenizers, written by tools/goldens_byte_pair.py, and files that are refused.
@Suite struct BytePairTokenizerTests {
    struct Golden: Decodable {
        let texts: [String]
        let ids: [[Int32]]
        let offsets: [[[Int]]]
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Goldens/byte-pair")

    static func tokenizer(_ name: String) throws -> any Tokenizer {
        try TokenizerReader.read(json: Data(contentsOf: folder.appending(path: "\(name).json")), name: name)
    }

    static func golden(_ name: String) throws -> Golden {
        try JSONDecoder().decode(Golden.self, from: Data(contentsOf: folder.appending(path: "\(name).expected.json")))
    }

    static let names = [
        "roberta", "prefix", "modern", "cl100k", "single-digits", "digits", "missing-bytes", "fused", "characters",
        "byte-fallback",
    ]

    @Test(arguments: names) func `ids and places equal those of Hugging Face`(name: String) throws {
        let golden = try Self.golden(name)
        let tokenizer = try Self.tokenizer(name)
        for (index, text) in golden.texts.enumerated() {
            let encoding = tokenizer.encode(text)
            #expect(encoding.ids == golden.ids[index], "\(text)")
            // Places of what normalisation reorders are not defined by more than the order of its steps.
            let isNormal = text.precomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual(text.unicodeScalars)
            guard isNormal || !["modern", "single-digits"].contains(name) else { continue }
            #expect(encoding.ranges.map { [$0.lowerBound, $0.upperBound] } == golden.offsets[index], "\(text)")
        }
    }

    @Test func `ids equal those of Hugging Face where bytes have no token and are dropped`() throws {
        let golden = try Self.golden("dropped")
        let tokenizer = try Self.tokenizer("dropped")
        for (text, ids) in zip(golden.texts, golden.ids) { #expect(tokenizer.encode(text).ids == ids, "\(text)") }
    }

    @Test(arguments: names) func `a packed tokenizer makes the same tokens`(name: String) throws {
        let folder = try TemporaryFolder()
        let key = [UInt8](repeating: 7, count: 32)
        let tokenizer = try Self.tokenizer(name)
        var writer = PackedModelWriter()
        tokenizer.write(to: &writer, as: "tokenizer")
        try writer.publish(to: folder.path("a.akinpack"), version: 1, key: key)
        let file = try PackedModelFile(path: folder.path("a.akinpack"), version: 1, key: key)
        let copy = try TokenizerReader.read(packed: file, "tokenizer")
        #expect(copy.vocabularySize == tokenizer.vocabularySize && copy.json == tokenizer.json)
        for text in try Self.golden(name).texts {
            #expect(copy.encode(text).ids == tokenizer.encode(text).ids)
            #expect(copy.encode(text).ranges == tokenizer.encode(text).ranges)
        }
        for id in 0..<Int32(tokenizer.vocabularySize) { #expect(copy.token(id) == tokenizer.token(id)) }
    }

    /// Words of up to and more than the length from which pairs are kept in a heap, of few letters, so that rules compete.
    @Test func `a word is merged as by looking at all pairs again after each step`() throws {
        let tokenizer = try Self.tokenizer("roberta")
        let rules = try Self.rules("roberta")
        var generator = SeededGenerator(seed: 5)
        let letters = Array("theinoax")
        for length in [1, 2, 3, 31, 32, 33, 34, 64, 200] {
            for _ in 0..<20 {
                let word = (0..<length).map { _ in letters.randomElement(using: &generator) ?? "a" }
                let tokens = tokenizer.placedTokens(String(word)).ids.map { tokenizer.token($0) }
                #expect(tokens == Self.merged(word.map(String.init), rules), "\(String(word))")
            }
        }
    }

    /// By pair, the place of its rule.
    private static func rules(_ name: String) throws -> [[String]: Int] {
        struct File: Decodable {
            struct Model: Decodable { let merges: [[String]] }
            let model: Model
        }
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
        return Dictionary(uniqueKeysWithValues: file.model.merges.enumerated().map { ($1, $0) })
    }

    private static func merged(_ word: [String], _ rules: [[String]: Int]) -> [String] {
        var word = word
        while true {
            let ranks = zip(word, word.dropFirst()).map { rules[[$0, $1]] ?? .max }
            guard let least = ranks.min(), least < .max, let index = ranks.firstIndex(of: least) else { return word }
            word.replaceSubrange(index...index + 1, with: [word[index] + word[index + 1]])
        }
    }

    @Test func `unknown tokens are counted, and a limit ends the work`() throws {
        let tokenizer = try Self.tokenizer("missing-bytes")
        let whole = tokenizer.encode("plain ZZ letters")
        #expect(whole.unknownCount == 2 && !whole.truncated)
        let cut = tokenizer.encode("plain ZZ letters", maximumTokens: 2)
        #expect(cut.ids == Array(whole.ids.prefix(2)) && cut.truncated)
    }

    private static func json(
        model: String = #""vocab":{"a":0,"b":1,"ab":2,"<unk>":3},"merges":["a b"]"#,
        preTokenizer: String = #"{"type":"ByteLevel","add_prefix_space":false}"#, added: String = ""
    ) -> String {
        #"{"added_tokens":[\#(added)],"normalizer":null,"pre_tokenizer":\#(preTokenizer),"model":{"type":"BPE",\#(model)}}"#
    }

    static let refused: [(String, String)] = [
        (json(model: #""vocab":{},"merges":[]"#), "has no vocabulary"),
        (json(model: #""vocab":[["a",0]],"merges":[]"#), "an object of tokens and their ids"),
        (json(model: #""vocab":{"a":0,"b":1},"merges":["a b"]"#), "joins “a” and “b”"),
        (json(model: #""vocab":{"a":0,"ab":1},"merges":["a b"]"#), "joins “a” and “b”"),
        (json(model: #""vocab":{"a":0},"merges":["ab"]"#), "a space between them"),
        (json(model: #""vocab":{"a":0},"merges":["a b c"]"#), "a space between them"),
        (json(model: #""vocab":{"a":0},"merges":[["a"]]"#), "a second token was expected"),
        (json(model: #""vocab":{"a":0},"merges":[["a","b","c"]]"#), "the end of a rule"),
        (json(model: #""vocab":{"a":0},"merges":[1]"#), "a string was expected"),
        (json(model: #""vocab":{"a":0},"merges":[],"dropout":0.1"#), "dropout is set"),
        (json(model: #""vocab":{"a":0},"merges":[],"end_of_word_suffix":"</w>""#), "“</w>”"),
        (json(model: #""vocab":{"a":0},"merges":[],"unk_token":"?""#), "unk_token is “?”"),
        (
            json(preTokenizer: #"{"type":"Sequence","pretokenizers":[{"type":"ByteLevel"},{"type":"Digits"}]}"#),
            "“Digits” comes after “ByteLevel”"
        ),
        (
            json(preTokenizer: #"{"type":"Split","pattern":{"Regex":"\\w+|[^a]"},"behavior":"Isolated"}"#),
            "the patterns of GPT-2 and cl100k can"
        ),
        (json(added: #"{"id":0,"content":"b"}"#), "does not give it"),
        (
            #"{"added_tokens":[],"pre_tokenizer":{"type":"ByteLevel"},"model":{"type":"Unigram","vocab":[["a",0]]}}"#,
            "“ByteLevel” goes with a model of the type “BPE”"
        ),
        (#"{"model":{"type":"WordLevel","vocab":{"a":0}}}"#, "“WordLevel”; WordPiece, Unigram and BPE can be read"),
    ]

    @Test(arguments: refused) func `what cannot be read is refused by name`(json: String, problem: String) throws {
        let error = #expect(throws: AkinError.self) {
            try TokenizerReader.read(json: Data(json.utf8), name: "tokenizer.json")
        }
        #expect(error?.code == .invalidData && error?.message.contains(problem) == true, "\(error?.message ?? "")")
    }
}
