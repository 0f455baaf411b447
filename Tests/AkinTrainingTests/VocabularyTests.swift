import AkinTestSupport
import AkinTokenizers
import AkinTraining
import Foundation
import Testing

@Suite struct VocabularyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func counts(_ texts: [String], _ options: VocabularyOptions = VocabularyOptions()) -> WordCounts {
        var counts = WordCounts(options.tokenizer)
        for text in texts { counts.add(text) }
        return counts
    }

    private func train(_ texts: [String], _ options: VocabularyOptions = VocabularyOptions()) throws -> [String] {
        try WordPieceTrainer(options: options).train(counts(texts, options))
    }

    @Test func `The most frequent pair is joined first, after special tokens and letters`() throws {
        // ab occurs 5 times, then abc 3 times.
        let entries = try train(["abc abc abc ab ab d"], VocabularyOptions(size: 13))
        #expect(
            entries == [
                "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "d", "##b", "##c", "ab", "abc",
            ])
        #expect(try train(["abc abc abc ab ab d"], VocabularyOptions(size: 12)).last == "ab")
    }

    @Test func `Pairs that are too rare are not joined`() throws {
        let texts = ["abc abc abc ab ab d xy"]
        #expect(try train(texts, VocabularyOptions(size: 100, minimumFrequency: 4)).last == "ab")
        #expect(try train(texts, VocabularyOptions(size: 100, minimumFrequency: 1)).contains("xy"))
    }

    @Test func `Runs of one letter are joined from the left, and counts stay right`() throws {
        let entries = try train(["aaaaa aaaaa baab"], VocabularyOptions(size: 100, minimumFrequency: 2))
        // b ##a ##a ##b occurs once and a ##a ##a ##a ##a twice, so ##a ##a occurs 7 times.
        #expect(entries[9...].first == "##aa")
        #expect(entries.contains("aaaaa") && !entries.contains("baab"))
    }

    @Test func `Words are BERT's: accents and capitals go, punctuation and ideographs stand alone`() {
        func words(_ text: String, _ tokenizer: BasicTokenizer) -> [String] {
            var words: [String] = []
            tokenizer.forEachWord(in: text) { words.append(String(decoding: $0, as: UTF8.self)) }
            return words
        }
        let text = "Éa l'ÉTÉ,  naïve\u{A0}x北京y \u{0}z"
        #expect(
            words(text, BasicTokenizer()) == ["ea", "l", "'", "ete", ",", "naive", "x", "北", "京", "y", "z"])
        #expect(words("Éa bÉ", BasicTokenizer(lowercases: false)) == ["Éa", "bÉ"])
        #expect(words("e\u{301}", BasicTokenizer(lowercases: false)).first?.unicodeScalars.count == 2)
    }

    @Test func `Of more letters than the limit the most frequent are kept, and words with others are left out`() throws
    {
        let entries = try train(["aab aab aab aax ax q"], VocabularyOptions(size: 100, alphabetLimit: 2))
        #expect(entries[5..<7] == ["a", "b"])
        #expect(!entries.contains { $0.contains("x") || $0.contains("q") })
        #expect(entries.contains("aab"))
    }

    private struct Golden: Decodable {
        let size: Int
        let entries: [String]
        let tokens: Int
    }

    @Test func `The entries are those of Hugging Face's trainer, but for ties`() throws {
        let golden: Golden = try Goldens.read("vocabulary.json")
        let options = VocabularyOptions(size: golden.size)
        var counts = WordCounts(options.tokenizer)
        try CorpusDocuments(paths: [Goldens.url("vocabulary.txt").path]).forEach { for line in $0 { counts.add(line) } }
        let entries = try WordPieceTrainer(options: options).train(counts)
        #expect(entries.count == golden.size && Set(entries).count == golden.size)
        let common = Set(entries).intersection(golden.entries).count
        #expect(Double(common) / Double(golden.size) > 0.95, "\(common) of \(golden.size)")
        let tokenizer = try VocabularyFolder.write(entries, options: options, to: folder.url.appending(path: "v"))
        let tokens = counts.coverage(by: tokenizer).tokensPerWord * Double(counts.total)
        #expect(abs(tokens / Double(golden.tokens) - 1) < 0.005, "\(tokens) against \(golden.tokens)")
    }

    @Test func `A written vocabulary is a tokenizer that knows its corpus`() throws {
        let texts = (0..<200).map { "the harbour light \($0 % 10) is lit, harbours are lighted" }
        let options = VocabularyOptions(size: 120, lowercases: true)
        let entries = try train(texts, options)
        let url = folder.url.appending(path: "new/vocabulary")
        let tokenizer = try VocabularyFolder.write(entries, options: options, to: url)
        #expect(tokenizer.vocabularySize == entries.count && tokenizer.configuredMaximum == 512)
        let encoding = tokenizer.encode("The Harbour lights")
        #expect(encoding.unknownCount == 0 && encoding.ids.first == 2 && encoding.ids.last == 3)
        #expect(encoding.ids.dropFirst().prefix(2).map(tokenizer.token) == ["the", "harbour"])
        let coverage = counts(texts).coverage(by: tokenizer)
        #expect(coverage.unknownShare == 0 && coverage.tokensPerWord < 1.2)
        let cased = try VocabularyFolder.write(
            try train(["The tHE The tHE"], VocabularyOptions(lowercases: false)),
            options: VocabularyOptions(lowercases: false), to: folder.url.appending(path: "cased"))
        #expect(cased.encode("The").ids.dropFirst().first.map(cased.token) == "The")
    }

    @Test func `The same words give the same entries in whatever order they come`() throws {
        let texts = (0..<300).map { "w\($0 * 7919 % 311) x\($0 % 13)y\($0 % 7)" }
        #expect(try train(texts) == train(texts.reversed()))
    }

    @Test func `What cannot be done is one clear line`() throws {
        #expect(messageOfError { _ = try train([]) }.contains("holds no words"))
        #expect(
            messageOfError { _ = try train(["abcdef"], VocabularyOptions(size: 10)) }.contains(
                "has no room for the 16 special tokens and letters"))
        let entries = try train(["a b a b"])
        try folder.write("model/config.json", "{}")
        #expect(
            messageOfError {
                _ = try VocabularyFolder.write(
                    entries, options: VocabularyOptions(), to: folder.url.appending(path: "model"))
            }.contains("holds config.json of a model"))
        try folder.write("file", "x")
        #expect(
            messageOfError {
                _ = try VocabularyFolder.write(
                    entries, options: VocabularyOptions(), to: folder.url.appending(path: "file"))
            }.contains("is a regular file"))
    }
}
