import AkinTestSupport
import Foundation
import Testing

/// The commands that train on pairs of texts and on questions, with a tiny model.
@Suite("akin train pairs and akin train answer")
struct TrainPairsTests {
    private static let model = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "AkinTransformersTests/Goldens/bert/plain-cased").path

    private func pairs(_ program: Program) throws {
        let things = ["river", "bank", "house", "man"]
        let rows = (0..<40).map { index in
            "the \(things[index % 4]) \(index),a \(things[(index + index / 4) % 4]) \(index),\(index / 4 % 4 == 0 ? 1 : 0)"
        }
        try program.folder.write("pairs.csv", "text_a,text_b,score\n" + rows.joined(separator: "\n") + "\n")
    }

    @Test func `An encoder is trained, reported and used`() throws {
        let program = try Program()
        try pairs(program)
        let outcome = try program.run(
            "train", "pairs", "pairs.csv", "--output", "m", "--model", Self.model, "--epochs", "1", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.object()
        #expect(report["loss"] as? String == "cosent" && report["worse"] is Bool)
        #expect((report["before"] as? [String: Any])?["spearman"] is Double)
        #expect(report["training_pairs"] as? Int == 36 && report["held_out_pairs"] as? Int == 4)
        let embedded = try program.run(["embed", "--model", "m"], input: Data("the river\n".utf8))
        #expect(embedded.status == 0 && embedded.lines.count == 1, "\(embedded.errors)")

        let other = try program.run(
            "train", "pairs", "pairs.csv", "--cross-encoder", "--output", "c", "--model", Self.model, "--epochs", "1")
        #expect(other.status == 0 && other.lines.first?.hasPrefix("c: Spearman ") == true, "\(other.errors)")
        #expect(other.lines.first?.contains("accuracy") == true && other.lines.first?.contains("(binary)") == true)
    }

    @Test func `What cannot be done is one line and a status`() throws {
        let program = try Program()
        try pairs(program)
        try program.folder.write("questions.jsonl", #"{"question":"q","context":"the dog","answer":"cat"}"#)
        try program.folder.write("latin.csv", Data("text_a,text_b,score\n".utf8) + Data([0xE4]) + Data(",b,2\n".utf8))
        for (arguments, status, message) in [
            (["pairs", "pairs.csv", "--output", "pairs.csv"], 73, "exists already"),
            (
                ["pairs", "pairs.csv", "--output", "m", "--loss", "other"], 64,
                "'auto', 'cosent', 'regression', 'in-batch' or 'binary'"
            ),
            (["pairs", "pairs.csv", "--output", "m", "--loss", "binary"], 64, "for cross-encoders"),
            (["pairs", "pairs.csv", "--output", "m", "--epochs", "0"], 64, "--epochs must be"),
            (["pairs", "none.csv", "--output", "m"], 66, "none.csv"),
            (["pairs", "latin.csv", "--output", "m"], 65, "latin.csv:2"),
            (
                ["answer", "questions.jsonl", "--output", "m"], 65,
                "questions.jsonl:1: the answer 'cat' is not in the context"
            ),
            (["answer", "--output", "m"], 64, "<questions>"),
        ] as [([String], Int32, String)] {
            let outcome = try program.run(["train"] + arguments + ["--model", Self.model], input: Data())
            #expect(outcome.status == status && outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: program.folder.path("m")))
        }
    }
}
