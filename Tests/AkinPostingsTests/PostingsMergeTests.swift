import AkinCore
import AkinPostings
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// A merged file has the bytes of one that is built of all passages at once.
@Suite struct PostingsMergeTests {
    private static func gather(_ samples: PostingsSamples, besides path: String, capacity: Int) throws -> PostingsRuns {
        var runs = PostingsRuns(besides: path, capacity: capacity)
        for (passage, terms) in samples.passages.sorted(by: { $0.key < $1.key }) {
            var list = TermList()
            for term in terms { list.append(term.utf8) }
            try runs.add(passage: passage, terms: list)
        }
        return runs
    }

    private static func bytes(_ samples: PostingsSamples, _ folder: TemporaryFolder) throws -> Data {
        let path = folder.path("whole")
        try samples.builder().write(.sample, to: path)
        return try Data(contentsOf: URL(filePath: path))
    }

    @Test(arguments: [(0, 1 << 20), (1, 1), (700, 2000), (2500, 60_000), (2500, 1 << 30)])
    func `runs become one file`(_ count: Int, _ capacity: Int) throws {
        let folder = try TemporaryFolder()
        let samples = PostingsSamples.random(count, seed: 51)
        let runs = try Self.gather(samples, besides: folder.path("merged"), capacity: capacity)
        #expect(runs.passageCount == count)
        #expect(runs.runCount == 0 ? capacity >= 1 << 20 : runs.runCount > (count == 1 ? 0 : 2))
        try runs.write(.sample, to: folder.path("merged"))
        #expect(try Data(contentsOf: URL(filePath: folder.path("merged"))) == Self.bytes(samples, folder))
        // Runs have no names, and nothing else is left.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(names == ["merged", "whole"])
    }

    /// Deleted and added passages, over a file: none, some, all.
    @Test(arguments: [(0, 0), (0, 300), (300, 0), (500, 400), (3000, 500), (3000, 0)], [20_000, 1 << 30])
    func `a file is merged with what changed`(_ changes: (deleted: Int, added: Int), _ capacity: Int) throws {
        let folder = try TemporaryFolder()
        var samples = PostingsSamples.random(3000, from: 70, seed: 52)
        samples.passages[75] = Array(repeating: "w3", count: 300)
        try samples.builder().write(.sample, to: folder.path("base"))
        let base = try Postings(path: folder.path("base"))
        let gone = Set(samples.passages.keys.sorted().shuffledPrefix(changes.deleted, seed: 53))
        let added = PostingsSamples.random(changes.added, from: 1_000_000, longest: 90, seed: 54)
        let runs = try Self.gather(added, besides: folder.path("merged"), capacity: capacity)
        try runs.write(.sample, to: folder.path("merged"), after: (base, gone.union([3, 2_000_000])))
        for id in gone { samples.passages[id] = nil }
        samples.passages.merge(added.passages) { first, _ in first }
        #expect(try Data(contentsOf: URL(filePath: folder.path("merged"))) == Self.bytes(samples, folder))
        let merged = try Postings(path: folder.path("merged"))
        #expect(merged.passageCount == samples.passages.count && merged.lastPassage == samples.passages.keys.max())
        for id in samples.passages.keys.prefix(50) { #expect(merged.holds(id)) }
        for id in gone.prefix(50) { #expect(!merged.holds(id)) }
        let present = PresentPostings(base: merged)
        for question in PostingsSearchTests.questions(5, seed: 55) where !samples.passages.isEmpty {
            PostingsSearchTests.expectEqual(
                try present.search(present.located(question.terms), limit: 30), samples.ranking(question, limit: 30))
        }
    }

    @Test func `merging again and again keeps the bytes of a whole`() throws {
        let folder = try TemporaryFolder()
        var samples = PostingsSamples.random(400, seed: 56)
        try samples.builder().write(.sample, to: folder.path("file"))
        for round in 0..<6 {
            let base = try Postings(path: folder.path("file"))
            let gone = Set(samples.passages.keys.sorted().shuffledPrefix(40, seed: UInt64(round)))
            let added = PostingsSamples.random(60, from: Int64(10_000 * (round + 1)), seed: UInt64(60 + round))
            try Self.gather(added, besides: folder.path("file"), capacity: 4000)
                .write(.sample, to: folder.path("file"), after: (base, gone))
            for id in gone { samples.passages[id] = nil }
            samples.passages.merge(added.passages) { first, _ in first }
            #expect(try Data(contentsOf: URL(filePath: folder.path("file"))) == Self.bytes(samples, folder))
        }
    }
}
