import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Synchronization
import Testing

/// From labelled texts to a classifier that the library loads.
@Suite struct ClassifierTrainingTests {
    /// Texts that name their class.
    private func write(_ count: Int, in folder: TemporaryFolder) throws -> String {
        let words = ["river": "nature", "tree": "nature", "money": "town", "bank": "town"]
        let names = words.keys.sorted()
        let lines = (0..<count).map { index in
            let name = names[index % names.count]
            let more = ["big", "small", "red", "blue", "a", "the", "dog", "cat"]
            let text = "the \(name) is \(more[index / 4 % 8]) and \(more[index / 32 % 8]) \(index)"
            return #"{"text": "\#(text)", "label": "\#(words[name] ?? "")"}"#
        }
        return try folder.write("examples.jsonl", lines.joined(separator: "\n") + "\n")
    }

    @Test(arguments: [ClassifierTraining.Method.frozen, .contrastive, .fineTuned, .best])
    func `a classifier is trained, written and loaded`(method: ClassifierTraining.Method) async throws {
        let folder = try TemporaryFolder()
        let examples = try write(160, in: folder)
        let model = method == .contrastive ? TinyModel.sharded : .dense
        let configuration = Database.Configuration(model: model.path, threads: 1)
        var training = ClassifierTraining()
        (training.method, training.epochs, training.folds) = (method, 6, 0)
        training.learningRate = method == .contrastive ? 5e-4 : 5e-3
        let output = folder.path("classifier")
        let report = try await training.run(on: [examples], output: output, configuration: configuration)
        #expect(report.labels == ["nature", "town"])
        #expect(report.trainingCount + report.heldOutCount == 160 && report.heldOutCount == 16)
        #expect(report.trials.map(\.method) == (method == .best ? [.frozen, .fineTuned] : [method]))
        #expect(report.trials.first { $0.method == report.method }?.accuracy == report.accuracy)
        #expect(report.scoring == .heldOut)
        #expect(report.accuracy > 0.9)

        let classifier = try await TextClassifier.load(output, configuration: configuration)
        #expect(classifier.labels == report.labels)
        let found = try await classifier.classify(["the river is big", "the money is red"])
        #expect(found.map { $0.labels[0].label } == ["nature", "town"])
        #expect(found.allSatisfy { abs($0.labels.reduce(0) { $0 + $1.score } - 1) < 1e-4 })
        await expectRefusal(.cannotCreate, saying: "exists already") {
            try await training.run(on: [examples], output: output, configuration: configuration)
        }
    }

