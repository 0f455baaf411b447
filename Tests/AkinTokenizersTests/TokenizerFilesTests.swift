import AkinTokenizers
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Folders that are not whole BERT tokenizers are refused with an error that names what is wrong.
@Suite struct TokenizerFilesTests {
    private static let head = #"{"normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"BertPreTokenizer"},"#
    private static let vocabulary = ###""[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"a":4,"##b":5"###

    private static func model(_ vocabulary: String = vocabulary, type: String = "WordPiece", more: String = "")
        -> String
    {
        #""model":{"type":"\#(type)","vocab":{\#(vocabulary)}\#(more)}"#
    }

    private static func load(_ json: String) throws -> WordPieceTokenizer {
        let folder = try TemporaryFolder()
        try folder.write("tokenizer.json", json)
        return try WordPieceTokenizer(folder: folder.url)
    }

    @Test func `the smallest whole file is read, with Hugging Face's defaults`() throws {
        let tokenizer = try Self.load(Self.head + Self.model() + "}")
        #expect(tokenizer.encode("AB á c").ids == [2, 4, 5, 4, 1, 3])
        #expect(tokenizer.maskID == nil)
        #expect(tokenizer.configuredMaximum == nil)
        #expect(tokenizer.vocabularySize == 6)
    }

    @Test func `escapes in the vocabulary are read`() throws {
        let escaped = Self.vocabulary + #","\u00e9\ud83d\ude00":6,"\"":7,"\\":8,"\/":9"#
        let settings =
            #"{"normalizer":{"type":"BertNormalizer","lowercase":false},"pre_tokenizer":{"type":"BertPreTokenizer"},"#
        let tokenizer = try Self.load(settings + Self.model(escaped) + "}")
        #expect(tokenizer.encode("é😀 \" \\ /").ids == [2, 6, 7, 8, 9, 3])
    }

    @Test func `canonically equal tokens stay apart`() throws {
        let vocabulary = Self.vocabulary + #","\u00e9":6,"e\u0301":7,"\u212b":8,"\u00c5":9"#
        let settings =
            #"{"normalizer":{"type":"BertNormalizer","lowercase":false},"pre_tokenizer":{"type":"BertPreTokenizer"},"#
        let tokenizer = try Self.load(settings + Self.model(vocabulary) + "}")
        #expect(tokenizer.encode("\u{E9} e\u{301} \u{212B} \u{C5}").ids == [2, 6, 7, 8, 9, 3])
        #expect(tokenizer.encode("e\u{301}").ranges == [0..<0, 0..<2, 0..<0])
    }

    @Test func `a template names the tokens around the text`() throws {
        let template = #""post_processor":{"type":"BertProcessing","sep":["a",4],"cls":["[PAD]",0]},"#
        #expect(try Self.load(Self.head + template + Self.model() + "}").encode("").ids == [0, 4])
    }

