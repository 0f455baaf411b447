import AkinTestSupport
import Foundation
import Testing

@Suite("akin train tag --senses")
struct TrainSensesTests {
    private let model = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "AkinTransformersTests/Goldens/bert/dense").path

    private func program() throws -> Program {
        let program = try Program()
        let lines = (0..<60).map { index in
            let (of, sense) = index % 2 == 0 ? ("river", "shore") : ("money", "office")
            return "{\"text\": \"the bank of \(of) is red \(index)\", \"word\": \"bank\", \"sense\": \"\(sense)\"}\n"
        }
        try program.folder.write("bank.jsonl", lines.joined())
        return program
    }

    @Test func `Senses are learnt, and akin tag names them`() throws {
        let program = try program()
        let trained = try program.run(
            "train", "tag", "--senses", "bank.jsonl", "--method", "frozen", "--model", model, "--output", "bank",
            "--json")
        #expect(trained.status == 0, "\(trained.errors)")
        let report = try trained.object()
        #expect(report["accuracy"] as? Double == 1 && report["baseline"] as? Double == 0.5)
        let found = try program.run("tag", "bank", "--json", "the bank of money is red 7")
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.text.contains("\"label\":\"office\"") && found.text.contains("\"text\":\"bank\""))
        let again = try program.run(
            "train", "tag", "--senses", "bank.jsonl", "--method", "frozen", "--model", model, "--output", "other")
        #expect(again.lines.first?.hasPrefix("frozen: 100.0 % right") == true, "\(again.text)")
    }

    @Test func `What cannot be done is one line and a status`() throws {
        let program = try program()
        try program.folder.write("bad.jsonl", "{\"text\": \"the river\", \"word\": \"bank\", \"sense\": \"a\"}\n")
        for (arguments, status, message) in [
            (["--senses", "bad.jsonl"], 65, "bad.jsonl:1: the word 'bank' does not stand in the text"),
            (["bank.jsonl", "--method", "frozen"], 64, "--method needs --senses"),
        ] {
            let outcome = try program.run(
                ["train", "tag"] + arguments + ["--model", model, "--output", "v"], input: Data())
            #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.errors)")
        }
    }
}
