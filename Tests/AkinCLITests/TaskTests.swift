import Foundation
import Testing

@Suite("Models with heads: classify, tag, answer, fill-mask")
struct TaskTests {
    /// A tiny model that tools/goldens_heads.py has written.
    static func model(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "AkinTransformersTests/Goldens/heads/\(name)"
        ).path
    }

    private static func labels(_ object: [String: Any]) -> [String] {
        (object["labels"] as? [[String: Any]] ?? []).compactMap { $0["label"] as? String }
    }

    private static func scores(_ object: [String: Any]) -> [Double] {
        (object["labels"] as? [[String: Any]] ?? []).compactMap { $0["score"] as? Double }
    }

    @Test func `classify prints labels with their probabilities, best first`() throws {
        let outcome = try Program().run(
            "classify", Self.model("classify-two"), "--precision", "fp32", "A man is walking with the big dog.")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.lines == ["0.9199  negative", "0.0801  positive"])
    }

    @Test func `several texts come with their text above`() throws {
        let outcome = try Program().run(
            "classify", Self.model("classify-twelve"), "--top", "1", "a man", "the dog")
        #expect(outcome.lines.count == 4)
        #expect(outcome.lines.first == "a man" && outcome.lines[2] == "the dog")
        #expect(outcome.lines[1].hasPrefix("  0."))
    }

    @Test func `lines and JSON lines on standard input give a line each, with the ids that came in`() throws {
        let program = try Program()
        let plain = try program.run(
            "classify", Self.model("classify-twelve"), "--json", "-", input: "a man\n\nthe dog")
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(try plain.objects().count == 3)
        let json = try program.run(
            "classify", Self.model("classify-twelve"), "--json", "-",
            input: #"{"id": "x", "text": "a man"}"# + "\n" + #"{"id": 1.0, "text": "the dog"}"# + "\n")
        #expect(json.lines.first?.hasPrefix(#"{"id":"x","labels":[{"label":"#) == true)
        #expect(json.lines.last?.hasPrefix(#"{"id":1.0,"#) == true)
        #expect(try Self.labels(json.objects()[1]) == Self.labels(plain.objects()[2]))
        #expect(try Self.labels(json.objects()[0]).count == 5)
    }

    @Test func `top and threshold choose labels`() throws {
        let program = try Program()
        let all = try program.run("classify", Self.model("classify-twelve"), "--top", "12", "--json", "a man").object()
        let scores = Self.scores(all)
        #expect(scores.count == 12 && abs(scores.reduce(0, +) - 1) < 1e-9)
        #expect(scores == scores.sorted(by: >))
        let sure = try program.run(
            "classify", Self.model("classify-twelve"), "--threshold", "0.1", "--json", "a man"
        ).object()
        #expect(Self.scores(sure) == scores.filter { $0 >= 0.1 })
        let none = try program.run("classify", Self.model("classify-twelve"), "--threshold", "0.99", "a man")
        #expect(none.status == 0 && none.lines == ["-"])
        #expect(sure["label"] as? String == Self.labels(all)[0] && all["label"] == nil)
        let abstaining = try program.run(
            "classify", Self.model("classify-twelve"), "--threshold", "0.99", "--json", "a man")
        #expect(abstaining.text.hasPrefix(#"{"label":null,"labels":[],"#))
    }

    @Test func `the arithmetic is that of the processor, however busy the machine is`() async throws {
        func classify(_ precision: String) throws -> String {
            try Program().run(
                "classify", Self.model("classify-two"), "--json", "--precision", precision, "the bank of a river"
            ).text
        }
        let known = try Set(["int8", "fp32"].map(classify))
        let busy = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<12 { group.addTask { try classify("auto") } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(busy.count == 1 && busy.isSubset(of: known))
    }

    @Test func `pairs are given two by two, with tabs or as JSON lines`() throws {
        let program = try Program()
        let model = Self.model("classify-two")
        let given = try program.run("classify", model, "--pair", "--json", "the river", "the bank")
        #expect(given.status == 0, "\(given.errors)")
        let tabbed = try program.run("classify", model, "--pair", "--json", "-", input: "the river\tthe bank\n")
        let json = try program.run(
            "classify", model, "--pair", "--json", "-",
            input: #"{"id": 3, "text_a": "the river", "text_b": "the bank"}"#)
        #expect(tabbed.text == given.text)
        #expect(json.text == given.text.replacing("{\"labels\"", with: "{\"id\":3,\"labels\"", maxReplacements: 1))
        #expect(try program.run("classify", model, "--pair", "one").status == 64)
        let broken = try program.run("classify", model, "--pair", "-", input: "a\tb\nno tab\n")
        #expect(broken.status == 65)
        #expect(broken.errorLines.count == 1 && broken.errors.contains("standard input:2:"))
    }

    @Test func `a model for next sentence prediction labels pairs`() throws {
        let outcome = try Program().run("classify", Self.model("next-sentence"), "--pair", "--json", "a dog", "a cat")
        #expect(try Set(Self.labels(outcome.object())) == ["IsNext", "NotNext"])
    }

    @Test func `a text that is cut is reported`() throws {
        let text = String(repeating: "bank ", count: 80)
        let outcome = try Program().run("classify", Self.model("classify-two"), "--json", text)
        #expect(try outcome.object()["truncated"] as? Bool == true)
        #expect(outcome.errorLines == ["note: 1 text was longer than the model reads; the end was left out"])
        let quiet = try Program().run("classify", Self.model("classify-two"), "--json", "--quiet", text)
        #expect(quiet.errors.isEmpty)
    }

    @Test func `labels of one's own need an encoder and no training`() throws {
        let program = try Program()
        let encoder = Self.model("../bert/half")
        let outcome = try program.run(
            "classify", encoder, "--labels", "a river, money", "--json", "the river bank is red")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try Set(Self.labels(outcome.object())) == ["a river", "money"])
        #expect(try abs(Self.scores(outcome.object()).reduce(0, +) - 1) < 1e-9)
        let surer = try program.run(
            "classify", encoder, "--labels", "a river,money", "--temperature", "0.001", "--json", "the river bank")
        let vaguer = try program.run(
            "classify", encoder, "--labels", "a river,money", "--temperature", "10", "--json", "the river bank")
        #expect(try Self.scores(surer.object())[0] > Self.scores(vaguer.object())[0])
        let commas = try program.run(
            "classify", encoder, "--label", "a river, wide", "--label", "money", "--json", "the river bank")
        #expect(try Set(Self.labels(commas.object())) == ["a river, wide", "money"])
        for labels in ["one", "a,,b", "a,a"] {
            let refused = try program.run("classify", encoder, "--labels", labels, "x")
            #expect(refused.status == 64 && refused.errorLines.count == 1, "\(labels)")
        }
    }

    @Test func `tag prints entities with their ranges`() throws {
        let program = try Program()
        let outcome = try program.run(
            "tag", Self.model("tag-iob"), "--precision", "fp32", "the river bank is red, the money bank is blue")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.lines == [
                "0.9858  LOC 0–26 the river bank is red, the", "0.5070  PER 27–32 money",
                "0.8912  LOC 33–45 bank is blue",
            ])
        let sure = try program.run(
            "tag", Self.model("tag-iob"), "--precision", "fp32", "--threshold", "0.9", "--json", "-",
            input: "the river bank is red, the money bank is blue\n\n")
        let objects = try sure.objects()
        #expect(objects.count == 2)
        let entities = try #require(objects[0]["entities"] as? [[String: Any]])
        #expect(entities.count == 1)
        #expect(entities.first?["range"] as? [Int] == [0, 26])
        #expect(entities.first?["text"] as? String == "the river bank is red, the")
        #expect((objects[1]["entities"] as? [Any])?.isEmpty == true)
    }

    @Test func `answer extracts a stretch of a text, or says that there is none`() throws {
        let program = try Program()
        let model = Self.model("answer")
        let context = "The man walked to the river. The dog is in the big house on the river bank."
        let found = try program.run(
            "answer", "--model", model, "--precision", "fp32", "where is the dog?", "--context", context)
        #expect(found.status == 0, "\(found.errors)")
        #expect(
            found.lines == ["The man walked to the river. The dog is in the", "    0–46 · score\u{A0}0.005"])
        let piped = try program.run(
            "answer", "--model", model, "--precision", "fp32", "where is the dog?", "--context", "-", "--json",
            "--top", "3", input: context)
        let answers = try #require(try piped.object()["answers"] as? [[String: Any]])
        #expect(answers.count == 3)
        #expect(answers.first?["range"] as? [Int] == [0, 46])
        let none = try program.run("answer", "--model", model, "who?", "--context", "a woman")
        #expect(none.status == 0 && none.lines == ["no answer"])
        let empty = try program.run("answer", "--model", model, "who?", "--context", "", "--json")
        #expect(try empty.object()["no_answer_score"] as? Double == 1)
    }

    @Test func `answer searches the database and tells where the answer stands`() throws {
        let program = try Program()
        #expect(try program.run("put", "far", "--text", "bread from the oven").status == 0)
        #expect(
            try program.run("put", "near", "--text", "The man walked to the river. The dog is in the house.").status
                == 0)
        let outcome = try program.run(
            "answer", "--model", Self.model("answer"), "where is the dog", "--json", "--passages", "1",
            "--where", #"id = "near""#)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let answers = try #require(try outcome.object()["answers"] as? [[String: Any]])
        let answer = try #require(answers.first)
        let range = try #require(answer["range"] as? [Int])
        #expect(answer["id"] as? String == "near")
        let document = "The man walked to the river. The dog is in the house."
        let start = document.index(document.startIndex, offsetBy: range[0])
        let text = document[start..<document.index(start, offsetBy: range[1] - range[0])]
        #expect(answer["text"] as? String == String(text))
    }

    @Test func `fill-mask predicts each gap of a text`() throws {
        let program = try Program()
        let outcome = try program.run(
            "fill-mask", Self.model("mask-tied"), "--json", "--top", "3", "a [MASK] of [MASK]", "the [MASK]")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let masks = try outcome.objects().map { try #require($0["masks"] as? [[[String: Any]]]) }
        #expect(masks.map(\.count) == [2, 1])
        for words in masks.joined() {
            let probabilities = words.compactMap { $0["probability"] as? Double }
            #expect(probabilities.count == 3 && probabilities == probabilities.sorted(by: >))
        }
        let none = try program.run("fill-mask", Self.model("mask-tied"), "no gap")
        #expect(none.status == 64)
        #expect(none.errorLines == ["akin: There is no [MASK] in \"no gap\": put it where a word is to be found."])
    }

    @Test(arguments: [
        ["classify", "tag-iob", "x"], ["tag", "classify-two", "x"], ["fill-mask", "answer", "[MASK]"],
        ["tag", "../bert/half", "x"],
    ])
    func `a model with another head, or none, is refused in one line`(arguments: [String]) throws {
        let outcome = try Program().run([arguments[0], Self.model(arguments[1]), arguments[2]], input: Data())
        #expect(outcome.status == 69 || outcome.status == 65, "\(outcome.status)")
        #expect(outcome.output.isEmpty && outcome.errorLines.count == 1)
    }

    @Test(arguments: [
        ["classify", "m"], ["classify", "m", "x", "--top", "0"], ["classify", "m", "x", "--temperature", "1"],
        ["classify", "m", "x", "--labels", "a,b", "--pair"], ["tag", "m"], ["answer", "q"],
        ["answer", "--model", "m"], ["answer", "--model", "m", "q", "--context", "c", "--db", "d"],
        ["answer", "--model", "m", "q", "--context", "c", "--literal"],
        ["answer", "--model", "m", "q", "--passages", "0"], ["fill-mask", "m"], ["fill-mask", "m", "x", "--top", "0"],
    ])
    func `wrong usage is refused`(arguments: [String]) throws {
        let outcome = try Program().run(arguments, input: Data())
        #expect(outcome.status == 64 && outcome.output.isEmpty)
    }
}
