import AkinTestSupport
import Foundation
import Testing

@Suite("akin train mlm")
struct TrainMLMTests {
    /// Documents about one animal each.
    private func corpus(_ program: Program, count: Int = 60) throws {
        let sounds = [("dog", "barks"), ("cat", "meows"), ("bird", "sings")]
        let documents = (0..<count).map { index in
            let (animal, sound) = sounds[index % 3]
            return (0..<3).map { "the \(animal) \(sound) \(["today", "here", "again"][($0 + index / 3) % 3]) .\n" }
                .joined()
        }
        try program.folder.write("corpus.txt", documents.joined(separator: "\n"))
    }

    private let small = [
        "--hidden", "32", "--heads", "2", "--layers", "1", "--length", "24", "--vocabulary-size", "70",
        "--batch-size", "8", "--rate", "1e-2", "--dropout", "0",
    ]

    @Test func `a model is trained, and fills masks`() throws {
        let program = try Program()
        try corpus(program)
        let outcome = try program.run(
            ["train", "mlm", "corpus.txt", "--epochs", "12", "--nsp", "--output", "own", "--json"] + small,
            input: Data())
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.object()
        let (before, after) = (report["perplexity_before"] as? Double ?? 0, report["perplexity"] as? Double ?? 0)
        #expect(before > 20 && after > 1 && after < before / 3)
        #expect(report["next_sentence_accuracy"] is Double && report["tokens_per_second"] is Double)
        let curve = try #require(report["curve"] as? [[String: Any]])
        #expect(curve.count == 11 && curve.last?["step"] as? Int == report["steps"] as? Int)

        let filled = try program.run("fill-mask", "own", "--top", "3", "the dog [MASK] today .")
        #expect(filled.status == 0 && filled.lines.count == 3, "\(filled.errors)")
        let embedded = try program.run("embed", "--model", "own", input: "the dog barks\n")
        #expect(embedded.status == 0, "\(embedded.errors)")

        let further = try program.run(
            "train", "mlm", "corpus.txt", "--model", "own", "--steps", "3", "--length", "24", "--output", "more")
        #expect(further.status == 0, "\(further.errors)")
        #expect(further.lines.first?.hasPrefix("more: perplexity ") == true)
        #expect(further.lines.contains { $0.hasPrefix("  step 3: perplexity ") }, "\(further.text)")
    }

    @Test func `what cannot be done is one line and a status`() throws {
        let program = try Program()
        try corpus(program, count: 4)
        try program.folder.write("empty.txt", "\n")
        try program.folder.write("binary.txt", Data([0x61, 0x0A, 0xFF, 0x00, 0x0A]))
        try program.folder.write("line.txt", "one line\n")
        try program.folder.write("v/vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\n")
        try program.folder.write("v/tokenizer_config.json", #"{"do_lower_case": true}"#)
        try program.folder.write("there/file", "")
        for (arguments, status, message) in [
            (["empty.txt"], 66, "holds no text"),
            (["none.txt"], 66, "does not exist"),
            (["binary.txt"], 65, "binary.txt:2: the line is not valid UTF-8"),
            (["line.txt"], 65, "too little text"),
            (["corpus.txt", "--vocabulary", "v"], 65, "no token [MASK]"),
            (["corpus.txt", "--vocabulary", "nowhere"], 66, "nowhere does not exist"),
            (["corpus.txt", "--hidden", "30", "--heads", "4"], 64, "--hidden 30 is not a multiple of --heads 4"),
            (["corpus.txt", "--model", "v", "--layers", "2"], 64, "--layers is for a network from scratch"),
            (["corpus.txt", "--epochs", "1", "--steps", "1"], 64, "--epochs or --steps, not both"),
            (["corpus.txt", "--length", "2"], 64, "--length must be at least 8"),
            (["corpus.txt", "--rate", "2"], 64, "--rate must be above 0"),
        ] {
            let outcome = try program.run(["train", "mlm", "--output", "model"] + arguments, input: Data())
            #expect(outcome.status == status && outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        let taken = try program.run("train", "mlm", "corpus.txt", "--output", "there")
        #expect(taken.status == 73 && taken.errors.contains("exists already"), "\(taken.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.folder.path("model")))
    }

    @Test func `Ctrl-C keeps the state, a kill loses little, and the model has the same bytes`() throws {
        let program = try Program()
        try corpus(program, count: 300)
        let command = ["train", "mlm", "corpus.txt", "--epochs", "60", "--quiet"] + small
        let whole = try program.run(command + ["--output", "whole"], input: Data())
        #expect(whole.status == 0, "\(whole.errors)")
        for signal in [SIGINT, SIGKILL, SIGINT] {
            let running = try program.start(command + ["--output", "model"])
            Thread.sleep(forTimeInterval: 0.6)
            kill(running.process.processIdentifier, signal)
            running.process.waitUntilExit()
            let status = running.process.terminationStatus
            // A machine that is fast enough has finished.
            if FileManager.default.fileExists(atPath: program.folder.path("model")) { break }
            // On a busy machine the signal may come before the program has begun to listen.
            if signal == SIGINT, running.process.terminationReason == .exit {
                #expect(status == 130)
                let errors = try String(contentsOf: running.errorFile, encoding: .utf8)
                #expect(errors.contains("interrupted") && errors.contains("to go on"), "\(errors)")
            }
        }
        if !FileManager.default.fileExists(atPath: program.folder.path("model")) {
            let resumed = try program.run(command + ["--output", "model"], input: Data())
            #expect(resumed.status == 0, "\(resumed.errors)")
        }
        let files = try ["whole", "model"].map {
            try Data(contentsOf: URL(filePath: program.folder.path("\($0)/model.safetensors")))
        }
        #expect(files[0] == files[1])
        for suffix in [".checkpoint", ".checkpoint.curve"] {
            #expect(!FileManager.default.fileExists(atPath: program.folder.path("model" + suffix)))
        }
    }
}
