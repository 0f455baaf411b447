import AkinTestSupport
import Foundation
import Testing

/// Static models and senses under the program itself.
@Suite struct SensesTests {
    private let program: Program
    private let model: String

    init() throws {
        program = try Program()
        model =
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "AkinTransformersTests/Goldens/bert/half").path
        let nouns = ["man", "woman", "child", "dog", "cat", "bank", "river", "money"]
        let lines = (0..<60).map {
            "{\"id\":\"d\($0)\",\"text\":\"the \(nouns[$0 % 8]) is walking to the bank of the \(nouns[$0 * 5 % 7])\"}\n"
        }
        try program.folder.write("docs.jsonl", lines.joined())
    }

    @Test func `a static store is made, searched and upgraded`() throws {
        let made = try program.run(
            "index", "docs.jsonl", "--encoder", "static", "--model", model, "--fit-tokens", "200")
        #expect(
            made.status == 0 && made.text.contains("encoder half-static")
                && made.errors.contains("akin optimize --upgrade"))
        let found = try program.run("search", "the dog", "--mode", "semantic", "-k", "60", "--no-fold", "--json")
            .object()
        let encoders = (found["results"] as? [[String: Any]] ?? []).compactMap { $0["encoder"] as? String }
        #expect(encoders.count == 60 && Set(encoders) == ["half", "half-static"])
        let upgraded = try program.run("optimize", "--upgrade")
        #expect(upgraded.status == 0 && upgraded.text.contains("now serves"))
        let after = try program.run("search", "the dog", "--mode", "semantic", "--json").object()
        #expect((after["results"] as? [[String: Any]] ?? []).allSatisfy { $0["encoder"] as? String == "half" })
        #expect(try program.run("verify").status == 0)
        #expect(try program.run("optimize", "--upgrade", "--encoder", "words").status == 64)
        #expect(try program.run("index", "docs.jsonl", "--fit-tokens", "3").status == 64)
    }

    @Test func `a model is distilled into a folder`() throws {
        _ = try program.run("index", "docs.jsonl", "--model", model)
        let distilled = try program.run("words", "distill", "--output", "mini", "--dimension", "8", "--json").object()
        #expect(distilled["dimension"] as? Int == 8 && distilled["fitted_passages"] as? Int == 60)
        let embedded = try program.run(["embed", "--model", "./mini"], input: Data("the dog\n".utf8))
        let vector = try #require(
            try embedded.objects().first?["embedding"] as? [Double] ?? embedded.objects().first?["vector"] as? [Double])
        #expect(vector.count == 8)
        #expect(try program.run("words", "distill", "--dimension", "0").status == 64)
    }

    @Test func `senses are listed and drawn`() throws {
        _ = try program.run("index", "docs.jsonl", "--model", model)
        let told = try program.run("words", "senses", "bank", "--html", "bank.html", "--senses", "2")
        #expect(told.status == 0 && told.lines.first?.hasPrefix("2 senses of bank in") == true)
        #expect(try String(contentsOfFile: program.folder.path("bank.html"), encoding: .utf8).contains("<svg"))
        let object = try program.run("words", "senses", "bank", "--json").object()
        #expect((object["occurrences"] as? [[String: Any]])?.count ?? 0 >= 60)
        let none = try program.run("words", "senses", "zebra")
        #expect(none.status != 0 && none.errorLines.count == 1 && none.errors.contains("does not occur"))
        #expect(try program.run("words", "senses", "bank", "--html", "no/where.html").status == 73)
        let highlighted = try program.run("search", "the dog", "--highlight", "--sense", "--json").object()
        #expect((highlighted["results"] as? [[String: Any]] ?? []).allSatisfy { $0["highlights"] != nil })
    }
}
