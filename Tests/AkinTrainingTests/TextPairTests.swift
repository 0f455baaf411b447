import AkinTestSupport
import AkinTraining
import AkinVectors
import Foundation
import Testing

/// Pairs of texts with and without scores, and how they are scored.
@Suite struct TextPairTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func matched(_ name: String, _ contents: String) throws -> [MatchedTexts]? {
        let path = try folder.write(name, contents)
        guard case .matched(let texts) = try TextPairReader().read([path]) else { return nil }
        return texts
    }

    @Test func `The first record decides whether pairs have scores`() throws {
        #expect(
            try matched("a.csv", "anchor,positive,negative\na,b,c\nd,e,\n") == [
                MatchedTexts(anchor: "a", positive: "b", negative: "c"), MatchedTexts(anchor: "d", positive: "e"),
            ])
        #expect(try matched("b.tsv", "question1\tquestion2\na\tb\n") == [MatchedTexts(anchor: "a", positive: "b")])
        #expect(try matched("c.csv", "text_a,text_b,label\na,b,1\nc,d,0\n") == nil)
        #expect(try matched("d.jsonl", #"{"Anchor": "a", "Positive": "b", "negative": null}"#)?.count == 1)
    }

    @Test(arguments: [
        (
            "a.jsonl", "{\"anchor\":\"a\",\"positive\":\"b\"}\n{\"text_a\":\"a\",\"text_b\":\"b\",\"score\":1}",
            "a.jsonl:2: the record has a score"
        ),
        ("b.csv", "anchor\na\n", "no second text"),
        ("c.csv", "anchor,positive\na, \n", "the field 'positive' is empty"),
        ("d.csv", "", "holds no pairs"), ("e.csv", "text_a,text_b\n", "holds no pairs"),
    ])
    func `Bad pairs are one clear line`(name: String, contents: String, message: String) throws {
        let path = try folder.write(name, contents)
        let found = messageOfError { _ = try TextPairReader().read([path]) }
        #expect(found.contains(message) && !found.contains("\n"), "\(found)")
    }

    @Test func `Mixed encodings are named with their line`() throws {
        let path = try folder.write(
            "a.csv", Data("text_a,text_b,score\na,b,1\n".utf8) + Data([0xE4]) + Data(",b,2\n".utf8))
        let found = messageOfError { _ = try TextPairReader().read([path]) }
        #expect(found.contains("a.csv") && found.contains("UTF-8"), "\(found)")
    }

    @Test func `Pairs in the upper half of the scores belong together`() throws {
        let pairs = [5.0, 2, 3, 0].enumerated().map { ScoredPair(first: "\($0)", second: "b", score: $1) }
        #expect(try ScoredPair.matched(pairs).map(\.anchor) == ["0", "2"])
        #expect(!ScoredPair.areBinary(pairs))
        let against = [-1.0, -2].map { ScoredPair(first: "a", second: "b", score: $0) }
        #expect(messageOfError { _ = try ScoredPair.matched(against) }.contains("belong together"))
    }

    @Test func `Texts find their own by rank`() {
        let candidates = Matrix([[2, 0], [0, 3], [-1, 0]])
        let anchors = Matrix([[1, 0.1], [1, 0.2], [5, 0]])
        let scores = MatchScores(anchors: anchors, candidates: candidates, right: [[0], [1], [2]])
        #expect(abs(scores.recallAtOne - 1.0 / 3) < 1e-12)
        #expect(abs(scores.meanReciprocalRank - (1 + 1.0 / 2 + 1.0 / 3) / 3) < 1e-12)
        // Equal vectors are no find.
        let same = MatchScores(anchors: anchors, candidates: Matrix([[1, 0], [1, 0]]), right: [[0], [1], [0]])
        #expect(same.recallAtOne == 0 && same.meanReciprocalRank == 0.5)
    }
}