    @Test func `few examples are cross-validated and all learnt from`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(40, in: folder)
        let configuration = Database.Configuration(model: TinyModel.half.path, threads: 1)
        var training = ClassifierTraining()
        (training.learningRate, training.epochs) = (5e-3, 4)
        let output = folder.path("classifier")
        let report = try await training.run(on: [examples], output: output, configuration: configuration)
        #expect(report.scoring == .crossValidation)
        #expect(report.trainingCount == 40 && report.heldOutCount == 40)
        #expect(report.trials.map(\.method) == [.frozen, .contrastive, .fineTuned])
        #expect(report.classes.map(\.support) == [20, 20])
        _ = try await TextClassifier.load(output, configuration: configuration).classify(["the river is big"])
        #expect(!FileManager.default.fileExists(atPath: output + ".checkpoint"))
    }

    /// The written encoder is the trained one: its vectors give the labels that were learnt, and differ from the old ones.
    @Test(arguments: [TinyModel.half, .prompted, .classToken])
    func `an encoder that was trained on pairs is written with its classifier`(model: TinyModel) async throws {
        let folder = try TemporaryFolder()
        let examples = try write(80, in: folder)
        let configuration = Database.Configuration(model: model.path, precision: .fp32, threads: 1)
        var training = ClassifierTraining()
        (training.method, training.folds) = (.contrastive, 2)
        let output = folder.path("classifier")
        let report = try await training.run(on: [examples], output: output, configuration: configuration)
        let classifier = try await TextClassifier.load(output, configuration: configuration)
        let lines = try String(contentsOfFile: examples, encoding: .utf8).split(separator: "\n")
        let texts = try lines.map { line -> (text: String, label: String) in
            let fields = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
            return (fields["text"] ?? "", fields["label"] ?? "")
        }
        let found = try await classifier.classify(texts.map(\.text))
        let right = zip(found, texts).count { $0.labels[0].label == $1.label }
        #expect(Double(right) / 80 >= report.accuracy - 0.05, "\(right) of 80, \(report.accuracy)")
        let weights = "model.safetensors"
        #expect(
            try Data(contentsOf: URL(filePath: output).appending(path: weights))
                != Data(contentsOf: URL(filePath: model.path).appending(path: weights)))
    }

    @Test func `an encoder with a layer behind its pooling cannot be trained on pairs`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(40, in: folder)
        var training = ClassifierTraining()
        training.method = .contrastive
        await expectRefusal(.incompatible, saying: "contrastive training") {
            try await training.run(
                on: [examples], output: folder.path("model"),
                configuration: Database.Configuration(model: TinyModel.dense.path))
        }
    }

    @Test func `files of their own are scored in place of a part`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(80, in: folder)
        let scored = try folder.write(
            "scored.csv", "text,label\nthe river is new,nature\na bank of money,town\n")
        let other = try folder.write("other.csv", "text,label\nthe river is new,water\n")
        let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 1)
        var training = ClassifierTraining()
        training.method = .frozen
        let report = try await training.run(
            on: [examples], heldOut: [scored], output: folder.path("model"), configuration: configuration)
        #expect(report.trainingCount == 80 && report.heldOutCount == 2 && report.scoring == .heldOut)
        await expectRefusal(.invalidData, saying: "'water'") {
            try await training.run(
                on: [examples], heldOut: [other], output: folder.path("other"), configuration: configuration)
        }
        await expectRefusal(.noInput, saying: "no text to score") {
            try await training.run(
                on: [examples], heldOut: [examples], output: folder.path("other"), configuration: configuration)
        }
    }

    /// Nine of ten are of one class, and the texts say nothing.
    @Test(arguments: [ClassifierTraining.Method.frozen, .fineTuned])
    func `balanced classes are found more often than rare ones`(method: ClassifierTraining.Method) async throws {
        let folder = try TemporaryFolder()
        let words = ["big", "small", "red", "blue", "dog", "cat"]
        let lines = (0..<120).map { index in
            let text = "\(words[index % 6]) \(words[index / 6 % 6]) \(index)"
            return #"{"text": "\#(text)", "label": "\#(index % 10 == 0 ? "rare" : "usual")"}"#
        }
        let path = try folder.write("uneven.jsonl", lines.joined(separator: "\n"))
        var rare: [ClassifierTraining.ClassWeights: Double] = [:]
        for weights in ClassifierTraining.ClassWeights.allCases {
            var training = ClassifierTraining()
            (training.method, training.classWeights, training.folds, training.epochs) = (method, weights, 3, 10)
            training.learningRate = 5e-3
            let report = try await training.run(
                on: [path], output: folder.path("model-\(weights)"),
                configuration: Database.Configuration(model: TinyModel.dense.path, threads: 1))
            rare[weights] = report.classes[0].recall
        }
        #expect(try #require(rare[.balanced]) > #require(rare[.none]), "\(rare)")
    }

    @Test func `a null label is named as such`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "a.jsonl", #"{"text": "a", "label": null}"# + "\n" + #"{"text": "b", "label": "y"}"#)
        await expectRefusal(.invalidData, saying: "is null") {
            try await ClassifierTraining().run(
                on: [path], output: folder.path("model"),
                configuration: Database.Configuration(model: TinyModel.dense.path))
        }
    }

    @Test func `a run says what it needs, keeps to a limit, and reports its curve`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(160, in: folder)
        let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)
        var training = ClassifierTraining()
        (training.method, training.epochs, training.folds) = (.fineTuned, 3, 0)
        let notices = Mutex<[String]>([])
        let handler: ProgressHandler = { progress in
            if let notice = progress.notice { notices.withLock { $0.append(notice) } }
        }
        let whole = try await training.run(
            on: [examples], output: folder.path("whole"), configuration: configuration, progress: handler)
        let tuning = try #require(whole.fineTuning)
        #expect(tuning.steps == 15 && tuning.curve.map(\.step) == Array(1...15) && tuning.partCount == 1)
        #expect(tuning.epochs.map(\.epoch) == [1, 2, 3] && tuning.epochs.last?.score == whole.accuracy)
        #expect(tuning.curve.allSatisfy { $0.loss > 0 && $0.norm > 0 })
        let page = String(decoding: whole.html(), as: UTF8.self)
        #expect(page.contains("Learning curve") && page.contains("Hardest examples") && page.contains("nature"))

        training.memory = tuning.memoryBytes - 1
        let parts = try await training.run(
            on: [examples], output: folder.path("parts"), configuration: configuration, progress: handler)
        #expect(parts.fineTuning?.partCount ?? 0 > 1)
        #expect(parts.fineTuning?.memoryBytes ?? .max <= tuning.memoryBytes - 1)
        let said = notices.withLock { $0 }
        #expect(said.count == 2 && said[0].hasPrefix("needs about ") && said[1].contains("parts"))

        training.memory = 1000
        await expectRefusal(.invalidArgument, saying: "allow more memory") {
            try await training.run(on: [examples], output: folder.path("none"), configuration: configuration)
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == [
                "examples.jsonl", "parts", "whole",
            ])
    }

    /// What is written is the best pass: the classifier is as often right as that pass was.
    @Test func `the best pass is kept where patience says so`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(96, in: folder)
        let texts = ["river", "tree", "money", "bank"].flatMap { word in
            (0..<8).map { (text: "a \(word) or dog \($0)", label: word < "n" ? "town" : "nature") }
        }
        // Half of the labels are wrong by the examples, so that no pass has them all.
        let rows = texts.enumerated().map { "\($1.text),\($0 % 4 == 0 ? "town" : $1.label)" }
        let scored = try folder.write("scored.csv", "text,label\n" + rows.joined(separator: "\n") + "\n")
        let configuration = Database.Configuration(model: TinyModel.dense.path, precision: .fp32, threads: 2)
        var training = ClassifierTraining()
        (training.method, training.epochs, training.learningRate) = (.fineTuned, 30, 1e-2)
        training.patience = 2
        let output = folder.path("model")
        let report = try await training.run(
            on: [examples], heldOut: [scored], output: output, configuration: configuration)
        let tuning = try #require(report.fineTuning)
        let kept = try #require(tuning.keptEpoch)
        let scores = tuning.epochs.map(\.score)
        #expect(tuning.plannedEpochs == 30 && scores.count < 30 && scores.count == kept + 2)
        #expect(scores[kept - 1] == scores.max() && report.accuracy == scores[kept - 1])
        #expect(tuning.steps == scores.count * 3)
        let classifier = try await TextClassifier.load(output, configuration: configuration)
        let found = try await classifier.classify(rows.map { String($0.split(separator: ",")[0]) })
        let right = zip(found, rows).count { $0.labels[0].label == $1.split(separator: ",")[1] }
        #expect(Double(right) / Double(rows.count) == report.accuracy)

        training.folds = 3
        await expectRefusal(.invalidArgument, saying: "cross-validation") {
            try await training.run(on: [examples], output: folder.path("other"), configuration: configuration)
        }
    }

    /// Stopped after some steps, by cancelling the task.
    @Test func `a training that was stopped goes on to the same bytes`() async throws {
        let folder = try TemporaryFolder()
        let examples = try write(160, in: folder)
        let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)
        var training = ClassifierTraining()
        (training.method, training.epochs, training.checkpointInterval) = (.fineTuned, 8, .zero)
        training.folds = 0
        let (whole, resumed) = (folder.path("whole"), folder.path("resumed"))
        _ = try await training.run(on: [examples], output: whole, configuration: configuration)

        // The seventh step waits until the task is cancelled.
        let steps = Atomic(0)
        let isCancelled = Atomic(false)
        let stopped = Task { [training] in
            try await training.run(on: [examples], output: resumed, configuration: configuration) { progress in
                guard progress.phase.rawValue == "fine-tuning" else { return }
                if steps.add(1, ordering: .relaxed).newValue == 7 {
                    while !isCancelled.load(ordering: .relaxed) { usleep(1000) }
                }
            }
        }
        while steps.load(ordering: .relaxed) < 7 { try await Task.sleep(for: .milliseconds(1)) }
        stopped.cancel()
        isCancelled.store(true, ordering: .relaxed)
        await #expect(throws: CancellationError.self) { try await stopped.value }
        #expect(FileManager.default.fileExists(atPath: resumed + ".checkpoint"))
        #expect(!FileManager.default.fileExists(atPath: resumed))

        var other = training
        other.seed = 2
        await expectRefusal(.incompatible, saying: "another training") {
            try await other.run(on: [examples], output: resumed, configuration: configuration)
        }
        _ = try await training.run(on: [examples], output: resumed, configuration: configuration)
        for name in try FileManager.default.contentsOfDirectory(atPath: whole) {
            let expected = try Data(contentsOf: URL(filePath: whole).appending(path: name))
            #expect(try Data(contentsOf: URL(filePath: resumed).appending(path: name)) == expected, "\(name)")
        }
        #expect(!FileManager.default.fileExists(atPath: resumed + ".checkpoint"))
    }

    /// The longest text is held out for sure: it is the only one of its length and there are two of each class.
    @Test func `a held-out text may be longer than all that is learnt from`() async throws {
        let folder = try TemporaryFolder()
        let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)
        let lines = (0..<40).map { index in
            let word = index % 2 == 0 ? "river" : "money"
            let text = Array(repeating: word, count: 1 + index / 2).joined(separator: " ")
            return #"{"text": "\#(text)", "label": "\#(word)"}"#
        }
        let path = try folder.write("examples.jsonl", lines.joined(separator: "\n"))
        for seed in 1...6 {
            var training = ClassifierTraining()
            (training.method, training.epochs, training.heldOutShare, training.seed) = (
                .fineTuned, 1, 0.5, UInt64(seed)
            )
            _ = try await training.run(on: [path], output: folder.path("model-\(seed)"), configuration: configuration)
        }
    }

    @Test func `examples that teach nothing are refused in one line`() async throws {
        let folder = try TemporaryFolder()
        let configuration = Database.Configuration(model: TinyModel.dense.path, threads: 2)
        for (name, text, code) in [
            (
                "one.jsonl", #"{"text": "a", "label": "x"}"# + "\n" + #"{"text": "b", "label": "x"}"#,
                AkinError.Code.invalidData
            ),
            ("empty.csv", "text,label\n", .noInput),
            ("blank.jsonl", #"{"text": " ", "label": "x"}"# + "\n" + #"{"text": "b", "label": "y"}"#, .invalidData),
            ("nolabel.csv", "text,other\na,b\nc,d\n", .invalidData),
        ] {
            let path = try folder.write(name, text)
            await expectRefusal(code) {
                try await ClassifierTraining().run(
                    on: [path], output: folder.path("model"), configuration: configuration)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("model")))
    }
}
