import AkinCore
import AkinTestSupport
import AkinTokenizers
import AkinVectors
import Foundation
import Testing

/// What stands around a text, and tokenizers in packed models, of every kind.
@Suite struct TokenFrameTests {
    static let template = """
        {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},\
        {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],"pair":[],"special_tokens":\
        {"<s>":{"id":"<s>","ids":[5],"tokens":["<s>"]},"</s>":{"id":"</s>","ids":[6],"tokens":["</s>"]}}}
        """

    static func unigram(processor: String, truncation: String = "null") throws -> any Tokenizer {
        let json = """
            {"truncation":\(truncation),"added_tokens":[],"normalizer":null,"pre_tokenizer":\
            {"type":"Metaspace","prepend_scheme":"never"},"post_processor":\(processor),"model":{"type":"Unigram",\
            "unk_id":0,"vocab":[["<unk>",0],["b",-1],["a",-1],["ab",-1.5],["▁",-2],["<s>",0],["</s>",0]]}}
            """
        return try TokenizerReader.read(json: Data(json.utf8), name: "test")
    }

    static func wordPiece(special: String = #""[PAD]":3,"[CLS]":4,"[SEP]":5"#) throws -> any Tokenizer {
        let json = """
            {"added_tokens":[],"normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"BertPreTokenizer"},\
            "post_processor":null,"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",\
            "max_input_chars_per_word":100,"vocab":{"[UNK]":0,"a":1,"##b":2\(special.isEmpty ? "" : "," + special)}}}
            """
        return try TokenizerReader.read(json: Data(json.utf8), name: "test")
    }

