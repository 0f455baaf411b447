import AkinTokenizers
import AkinTestSupport
import Foundation
import Testing

@Suite struct WordPieceTokenizerTests {
    @Test(arguments: ["uncased", "cased", "added"])
    func `ids and ranges are Hugging Face's`(name: String) throws {
        let tokenizer = try TokenizerGoldens.tokenizer(name)
        let cases = try TokenizerGoldens.cases("\(name)/cases.json")
        #expect(cases.count > 40)
        for golden in cases {
            let encoding = tokenizer.encode(golden.text)
            #expect(encoding.ids == golden.ids, "\(golden)")
            #expect(encoding.ranges == golden.ranges, "\(golden)")
            #expect(!encoding.truncated)
            #expect(encoding.unknownCount == golden.ids.count { $0 == tokenizer.unknownID })
        }
    }

    @Test(arguments: ["uncased", "cased", "added"])
    func `tokens begin where their ranges do, in long texts too`(name: String) throws {
        let tokenizer = try TokenizerGoldens.tokenizer(name)
        let texts = try TokenizerGoldens.cases("\(name)/cases.json").map(\.text)
        let long = String(repeating: texts.joined(separator: " "), count: 200_000 / texts.joined().utf8.count + 1)
        for text in texts + [long, String(repeating: "é", count: 70_000) + " a"] {
            var end = 0
            let starts = tokenizer.placedTokens(text).ranges.map { range in
                end = max(end, range.lowerBound)
                return end
            }
            #expect(Array(tokenizer.tokenStarts(text)) == starts, "\(text.prefix(80))")
        }
    }

    @Test(arguments: ["uncased", "cased"])
    func `truncation cuts on the right and keeps the separator`(name: String) throws {
        let tokenizer = try TokenizerGoldens.tokenizer(name)
        for golden in try TokenizerGoldens.cases("\(name)/truncated.json") {
            let encoding = tokenizer.encode(golden.text, maximumTokens: 48)
            #expect(encoding.ids == golden.ids, "\(golden)")
            #expect(encoding.ranges == golden.ranges, "\(golden)")
            #expect(encoding.truncated == (tokenizer.encode(golden.text).ids.count > 48))
        }
    }

    @Test(arguments: [0, 2, 3, 5, 6, 7, 8, 9, 100])
    func `a truncated encoding is the beginning of the whole one`(maximum: Int) throws {
        let tokenizer = try TokenizerGoldens.tokenizer("uncased")
        for golden in try TokenizerGoldens.cases("uncased/cases.json") {
            let whole = tokenizer.encode(golden.text)
            let cut = tokenizer.encode(golden.text, maximumTokens: maximum)
            let kept = min(whole.ids.count, max(maximum, 2))
            #expect(cut.ids == Array(whole.ids[..<(kept - 1)]) + [tokenizer.separatorID])
            #expect(cut.truncated == (whole.ids.count > kept))
            #expect(cut.unknownCount == cut.ids.count { $0 == tokenizer.unknownID })
        }
    }

    @Test(arguments: ["uncased", "cased"])
    func `a vocabulary in text gives the same as one in JSON`(name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("vocab.txt", TokenizerGoldens.data("\(name)/vocab.txt"))
        try folder.write("tokenizer_config.json", TokenizerGoldens.data("\(name)/tokenizer_config.json"))
        let tokenizer = try WordPieceTokenizer(folder: folder.url)
        let whole = try TokenizerGoldens.tokenizer(name)
        for golden in try TokenizerGoldens.cases("\(name)/cases.json") {
            let encoding = tokenizer.encode(golden.text)
            #expect(encoding.ids == golden.ids)
            #expect(encoding.ranges == golden.ranges)
        }
        #expect(tokenizer.fingerprintBytes == whole.fingerprintBytes)
        #expect(tokenizer.vocabularySize == whole.vocabularySize)
        #expect(tokenizer.configuredMaximum == 64)
        // What tokenizer_config.json says counts before the truncation that tokenizer.json was saved with, which is 48.
        #expect(whole.configuredMaximum == 64)
        #expect([tokenizer.padID, tokenizer.unknownID, tokenizer.classID, tokenizer.separatorID] == [0, 1, 2, 3])
        #expect(tokenizer.maskID == 4)
    }

    @Test func `Windows line ends of a vocabulary are no part of tokens`() throws {
        let folder = try TemporaryFolder()
        let lines = String(decoding: try TokenizerGoldens.data("uncased/vocab.txt"), as: UTF8.self)
        try folder.write(
            "vocab.txt", lines.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
        try folder.write("tokenizer_config.json", TokenizerGoldens.data("uncased/tokenizer_config.json"))
        #expect(
            try WordPieceTokenizer(folder: folder.url).fingerprintBytes
                == TokenizerGoldens.tokenizer("uncased").fingerprintBytes)
    }

    @Test func `tokens have their text back`() throws {
        let tokenizer = try TokenizerGoldens.tokenizer("added")
        let lines = String(decoding: try TokenizerGoldens.data("uncased/vocab.txt"), as: UTF8.self).split(
            separator: "\n")
        let uncased = try TokenizerGoldens.tokenizer("uncased")
        #expect(uncased.vocabularySize == lines.count)
        for (id, line) in lines.enumerated() { #expect(uncased.token(Int32(id)).utf8.elementsEqual(line.utf8)) }
        #expect(
            tokenizer.encode("<alone> NewToken").ids.map(tokenizer.token) == ["[CLS]", "<alone>", "NewToken", "[SEP]"])
        #expect(uncased.token(-1) == "[UNK]")
        #expect(uncased.token(.max) == "[UNK]")
    }

    @Test func `fingerprints tell tokenizers apart`() throws {
        let cased = try TokenizerGoldens.tokenizer("cased").fingerprintBytes
        #expect(try cased == TokenizerGoldens.tokenizer("cased").fingerprintBytes)
        #expect(try cased != TokenizerGoldens.tokenizer("uncased").fingerprintBytes)
    }

    @Test func `ranges ascend, stay inside the text and do not depend on threads`() async throws {
        let tokenizer = try TokenizerGoldens.tokenizer("uncased")
        let texts = try TokenizerGoldens.cases("uncased/cases.json").map(\.text)
        let alone = texts.map { tokenizer.encode($0).ranges }
        for (text, ranges) in zip(texts, alone) {
            let inner = ranges.dropFirst().dropLast()
            #expect(ranges.first == 0..<0 && ranges.last == 0..<0)
            #expect(inner.allSatisfy { !$0.isEmpty && $0.upperBound <= text.unicodeScalars.count })
            #expect(zip(inner, inner.dropFirst()).allSatisfy { $0.lowerBound <= $1.lowerBound })
        }
        let together = await withTaskGroup(of: [[Range<Int>]].self) { group in
            for _ in 0..<4 { group.addTask { texts.map { tokenizer.encode($0).ranges } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(together.allSatisfy { $0 == alone })
    }
}
