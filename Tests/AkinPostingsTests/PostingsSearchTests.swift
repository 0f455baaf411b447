import AkinCore
import AkinPostings
import AkinVectors
import Testing

/// The best passages by postings against the ranking by counting.
@Suite struct PostingsSearchTests {
    static func expectEqual(
        _ found: [RankedPassage], _ expected: [RankedPassage], _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.map(\.passage) == expected.map(\.passage), comment, sourceLocation: sourceLocation)
        for (found, expected) in zip(found, expected) {
            #expect(abs(found.score - expected.score) <= 1e-9, comment, sourceLocation: sourceLocation)
        }
    }

    /// Questions of 1 to 30 words, frequent and rare, some of which no passage holds and some given twice.
    static func questions(_ count: Int, seed: UInt64) -> [[String]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let words = (0..<1 + index % 30).map { _ in PostingsSamples.word(&generator) }
            return index % 7 == 0 ? words + ["w1", "absent", "w1"] : words
        }
    }

    @Test(arguments: [(3, 40), (200, 40), (5000, 12), (5000, 400)])
    func `the best are those of a full ranking`(_ count: Int, _ longest: Int) throws {
        let samples = PostingsSamples.random(count, longest: longest, seed: UInt64(count + longest))
        let present = PresentPostings(base: try samples.postings())
        for (index, question) in Self.questions(30, seed: 3).enumerated() {
            let limit = [1, 10, 100, 100_000][index % 4]
            Self.expectEqual(
                try present.search(present.located(question.terms), limit: limit),
                samples.ranking(question, limit: limit), "\(question)")
        }
    }

    @Test func `passages that a filter refuses leave room for the next`() throws {
        let samples = PostingsSamples.random(6000, seed: 5)
        let present = PresentPostings(base: try samples.postings())
        for question in Self.questions(12, seed: 8) {
            for share in [2, 50, 3000] {
                let isAllowed = { (id: Int64) in id % Int64(share) == 1 }
                Self.expectEqual(
                    try present.search(present.located(question.terms), limit: 20, isAllowed: isAllowed),
                    samples.ranking(question, limit: 20, isAllowed: isAllowed))
            }
        }
    }

    /// The state after changes, of which the file knows nothing.
    @Test(arguments: [(0, 300), (300, 0), (300, 300), (3000, 2500)])
    func `deleted and added passages count as they are now`(_ deleted: Int, _ count: Int) throws {
        var samples = PostingsSamples.random(3000, seed: 11)
        let base = try samples.postings()
        let gone = samples.passages.keys.sorted().shuffledPrefix(deleted, seed: 4)
        let added = PostingsSamples.random(count, from: 1_000_000, longest: 90, seed: 12)
        let present = PresentPostings(
            base: base, removed: gone + [500_000], added: count > 0 ? try added.postings() : nil)
        for id in gone { samples.passages[id] = nil }
        samples.passages.merge(added.passages) { first, _ in first }
        #expect(present.removedCount == deleted)
        for question in Self.questions(15, seed: 13) {
            guard !samples.passages.isEmpty else {
                #expect(try present.search(present.located(question.terms), limit: 10) == [])
                continue
            }
            let expected = samples.ranking(question)
            Self.expectEqual(try present.search(present.located(question.terms), limit: 50), Array(expected.prefix(50)))
            let asked = Array(expected.map(\.passage).shuffledPrefix(40, seed: 6)) + [999_999, -5] + gone.prefix(3)
            let scores = present.scores(present.located(question.terms), of: asked)
            let known = expected.filter { asked.contains($0.passage) }
            #expect(Set(scores.keys) == Set(known.map(\.passage)))
            for row in known { #expect(abs((scores[row.passage] ?? 0) - row.score) <= 1e-9) }
        }
    }

    @Test func `equal scores are ordered by passage`() throws {
        var samples = PostingsSamples()
        for id in Int64(1)...5000 { samples.passages[id] = id % 3 == 0 ? ["same"] : ["same", "words", "w\(id)"] }
        let present = PresentPostings(base: try samples.postings())
        let found = try present.search(present.located(["words", "same"].terms), limit: 300)
        Self.expectEqual(found, samples.ranking(["words", "same"], limit: 300))
        #expect(found.map(\.passage) == (1...5000).filter { $0 % 3 != 0 }.prefix(300).map { $0 })
    }

    @Test func `nothing is found in nothing`() throws {
        let empty = PresentPostings(base: try PostingsSamples().postings())
        let terms = empty.located(["a"].terms)
        #expect(try empty.search(terms, limit: 5) == [] && empty.scores(terms, of: [1]) == [:])
        #expect(empty.passages(with: empty.located([.prefix([])])) == [])
        let blank = PresentPostings(base: try PostingsSamples(passages: [1: [], 2: []]).postings())
        #expect(try blank.search(blank.located(["a"].terms), limit: 5) == [])
        let one = PresentPostings(base: try PostingsSamples(passages: [9: ["a"]]).postings())
        #expect(try one.search(one.located([]), limit: 5) == [])
        #expect(try one.search(one.located(["a"].terms), limit: 0) == [])
        #expect(try one.search(one.located(["a", ""].terms), limit: 5).map(\.passage) == [9])
    }

    /// Words, beginnings of words and rows of words together, over a file and what has changed since.
    @Test(arguments: [(0, 0), (300, 300), (3000, 200)])
    func `beginnings and what was counted elsewhere are terms like words`(_ deleted: Int, _ count: Int) throws {
        var samples = PostingsSamples.random(3000, seed: 41)
        let base = try samples.postings()
        let gone = samples.passages.keys.sorted().shuffledPrefix(deleted, seed: 42)
        let added = PostingsSamples.random(count, from: 1_000_000, seed: 43)
        let present = PresentPostings(base: base, removed: gone, added: count > 0 ? try added.postings() : nil)
        for id in gone { samples.passages[id] = nil }
        samples.passages.merge(added.passages) { first, _ in first }
        guard !samples.passages.isEmpty else { return }
        var generator = SeededGenerator(seed: 44)
        for round in 0..<12 {
            let parts = (0..<1 + round % 6).map { _ -> PostingsSamples.Part in
                let word = PostingsSamples.word(&generator)
                return switch generator.integer(below: 4) {
                case 0: .prefix(String(word.prefix(1 + generator.integer(below: 3))))
                case 1: .row(word, PostingsSamples.word(&generator))
                case 2: .row("w1", "w2")
                default: .word(word)
                }
            }
            let terms = present.located(parts.map(samples.term))
            let expected = samples.ranking(parts)
            let isAllowed = { (id: Int64) in round % 3 > 0 || id % 5 == 0 }
            Self.expectEqual(
                try present.search(terms, limit: 50, isAllowed: isAllowed),
                Array(expected.filter { isAllowed($0.passage) }.prefix(50)), "\(parts)")
            #expect(present.passages(with: terms) == expected.map(\.passage).sorted(), "\(parts)")
            let asked = Array(expected.map(\.passage).shuffledPrefix(30, seed: 45)) + [7_000_000]
            let scores = present.scores(terms, of: asked)
            #expect(scores.count == asked.count - 1, "\(parts)")
            for row in expected where asked.contains(row.passage) {
                #expect(abs((scores[row.passage] ?? 0) - row.score) <= 1e-9, "\(parts)")
            }
        }
    }

    @Test func `many threads search at once`() async throws {
        let samples = PostingsSamples.random(3000, seed: 21)
        let removed = samples.passages.keys.sorted().shuffledPrefix(200, seed: 2)
        let present = PresentPostings(base: try samples.postings(), removed: removed)
        let questions = Self.questions(40, seed: 22)
        let expected = try questions.map { try present.search(present.located($0.terms), limit: 30) }
        let others = PresentPostings(base: try samples.postings(), removed: removed)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for (question, expected) in zip(questions, expected) {
                        #expect((try? others.search(others.located(question.terms), limit: 30)) == expected)
                    }
                }
            }
        }
    }
}

extension [Int64] {
    func shuffledPrefix(_ count: Int, seed: UInt64) -> [Int64] {
        var generator = SeededGenerator(seed: seed)
        return Array(shuffled(using: &generator).prefix(count))
    }
}