    @Test(arguments: [template, #"{"type":"RobertaProcessing","cls":["<s>",5],"sep":["</s>",6]}"#])
    func `a Unigram text stands between the tokens of its post-processor`(processor: String) throws {
        let tokenizer = try Self.unigram(processor: processor)
        let encoding = tokenizer.encode("ab ?")
        #expect(encoding.ids == [5, 3, 4, 0, 6] && encoding.unknownCount == 1 && !encoding.truncated)
        #expect(encoding.ranges == [0..<0, 0..<2, 2..<3, 3..<4, 0..<0])
        let cut = tokenizer.encode("ab ?", maximumTokens: 3)
        #expect(cut.ids == [5, 3, 6] && cut.truncated && cut.unknownCount == 0)
        #expect(tokenizer.placedTokens("ab ?").ids == [3, 4, 0])
    }

    @Test(arguments: ["null", #"{"type":"ByteLevel"}"#, template.replacing("[6]", with: "[60]")])
    func `a Unigram text stands alone where no post-processor fits`(processor: String) throws {
        #expect(try Self.unigram(processor: processor).encode("ab").ids == [3])
    }

    @Test func `a WordPiece text stands between CLS and SEP where the vocabulary has them`() throws {
        #expect(try Self.wordPiece().encode("ab", maximumTokens: 3).ids == [4, 1, 5])
        let bare = try Self.wordPiece(special: "")
        #expect(bare.encode("ab").ids == [1, 2] && bare.encode("ab").ranges == [0..<1, 1..<2])
        let cut = bare.encode("ab", maximumTokens: 1)
        #expect(cut.ids == [1] && cut.truncated)
    }

    @Test func `the longest text is the one that the file was truncated to`() throws {
        #expect(try Self.unigram(processor: "null").configuredMaximum == nil)
        #expect(
            try Self.unigram(processor: "null", truncation: #"{"max_length":128}"#).configuredMaximum == 128)
    }

    @Test func `every kind of tokenizer comes out of a packed model as it went in`() throws {
        let folder = try TemporaryFolder()
        let key = [UInt8](repeating: 7, count: 32)
        let tokenizers = [
            try Self.unigram(processor: Self.template), try Self.wordPiece(), try Self.wordPiece(special: ""),
        ]
        for (index, tokenizer) in tokenizers.enumerated() {
            let path = folder.path("\(index).akinpack")
            var writer = PackedModelWriter()
            tokenizer.write(to: &writer, as: "tokenizer")
            try writer.publish(to: path, version: 1, key: key)
            let file = try PackedModelFile(path: path, version: 1, key: key)
            let copy = try TokenizerReader.read(packed: file, "tokenizer")
            #expect(type(of: copy) == type(of: tokenizer))
            #expect(copy.encode("ab a ?").ids == tokenizer.encode("ab a ?").ids)
            #expect(copy.json == tokenizer.json && copy.vocabularySize == tokenizer.vocabularySize)
            #expect(throws: (any Error).self) { try TokenizerReader.read(packed: file, "other") }
        }
    }

    /// A template of pairs, in the place of the one that has none.
    private static func pairs(_ template: String) -> String {
        Self.template.replacing(#""pair":[]"#, with: #""pair":[\#(template)]"#)
    }

    private static let first = #"{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}"#
    private static let last = #"{"SpecialToken":{"id":"</s>","type_id":0}}"#
    private static let second = #"{"Sequence":{"id":"B","type_id":1}}"#

    @Test(arguments: [
        (pairs([first, last, second, last].joined(separator: ",")), [5, 3, 6, 1, 4, 6], 3),
        (
            pairs([first, last, last, second.replacing("1}", with: "0}")].joined(separator: ",")), [5, 3, 6, 6, 1, 4],
            6
        ),
        (#"{"type":"RobertaProcessing","cls":["<s>",5],"sep":["</s>",6]}"#, [5, 3, 6, 6, 1, 4, 6], 7),
        (#"{"type":"BertProcessing","cls":["<s>",5],"sep":["</s>",6]}"#, [5, 3, 6, 1, 4, 6], 3),
    ])
    func `a pair stands between the tokens of its post-processor`(
        processor: String, ids: [Int32], firstLength: Int
    ) throws {
        let pair = try Self.unigram(processor: processor).encode("ab", "b ", maximumTokens: nil)
        #expect(pair.ids == ids && pair.firstLength == firstLength && !pair.truncated)
        #expect(pair.second.map { pair.ids[$0] } == [1, 4])
        #expect(pair.second.map { pair.ranges[$0] } == [0..<1, 1..<2])
    }

    @Test(arguments: [
        "null", template, pairs(second), pairs(second + "," + first), pairs(first + "," + second + ",7"),
        pairs(#"{"SpecialToken":{"id":"<x>"}},"# + first + "," + second),
    ])
    func `a tokenizer that does not say how pairs stand reads none`(processor: String) throws {
        let tokenizer = try Self.unigram(processor: processor)
        #expect(tokenizer.pairFrame == nil)
        #expect(throws: AkinError.self) { try tokenizer.encode("ab", "b", maximumTokens: nil) }
    }

    @Test func `a WordPiece pair stands as its template says, else between CLS and SEP`() throws {
        let usual = try Self.wordPiece().encode("ab", "a", maximumTokens: nil)
        #expect(usual.ids == [4, 1, 2, 5, 1, 5] && usual.firstLength == 4)
        #expect(try Self.wordPiece(special: "").pairFrame == nil)
        let processor = #"{"type":"RobertaProcessing","cls":["[CLS]",4],"sep":["[SEP]",5]}"#
        let json = String(decoding: try Self.wordPiece().json, as: UTF8.self).replacing(
            #""post_processor":null"#, with: #""post_processor":"# + processor)
        // The pad of such a tokenizer is <pad>.
        let tokenizer = try TokenizerReader.read(json: Data(json.utf8), name: "test")
        let pair = try tokenizer.encode("ab", "a", maximumTokens: 6)
        #expect(pair.ids == [4, 1, 5, 5, 1, 5] && pair.firstLength == 6 && pair.truncated)
    }
}