    @Test(arguments: [
        ("", "ends early"),
        ("{", "ends early"),
        (head + model(), "ends early"),
        (head + model() + "} {}", "after the end"),
        (head + model() + ",}", "a member name in quotes"),
        (head + model(vocabulary + #","x":"#) + "}", "a whole number from 0"),
        (head + model(vocabulary + #","x":1.5"#) + "}", "a whole number from 0"),
        (head + model(vocabulary + #","x":-1"#) + "}", "a whole number from 0"),
        (head + model(vocabulary + #","x":99999999999"#) + "}", "a whole number from 0"),
        (head + model(vocabulary + #","x":"6""#) + "}", "a whole number from 0"),
        (head + model(vocabulary + #","\ud83d":6"#) + "}", "surrogate"),
        (head + model(vocabulary + ",\"\t\":6") + "}", "control character"),
        (head + model(vocabulary + #","\q":6"#) + "}", "an unknown escape"),
        (head + model(vocabulary + #","\u12"#), "hexadecimal"),
        (head + model(vocabulary + #","x":5"#) + "}", "id 5 to two tokens, “##b” and “x”"),
        (head + model(#""[PAD]":0,"[CLS]":2,"[SEP]":3"#) + "}", "no token “[UNK]”"),
        (head + model(#""[PAD]":0,"[UNK]":1,"[SEP]":3"#) + "}", "no token “[CLS]”"),
        (head + model("") + "}", "no vocabulary"),
        (head + model(type: "BPE") + "}", "“BPE”"),
        (head + #""model":{"type":"Unigram","vocab":[["a",-1.5]]}}"#, "“Unigram”"),
        (head + #""model":null}"#, "“none”"),
        ("[]", "an object was expected"),
        (head + model(more: #","max_input_chars_per_word":"x""#) + "}", "model.max_input_chars_per_word"),
        (head + model(more: #","unk_token":7"#) + "}", "model.unk_token"),
        (
            #"{"normalizer":{"type":"NFC"},"pre_tokenizer":{"type":"BertPreTokenizer"},"# + model() + "}",
            "normalizer “NFC”"
        ),
        (
            #"{"normalizer":{"type":"BertNormalizer","lowercase":1},"pre_tokenizer":null,"# + model() + "}",
            "normalizer.lowercase"
        ),
        (
            #"{"normalizer":{"type":"BertNormalizer"},"pre_tokenizer":{"type":"Metaspace"},"# + model() + "}",
            "“Metaspace”"
        ),
        (head + #""post_processor":{"type":"RobertaProcessing"},"# + model() + "}", "without cls and sep"),
        (head + #""post_processor":{"type":"TemplateProcessing","single":[]},"# + model() + "}", "[CLS] text [SEP]"),
        (head + #""added_tokens":[{"id":9,"content":"a"}],"# + model() + "}", "“a” with the id 9"),
        (head + #""added_tokens":[{"id":4,"content":"b"}],"# + model() + "}", "“b” with the id 4"),
        (head + #""added_tokens":[{"content":"b"}],"# + model() + "}", "added_tokens[0]"),
        (head + #""x":"# + String(repeating: "[", count: 1000), "nested"),
    ])
    func `a tokenizer file that is broken or no BERT tokenizer is refused`(json: String, problem: String) throws {
        let error = try #require(throws: AkinError.self) { try Self.load(json) }
        #expect(error.code == .invalidData)
        #expect(error.message.contains(problem), "\(error.message)")
        #expect(error.message.contains("tokenizer.json"))
    }

    @Test func `bytes that are not UTF-8 are refused`() throws {
        let folder = try TemporaryFolder()
        try folder.write("tokenizer.json", Data([0x7B, 0xFF, 0x7D]))
        let error = try #require(throws: AkinError.self) { try WordPieceTokenizer(folder: folder.url) }
        #expect(error.code == .invalidData && error.message.contains("UTF-8"))
    }

    @Test func `missing files are named`() throws {
        let folder = try TemporaryFolder()
        func problem() throws -> AkinError {
            try #require(throws: AkinError.self) { try WordPieceTokenizer(folder: folder.url) }
        }
        let empty = try problem()
        #expect(empty.code == .noInput && empty.message.contains("neither tokenizer.json nor vocab.txt"))
        try folder.write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n")
        let noSettings = try problem()
        #expect(noSettings.code == .noInput && noSettings.message.contains("tokenizer_config.json"))
        try folder.write("tokenizer_config.json", #"{"tokenizer_class":"XLMRobertaTokenizer"}"#)
        let otherClass = try problem()
        #expect(otherClass.code == .invalidData && otherClass.message.contains("XLMRobertaTokenizer"))
        try folder.write("tokenizer_config.json", #"{"do_lower_case":"yes"}"#)
        let wrongFlag = try problem()
        #expect(wrongFlag.code == .invalidData && wrongFlag.message.contains("do_lower_case"))
        try folder.write(
            "tokenizer_config.json", #"{"do_lower_case":true,"model_max_length":1e30,"mask_token":{"content":"a"}}"#)
        let tokenizer = try WordPieceTokenizer(folder: folder.url)
        #expect(tokenizer.configuredMaximum == nil)
        #expect(tokenizer.maskID == 4)
        try folder.write("vocab.txt", "[PAD]\n[CLS]\n[SEP]\na\n")
        let noUnknown = try problem()
        #expect(noUnknown.code == .invalidData && noUnknown.message.contains("[UNK]"))
        try folder.write("vocab.txt", "")
        let noTokens = try problem()
        #expect(noTokens.code == .invalidData && noTokens.message.contains("empty"))
    }
}
