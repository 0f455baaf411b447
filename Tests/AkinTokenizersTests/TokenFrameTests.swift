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
}
