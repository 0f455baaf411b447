import AkinTestSupport
import Foundation
import Testing

@Suite("akin words")
struct WordsTests {
    private static let companions = [
        "ferry": "sea tide anchor", "boat": "sea tide anchor", "oven": "bread flour heat", "stove": "bread flour heat",
    ]

    private static func corpus() -> String {
        let names = companions.keys.sorted()
        return (0..<1200).map { line in
            let name = names[line % names.count]
            let words = companions[name]?.split(separator: " ") ?? []
            return "the \(words[line / 4 % 3]) \(name) \(words[line / 7 % 3]) and"
        }.joined(separator: "\n") + "\n"
    }

    private func trained(_ program: Program, _ arguments: String...) throws -> Program.Outcome {
        try program.folder.write("corpus.txt", Self.corpus())
        return try program.run(
            ["words", "train", "corpus.txt", "--dimension", "16", "--epochs", "20", "--sample", "0", "--threads", "1"]
                + arguments, input: Data())
    }

    @Test func `word vectors are trained, described, asked, converted and evaluated`() throws {
        let program = try Program()
        let outcome = try trained(
            program, "--algorithm", "fasttext", "--buckets", "5000", "--output", "v.akin", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let summary = try outcome.object()
        #expect(
            summary["words"] as? Int == 12 && summary["corpus_words"] as? Int == 6000
                && summary["algorithm"] as? String == "fasttext")
        #expect(!FileManager.default.fileExists(atPath: program.folder.path("v.akin.checkpoint")))

        let near = try program.run("words", "neighbors", "ferry", "--vectors", "v.akin", "-k", "1", "--json").object()
        #expect((near["neighbors"] as? [[String: Any]])?.first?["word"] as? String == "boat")
        #expect(try program.run("words", "odd", "ferry", "boat", "oven", "--vectors", "v.akin").lines == ["oven"])
        let cosine = try program.run("words", "similarity", "ovens", "oven", "--vectors", "v.akin")
        #expect(cosine.status == 0 && Double(cosine.lines.first ?? "") ?? 0 > 0.3)

        for name in ["v.bin", "v.vec", "v.npy"] {
            #expect(try program.run("words", "export", "--vectors", "v.akin", "--output", name).status == 0)
            let again = try program.run("words", "neighbors", "ferry", "--vectors", name, "-k", "3").lines
            #expect(try again == program.run("words", "neighbors", "ferry", "--vectors", "v.akin", "-k", "3").lines)
        }
        #expect(
            try program.run("words", "import", "v.vec", "--output", "w.akin", "--json").object()["words"] as? Int == 12)

        try program.folder.write(
            "pairs.tsv", "w1\tw2\tscore\nferry\tboat\t9\nferry\toven\t2\nboat\tstove\t1\nferry\tnowhere\t5\n")
        try program.folder.write("questions.txt", ": kinds\nferry boat oven stove\nferry boat nowhere stove\n")
        let report = try program.run(
            "words", "eval", "--vectors", "v.bin", "--similarity", "pairs.tsv", "--analogies", "questions.txt", "--json"
        ).object()
        let list = try #require((report["similarity"] as? [[String: Any]])?.first)
        #expect(list["known"] as? Int == 3 && list["total"] as? Int == 4 && (list["spearman"] as? Double ?? 0) > 0.4)
        let total = try #require(report["analogies_total"] as? [String: Any])
        #expect(total["known"] as? Int == 1 && total["total"] as? Int == 2)

        let embedded = try program.run("words", "embed", "--vectors", "v.akin", input: "the ferry\nthe oven\n")
            .objects()
        #expect(embedded.count == 2 && (embedded.first?["vector"] as? [Double])?.count == 16)
    }

    @Test func `one thread gives the same file`() throws {
        let program = try Program()
        for name in ["a.bin", "b.bin"] { #expect(try trained(program, "--output", name, "--quiet").status == 0) }
        let files = try ["a.bin", "b.bin"].map { try Data(contentsOf: URL(filePath: program.folder.path($0))) }
        #expect(files[0] == files[1])
    }

    @Test func `words are looked up in the vectors that the database was made with`() throws {
        let program = try Program()
        try program.indexSample(count: 60)
        let outcome = try program.run("words", "neighbors", "ferry", "-k", "2")
        #expect(outcome.status == 0 && outcome.lines.count == 2, "\(outcome.errors)")
    }

    @Test(arguments: [
        (["words", "train", "corpus.txt", "--output", "v.xyz"], 64),
        (["words", "train", "none.txt", "--output", "v.bin"], 66),
        (
            [
                "words", "train", "corpus.txt", "--output", "v.bin", "--algorithm", "glove", "--loss",
                "hierarchical-softmax",
            ], 64
        ),
        (["words", "neighbors", "ferry"], 66), (["words", "neighbors", "ferry", "--vectors", "none.vec"], 66),
        (["words", "neighbors", "ferry", "--vectors", "bad.vec"], 65),
        (["words", "eval", "--vectors", "good.vec"], 64),
        (["words", "neighbors", "ferry", "--vectors", "good.vec"], 66),
        (["words", "odd", "a", "b", "--vectors", "good.vec"], 64),
        (["words", "export", "--vectors", "good.vec", "--output", "x.bin", "--to", "fasttext-bin"], 64),
        (["words", "train", "latin1.txt", "--output", "v.bin", "--min-count", "1"], 65),
    ])
    func `wrong usage and bad files have their exit status`(arguments: [String], status: Int) throws {
        let program = try Program()
        try program.folder.write("corpus.txt", Self.corpus())
        try program.folder.write("bad.vec", "2 2\na 1 2\n")
        try program.folder.write("good.vec", "2 2\na 1 2\nb 2 1\n")
        try program.folder.write("latin1.txt", Data("two words two words\n".utf8) + [0x63, 0x61, 0x66, 0xE9, 0x0A])
        let outcome = try program.run(arguments, input: Data())
        #expect(outcome.status == Int32(status), "\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
    }
}
