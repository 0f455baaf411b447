import AkinTestSupport
import Foundation
import Testing

@Suite("akin train vocabulary")
struct TrainVocabularyTests {
    private func corpus(_ program: Program) throws -> String {
        let words = ["harbour", "harbours", "light", "lights", "lighted", "ferry", "ferries", "tide"]
        let lines = (0..<400).map { line in
            (0..<6).map { words[(line * 7 + $0 * $0 + 3) % words.count] }.joined(separator: " ")
        }
        return try program.folder.write("corpus.txt", lines.joined(separator: "\n"))
    }

    @Test func `A vocabulary is learnt, written and the same again`() throws {
        let program = try Program()
        _ = try corpus(program)
        let outcome = try program.run(
            "train", "vocabulary", "corpus.txt", "--size", "60", "--output", "v", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let summary = try outcome.object()
        #expect(summary["words"] as? Int == 2400 && summary["distinct_words"] as? Int == 8)
        #expect(summary["unknown_share"] as? Double == 0 && summary["elapsed_ms"] is Double)
        #expect(summary["tokens_per_word"] as? Double ?? 9 < 1.5)
        let entries = try String(contentsOfFile: program.folder.path("v/vocab.txt"), encoding: .utf8)
            .split(separator: "\n")
        #expect(entries.count == summary["entries"] as? Int && entries.prefix(2) == ["[PAD]", "[UNK]"])
        #expect(entries.contains("harbour") && entries.contains("##s"))

        let again = try program.run("train", "vocabulary", "corpus.txt", "--size", "60", "--output", "w")
        #expect(again.status == 0 && again.lines.first?.hasPrefix("w: ") == true, "\(again.text)")
        for name in ["vocab.txt", "tokenizer_config.json"] {
            let files = try ["v", "w"].map { try Data(contentsOf: URL(filePath: program.folder.path("\($0)/\(name)"))) }
            #expect(files[0] == files[1])
        }
    }

    @Test func `Capitals stay with --cased`() throws {
        let program = try Program()
        try program.folder.write("a.jsonl", "{\"text\": \"Éa Éa Éa\"}\n")
        #expect(try program.run("train", "vocabulary", "a.jsonl", "--cased", "--output", "v", "--quiet").status == 0)
        let entries = try String(contentsOfFile: program.folder.path("v/vocab.txt"), encoding: .utf8)
        #expect(entries.hasSuffix("\na\nÉ\n##a\nÉa\n") || entries.hasSuffix("\nÉa\n"), "\(entries)")
        #expect(
            try String(contentsOfFile: program.folder.path("v/tokenizer_config.json"), encoding: .utf8).contains(
                "\"do_lower_case\":false"))
    }

    @Test func `What cannot be done is one line and a status`() throws {
        let program = try Program()
        _ = try corpus(program)
        try program.folder.write("latin.txt", Data([0x61, 0x0A, 0xE4, 0x0A]))
        try program.folder.write("empty.txt", "\n")
        try program.folder.write("model/config.json", "{}")
        for (arguments, status, message) in [
            (["corpus.txt", "--size", "12", "--output", "v"], 64, "has no room for"),
            (["corpus.txt", "--output", "model"], 73, "holds config.json of a model"),
            (["corpus.txt", "--output", "corpus.txt"], 73, "is a regular file"),
            (["latin.txt", "--output", "v"], 65, "latin.txt:2: the line is not valid UTF-8"),
            (["empty.txt", "--output", "v"], 66, "holds no text"),
            (["none.txt", "--output", "v"], 66, "does not exist"),
            (["corpus.txt", "--output", "v", "--size", "1"], 64, "--size must be at least 10"),
        ] {
            let outcome = try program.run(["train", "vocabulary"] + arguments, input: Data())
            #expect(outcome.status == status && outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: program.folder.path("v")))
    }

    @Test func `Letters beyond the alphabet are reported`() throws {
        let program = try Program()
        try program.folder.write("zh.txt", String(repeating: "天地玄黄 宇宙洪荒\n", count: 4))
        let outcome = try program.run("train", "vocabulary", "zh.txt", "--alphabet", "4", "--output", "v")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("50.0 % of the words have letters beyond the 4 most frequent; --alphabet 32"))
    }
}
