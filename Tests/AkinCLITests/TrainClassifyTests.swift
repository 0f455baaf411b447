import AkinTestSupport
import Foundation
import Testing

@Suite("train classify")
struct TrainClassifyTests {
    private static let model = TaskTests.model("../bert/half")

    private func examples(_ count: Int, comma: Bool = false) -> String {
        let words = ["river", "money", "tree", "bank"]
        let rows = (0..<count).map { index in
            let label = index % 2 == 0 ? (comma ? "\"land, wide\"" : "land") : "town"
            return "the \(words[index % 4]) is \(["big", "red", "small"][index / 4 % 3]) \(index),\(label)\n"
        }
        return "text,label\n" + rows.joined()
    }

    @Test func `few examples are cross-validated, calibrated and reported as such`() throws {
        let program = try Program()
        let path = try program.folder.write("a.csv", examples(24, comma: true))
        let output = program.folder.path("model")
        let outcome = try program.run(
            "train", "classify", path, "--model", Self.model, "--output", output, "--folds", "2", "--threads", "1")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.lines.prefix(3).map { $0.split(separator: ":")[0] } == ["frozen", "contrastive", "fine-tuned"])
        #expect(outcome.text.contains("learnt from 24 examples, cross-validated\ncalibrated: error "))
        let found = try program.run("classify", output, "--threshold", "0", "--json", "the river is big").object()
        #expect(["land, wide", "town"].contains(found["label"] as? String))
    }

    @Test func `labels may stand in a file of their own`() throws {
        let program = try Program()
        for index in 0..<12 {
            _ = try program.folder.write(
                "mail/\(index).txt", "the \(index % 2 == 0 ? "river" : "money") is big \(index)")
        }
        let rows = (0..<10).map { "\($0).txt,\($0 % 2 == 0 ? "land" : "town")\n" }
        let labels = try program.folder.write("labels.csv", "path,label\n" + rows.joined() + "none.txt,land\n")
        let outcome = try program.run(
            "train", "classify", program.folder.path("mail"), "--labels", labels, "--method", "frozen", "--folds", "2",
            "--model", Self.model, "--output", program.folder.path("model"), "--threads", "1", "--json")
        let report = try outcome.object()
        #expect(report["training_examples"] as? Int == 10)
        #expect(report["label_file"] as? [String: Int] == ["texts_without_label": 2, "labels_without_text": 1])
        #expect(outcome.errors.contains("2 texts without a label in"))
        #expect(outcome.errors.contains("1 label in \(labels) named no text"))
    }

    @Test(arguments: [
        ["--id-field", "x"], ["--labels", "a.csv", "--pair-field", "x"], ["--patience", "0"],
        ["--patience", "2", "--folds", "3"],
    ])
    func `options that do not go together are refused`(options: [String]) throws {
        let program = try Program()
        let path = try program.folder.write("a.csv", examples(8))
        let outcome = try program.run(
            ["train", "classify", path, "--output", program.folder.path("model")] + options, input: Data())
        #expect(outcome.status == 64)
    }

    @Test func `a run that ends before its time says which pass it kept`() throws {
        let program = try Program()
        let path = try program.folder.write("a.csv", examples(40))
        let outcome = try program.run(
            "train", "classify", path, "--method", "fine-tuned", "--epochs", "40", "--patience", "1", "--rate", "1e-7",
            "--model", Self.model, "--output", program.folder.path("model"), "--threads", "1")
        #expect(outcome.text.contains("kept pass 1 of 2 (40 planned): held-out "), "\(outcome.text) \(outcome.errors)")
    }

    @Test func `the report as JSON says what was scored and how sure the model is`() throws {
        let program = try Program()
        let path = try program.folder.write("a.csv", examples(60))
        let scored = try program.folder.write("b.csv", "text,label\na new river,land\nmoney in a bank,town\n")
        let report = try program.run(
            "train", "classify", path, "--score", scored, "--method", "frozen", "--class-weights", "balanced",
            "--model", Self.model, "--output", program.folder.path("model"), "--json", "--threads", "1"
        ).object()
        #expect(report["scoring"] as? String == "held-out")
        #expect(report["training_examples"] as? Int == 60 && report["held_out_examples"] as? Int == 2)
        let calibration = try #require(report["calibration"] as? [String: Any])
        #expect(Set(calibration.keys) == ["temperature", "error_before", "error_after"])
    }

    @Test(arguments: [
        ("one.csv", "text,label\na,x\nb,x\n", "have the label 'x'"),
        ("empty.csv", "text,label\n,x\nb,y\n", "empty.csv:2: the field 'text' is empty"),
        ("none.csv", "text,label\n", "no examples"),
        ("label.jsonl", #"{"text": "a", "label": NaN}"#, "label.jsonl:1"),
        ("number.jsonl", #"{"text": "a", "label": 0.5}"# + "\n", "neither a text nor a whole number"),
        ("lonely.csv", "text,label\na,x\nA,y\n", "too few different examples"),
    ])
    func `bad data is refused in one line and nothing is written`(
        name: String, contents: String, message: String
    ) throws {
        let program = try Program()
        try refuse(program, try program.folder.write(name, contents), message)
    }

    @Test func `a million labels are refused in one line`() throws {
        let program = try Program()
        let rows = (0..<1_000_000).map { "text \($0),label \($0)\n" }
        try refuse(
            program, try program.folder.write("ids.csv", "text,label\n" + rows.joined()),
            "more than 10000 different labels")
    }

    @Test func `mixed encodings are refused in one line`() throws {
        let program = try Program()
        let path = program.folder.path("mixed.csv")
        try (Data("text,label\na,x\n".utf8) + Data([0x67, 0x72, 0xFC, 0x6E, 0x2C, 0x79, 0x0A])).write(
            to: URL(filePath: path))
        try refuse(program, path, "not valid UTF-8")
    }

    @Test(arguments: [["--folds", "101"], ["--label-smoothing", "1"], ["--class-weights", "some"]])
    func `options out of their range are refused`(options: [String]) throws {
        let program = try Program()
        let path = try program.folder.write("a.csv", examples(8))
        let outcome = try program.run(
            ["train", "classify", path, "--output", program.folder.path("model")] + options, input: Data())
        #expect(outcome.status == 64)
    }

    private func refuse(_ program: Program, _ path: String, _ message: String) throws {
        let output = program.folder.path("model")
        let outcome = try program.run("train", "classify", path, "--model", Self.model, "--output", output)
        #expect(outcome.status != 0 && outcome.text.isEmpty)
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains(message), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: output))
    }
}
