import AkinCore
import AkinTestSupport
import AkinTokenizers
import AkinTraining
import Foundation
import Testing

/// How a corpus becomes sequences, masks and pairs.
@Suite struct PreTrainingTests {
    private static let words = (0..<40).map { "w\(String(UnicodeScalar(UInt8(97 + $0 % 26))))\($0 / 26)" }

    private func tokenizer() throws -> WordPieceTokenizer {
        let pieces = Self.words + ["##s"]
        return try TokenizerFiles.learnt(
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + pieces, options: VocabularyOptions()
        ).tokenizer
    }

    private func corpus(_ text: String, room: Int = 10) throws -> TokenCorpus {
        let folder = try TemporaryFolder()
        let path = try folder.write("corpus.txt", text)
        let corpus = try TokenCorpus(
            CorpusDocuments(paths: [path]), tokenizer: try tokenizer(), room: room, besides: folder.path("tokens"),
            threads: 2
        ) { _ in }
        // The tokens' file has no name any more.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(".")) == ["corpus.txt"])
        return corpus
    }

    private func source(
        _ corpus: TokenCorpus, pairs: Bool = false, heldOut: Double = 0.2, seed: UInt64 = 1
    ) throws -> MaskedTextSource {
        let tokenizer = try tokenizer()
        let masking = WordMasking(
            maskID: 4, isSpecial: (0..<tokenizer.vocabularySize).map { $0 < 5 },
            isContinuation: tokenizer.continuations)
        return MaskedTextSource(
            corpus, tokenizer: tokenizer, masking: masking, length: 13, makesPairs: pairs, heldOutShare: heldOut,
            seed: seed)
    }

    /// Sentences of four words; those of a document hold no word of another's.
    private func documents(_ count: Int) -> String {
        let documents = (0..<count).map { document in
            let own = Self.words[(4 * (document % 10))..<(4 * (document % 10) + 4)]
            let sentence = own.joined(separator: " ")
            return String(repeating: sentence + "\n", count: 5)
        }
        return documents.joined(separator: "\n")
    }

    private func ids(_ texts: MaskedTexts) -> [Int32] {
        var ids = texts.batch.ids
        for (row, id) in zip(texts.words.rows, texts.words.ids) { ids[row] = id }
        return ids
    }

    @Test func `sequences are whole sentences of one document, and long ones are cut`() throws {
        let long = (0..<23).map { Self.words[$0] }.joined(separator: " ")
        // 4 + 4 fit together; the third begins a sequence; 23 are 10 + 10 + 3; a single word is too little.
        let corpus = try corpus("wa0 wb0 wc0 wd0\nwe0 wf0 wg0 wh0\nwi0 wj0 wk0\n\n\(long)\n\nwa0\n")
        let texts = try source(corpus, heldOut: 1e-9)
        #expect(corpus.count == 5 && corpus.tokenCount == 8 + 3 + 23 && corpus.documentCount == 3)
        #expect((0..<5).map(corpus.document) == [0, 0, 1, 1, 1])
        let all = ids(texts.training(0..<4, epoch: 0)) + ids(texts.heldOut(0..<1))
        let expected = (Array(0..<11) + Array(0..<23)).map { Int32(5 + $0) }
        #expect(all.filter { $0 > 4 } == expected)
    }

    @Test func `each epoch hides other words, and the same seed the same ones`() throws {
        let corpus = try corpus(documents(60))
        let (first, again, other) = (try source(corpus), try source(corpus), try source(corpus, seed: 2))
        let places = 0..<40
        let (one, two) = (first.training(places, epoch: 0), first.training(places, epoch: 1))
        #expect(ids(one) == ids(two) && one.words.rows != two.words.rows)
        #expect(again.training(places, epoch: 1).batch.ids == two.batch.ids)
        // A sequence's masks do not depend on its neighbours in a step.
        #expect(first.training(7..<8, epoch: 1).batch.ids == Array(two.batch.ids[two.batch.bounds[7]]))
        #expect(other.training != first.training)
        #expect(first.heldOut(0..<5).batch.ids == again.heldOut(0..<5).batch.ids)
    }

    @Test func `no document is both learnt from and scored on`() throws {
        let corpus = try corpus(documents(100))
        let texts = try source(corpus, heldOut: 0.3)
        #expect(texts.training.count + texts.heldOut.count == corpus.count)
        #expect((30...160).contains(texts.heldOut.count))
        let documents = Set(texts.heldOut.map { corpus.document(of: Int($0)) })
        #expect(!texts.training.contains { documents.contains(corpus.document(of: Int($0))) })
    }

    @Test func `half of the pairs have a second text of another document`() throws {
        let corpus = try corpus(documents(200))
        let texts = try source(corpus, pairs: true)
        let batch = texts.training(0..<200, epoch: 3)
        let found = ids(batch)
        #expect((70...130).contains(batch.isRandom.reduce(0, +)))
        for (rows, isRandom) in zip(batch.batch.bounds, batch.isRandom) {
            #expect(rows.count <= texts.length && rows.count >= 5)
            let separators = rows.filter { found[$0] == 3 }
            #expect(separators.count == 2 && separators.last == rows.upperBound - 1)
            let first = (rows.lowerBound + 1..<separators[0]).map { (found[$0] - 5) / 4 }
            let second = (separators[0] + 1..<separators[1]).map { (found[$0] - 5) / 4 }
            #expect(Set(first).count == 1 && Set(second).count == 1)
            // One of ten other documents has the same words.
            if isRandom == 0 { #expect(first[0] == second[0]) }
            let segments = rows.map { batch.batch.segments[$0] }
            #expect(segments == rows.map { $0 <= separators[0] ? 0 : 1 })
        }
        let sameWords = zip(batch.batch.bounds, batch.isRandom).count { rows, isRandom in
            isRandom == 1 && (found[rows.lowerBound + 1] - 5) / 4 == (found[rows.upperBound - 2] - 5) / 4
        }
        #expect(sameWords < 30)
    }

    @Test func `a corpus that the vocabulary does not know is refused`() throws {
        #expect(throws: AkinError.self) { try corpus("xyz abc\nxyz abc\n\nxyz abc\n") }
        #expect(throws: AkinError.self) { try corpus("wa0 wb0\n") }
        #expect(try corpus("wa0 wb0 xyz\n\nwa0 wb0 wc0\n").unknownShare == 1.0 / 6)
    }

    @Test func `the tokenizer's files ask for no longer texts than the network reads`() throws {
        let files = try TokenizerFiles.learnt(
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + Self.words, options: VocabularyOptions()
        ).files
        let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
        try files.limited(to: 64).write(to: folder.url)
        #expect(try WordPieceTokenizer(folder: folder.url).configuredMaximum == 64)
        try files.limited(to: 64).limited(to: 900).write(to: other.url)
        #expect(try WordPieceTokenizer(folder: other.url).configuredMaximum == 64)
    }
}
