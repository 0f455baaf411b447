import AkinCluster
import AkinVectors
import Testing

@Suite struct SenseReportBuilderTests {
    /// Ten occurrences beside money and six beside rivers, in turn as long as both last.
    private static let subjects = (0..<16).map { $0 < 12 && $0 % 2 == 1 ? 1 : 0 }

    private static func builder(count: Int? = nil) throws -> SenseReportBuilder {
        var generator = SeededGenerator(seed: 3)
        let vectors = subjects.map { subject in
            (0..<16).map { column -> Float in
                let center: Float = column == 0 ? 2 : column == subject + 1 ? 1 : 0
                return center + 0.1 * (generator.unitFloat() - 0.5)
            }
        }
        let items = subjects.enumerated().map { index, subject in
            SenseItem(
                id: "d\(index)", passage: Int64(index), range: 10..<14,
                sentence: index < 4 ? "the bank, sentence \(subject)" : "the bank, sentence \(subject) of \(index)",
                word: 4..<8, tokens: subject == 0 ? ["money", "loan"] : ["river", "water"])
        }
        return try SenseReportBuilder(items: items, vectors: Matrix(vectors), count: count, seed: 42, threads: 2)
    }

    private static func report(count: Int? = nil, wordVector: [Float]? = nil, examples: Int = 3) throws -> SenseReport {
        try builder(count: count).report(
            word: "bank", encoder: "tiny", passages: 20, wordVector: wordVector, examples: examples)
    }

    @Test func `each sense has its occurrences, words and share`() throws {
        let report = try Self.report()
        #expect(report.senses.map(\.size) == [10, 6] && report.senses.map(\.share) == [0.625, 0.375])
        #expect(report.senses.map(\.keywords) == [["money loan"], ["river water"]])
        #expect(report.occurrences.map(\.sense) == Self.subjects)
        #expect(report.occurrences.map(\.id) == (0..<16).map { "d\($0)" })
        #expect(report.occurrences.allSatisfy { $0.range == 10..<14 && $0.word == 4..<8 })
        #expect(report.occurrences.allSatisfy { (0...1).contains($0.x) && (0...1).contains($0.y) })
        #expect(report.passages == 20 && report.threshold == SenseInduction.threshold)
    }

    @Test func `examples are the most typical occurrences with distinct sentences`() throws {
        let report = try Self.report(examples: 20)
        for sense in report.senses {
            let examples = sense.examples.map { report.occurrences[$0] }
            // Two of the occurrences of each sense have one sentence.
            #expect(examples.count == sense.size - 1 && Set(examples.map(\.text)).count == examples.count)
            #expect(examples.allSatisfy { $0.sense == sense.sense })
            #expect(zip(examples, examples.dropFirst()).allSatisfy { $0.typicality >= $1.typicality })
        }
        #expect(try Self.report(examples: 2).senses.allSatisfy { $0.examples.count == 2 })
    }

    @Test func `the distance is that of the mean vector to the word by itself`() throws {
        let money = [2, 1] + [Float](repeating: 0, count: 14)
        let senses = try Self.report(wordVector: money).senses
        #expect(abs(senses[0].distance) < 0.01)
        // cos = (2·2 + 0 + 0) / 5
        #expect(abs(senses[1].distance - 0.2) < 0.01)
        #expect(try Self.report().senses.map(\.distance) == [0, 0])
    }

    @Test func `a number of senses that is given is kept`() throws {
        #expect(try Self.report(count: 1).senses.map(\.size) == [16])
        #expect(try Self.report(count: 3).senses.count == 3)
    }
}
