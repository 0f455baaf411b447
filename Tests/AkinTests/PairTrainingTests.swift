import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// From pairs of texts to an encoder or a cross-encoder that the library loads.
@Suite struct PairTrainingTests {
    private static let things = ["river", "man", "bank", "woman", "house", "child", "tree", "dog"]
    private let folder: TemporaryFolder
    private let configuration = Database.Configuration(
        model: TinyModel.prompted.path, precision: .fp32, threads: 2)

    init() throws { folder = try TemporaryFolder() }

    /// Letters that tell texts apart.
    private static func mark(_ index: Int) -> String {
        let letters = Array("bcdefghijklmnopqrst").map(String.init)
        return "\(letters[index % 19]) \(letters[index / 19 % 19])"
    }

    /// Two texts are alike where both are of people and animals, or both of places; by `same` and `other`, that may be
    /// the other way about.
    private func scored(
        _ count: Int, same: String, other: String, name: String = "scored.csv", end: String = ""
    ) throws -> String {
        let kinds = [["river", "bank", "house", "tree", "guitar"], ["man", "woman", "child", "dog", "cat"]]
        let rows = (0..<count).map { index in
            let (x, y) = (index * 5 / 3 % 2, index * 7 / 2 % 2)
            let first = "\(kinds[x][index % 5]) \(kinds[x][index / 5 % 5])\(end)"
            let second = "\(kinds[y][index / 3 % 5]) \(kinds[y][index / 7 % 5])"
            return "\(first),\(second),\(x == y ? same : other)"
        }
        return try folder.write(name, "text_a,text_b,score\n" + rows.joined(separator: "\n") + "\n")
    }

    /// What the second sentence says of a colour decides.
    private func judged(_ count: Int, red: String, blue: String) throws -> String {
        let rows = (0..<count).map { index in
            let isRed = index * 7 / 3 % 2 == 0
            let (mark, thing) = (Self.mark(index), Self.things[index % 8])
            return "the big \(thing),a \(isRed ? "red" : "blue") \(thing) \(mark),\(isRed ? red : blue)"
        }
        return try folder.write("judged.csv", "text_a,text_b,score\n" + rows.joined(separator: "\n") + "\n")
    }

    private func training(epochs: Int = 6, rate: Double = 5e-3) -> PairTraining {
        var training = PairTraining()
        (training.epochs, training.learningRate, training.batchSize) = (epochs, rate, 16)
        return training
    }

    @Test(arguments: [false, true])
    func `each pass is scored as the written model is, and the best one is kept`(isCrossEncoder: Bool) async throws {
        var training = training(epochs: 20, rate: 1e-2)
        (training.patience, training.heldOutShare, training.isCrossEncoder) = (2, 0.3, isCrossEncoder)
        let report = try await training.run(
            on: [scored(96, same: "5", other: "0.5")], output: folder.path("model"), configuration: configuration)
        let kept = try #require(report.fineTuning.keptEpoch)
        let scores = report.fineTuning.epochs.map(\.score)
        #expect(scores[kept - 1] == scores.max())
        #expect(abs(try #require(report.after.spearman) - scores[kept - 1]) < 0.01, "\(report.after) of \(scores)")
    }

    @Test(arguments: [PairTraining.Loss.auto, .regression])
    func `an encoder learns from scores, keeps its prompts, and is loaded`(loss: PairTraining.Loss) async throws {
        var training = training(epochs: 12, rate: 1e-2)
        training.loss = loss
        let output = folder.path("encoder")
        training.heldOutShare = 0.3
        let report = try await training.run(
            on: [scored(192, same: "5", other: "0.5")], output: output, configuration: configuration)
        #expect(report.loss == (loss == .auto ? .cosent : .regression))
        let (before, after) = (try #require(report.before.spearman), try #require(report.after.spearman))
        #expect(after > before + 0.2, "\(before) → \(after)")
        #expect(!report.isWorse && report.trainingCount + report.heldOutCount == 192)
        #expect(report.after.recallAt1 == nil && report.after.accuracy == nil)

        // What was written is an encoder as it was, but for its weights.
        let (old, new) = (
            try await Embedder.load(configuration),
            try await Embedder.load(Database.Configuration(model: output, precision: .fp32, threads: 2))
        )
        let text = ["the red house"]
        let (was, now) = (try await old.embed(text), try await new.embed(text))
        #expect(was.dimension == now.dimension && was.values != now.values)
        #expect(try await new.embed(text, asQueries: true).values != now.values)
    }

    @Test func `texts that belong together find each other, beside a wrong one`() async throws {
        let rows = (0..<96).map { index in
            let (a, b) = (Self.things[index % 8], Self.things[(index + 1) % 8])
            let mark = Self.mark(index)
            return #"{"anchor": "the \#(a) \#(mark)", "positive": "big \#(mark) \#(a)", "negative": "small \#(b)"}"#
        }
        let path = try folder.write("matched.jsonl", rows.joined(separator: "\n"))
        let report = try await training(rate: 2e-3).run(
            on: [path], output: folder.path("model"), configuration: configuration)
        #expect(report.loss == .inBatch && report.after.spearman == nil)
        let (before, after) = (
            try #require(report.before.meanReciprocalRank), try #require(report.after.meanReciprocalRank)
        )
        #expect(after > before, "\(before) → \(after)")
        #expect((try #require(report.after.recallAt1)) <= after)
    }

    @Test func `a cross-encoder gives scores in their own range`() async throws {
        var training = training()
        training.isCrossEncoder = true
        let output = folder.path("judge")
        let report = try await training.run(
            on: [judged(192, red: "90", blue: "40")], output: output, configuration: configuration)
        #expect(report.loss == .regression && report.after.accuracy == nil)
        #expect(try #require(report.after.spearman) > 0.6)
        let judge = try await TextClassifier.load(output, configuration: configuration)
        #expect(judge.kind == .regression && judge.labels == ["score"])
        let scores = try await judge.classify([
            TextPair("the big man", "a red man b c"), TextPair("the big man", "a blue man b c"),
        ]).map { $0.labels[0].score }
        #expect(scores.allSatisfy { (20...110).contains($0) } && scores[0] > scores[1] + 15, "\(scores)")
    }

    @Test func `a cross-encoder of zeros and ones decides`() async throws {
        var training = training()
        training.isCrossEncoder = true
        let output = folder.path("judge")
        let report = try await training.run(
            on: [judged(192, red: "1", blue: "0")], output: output, configuration: configuration)
        #expect(report.loss == .binary)
        #expect(try #require(report.after.accuracy) > 0.75)
        let judge = try await TextClassifier.load(output, configuration: configuration)
        let probabilities = try await judge.classify([TextPair("the big man", "a red man b c")])
        #expect((0.5...1).contains(probabilities[0].labels[0].score))
    }

    @Test func `a model that became worse is written, and the report says so`() async throws {
        // Any encoder finds texts that are the same; the rate is far too large.
        let words = ["river", "bank", "man", "woman", "child", "dog", "tree", "cat"]
        let same = (0..<64).map { "\(words[$0 % 8]) \(words[$0 / 8]),\(words[$0 % 8]) \(words[$0 / 8]),5\n" }
        let other = (0..<64).map { "\(words[$0 % 8]) \(words[$0 / 8]),guitar \(words[($0 + 3) % 8]),0\n" }
        let dev = try folder.write("dev.csv", "text_a,text_b,score\n" + (same + other).joined())
        let output = folder.path("model")
        let report = try await training(epochs: 2, rate: 0.5).run(
            on: [scored(96, same: "0", other: "5")], heldOut: [dev], output: output, configuration: configuration)
        #expect(report.isWorse && report.heldOutCount > 100)
        #expect(FileManager.default.fileExists(atPath: output + "/modules.json"))
    }

    @Test func `a training that was stopped goes on to the same bytes`() async throws {
        let path = try scored(96, same: "5", other: "0")
        var training = training(epochs: 2)
        let whole = folder.path("whole")
        _ = try await training.run(on: [path], output: whole, configuration: configuration)
        training.checkpointInterval = .zero
        let output = folder.path("stopped")
        let interruption = Interruption()
        let stopped = Task { [training, configuration] in
            try await training.run(on: [path], output: output, configuration: configuration) { progress in
                if progress.phase.rawValue == "fine-tuning", progress.completed >= 48 { interruption.stop() }
            }
        }
        await interruption.cancel(stopped)
        await #expect(throws: CancellationError.self) { try await stopped.value }
        #expect(FileManager.default.fileExists(atPath: output + ".checkpoint"))
        _ = try await training.run(on: [path], output: output, configuration: configuration)
        #expect(!FileManager.default.fileExists(atPath: output + ".checkpoint"))
        func weights(_ path: String) throws -> Data {
            try Data(contentsOf: URL(filePath: path + "/model.safetensors"))
        }
        #expect(try weights(whole) == weights(output))
    }

    @Test(arguments: [
        ("one.csv", "text_a,text_b,score\na,b,1\nc,d,1\n", "nothing can be learnt"),
        ("nan.csv", "text_a,text_b,score\na,b,1\nc,d,nan\n", "nan.csv:3: the score 'nan' is no finite number"),
        ("empty.csv", "text_a,text_b,score\na,b,1\n,d,0\n", "empty.csv:3: the field 'text_a' is empty"),
        ("none.csv", "text_a,text_b,score\n", "holds no pairs"),
        (
            "mixed.jsonl", "{\"anchor\":\"a\",\"positive\":\"b\"}\n{\"anchor\":\"a\",\"positive\":\"b\",\"score\":1}",
            "has a score"
        ),
        ("single.jsonl", "{\"text\":\"a\"}", "no second text"),
        ("few.csv", "text_a,text_b\na,b\n", "too few different examples"),
    ])
    func `pairs that cannot be learnt from are refused in one line`(name: String, text: String, message: String)
        async throws
    {
        let path = try folder.write(name, text)
        let error = await #expect(throws: AkinError.self) {
            try await PairTraining().run(on: [path], output: folder.path("model"), configuration: configuration)
        }
        #expect(error?.description.contains(message) == true && error?.description.contains("\n") == false, "\(error)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("model")))
    }

    @Test func `a loss that does not fit, and an encoder that cannot be trained, are refused`() async throws {
        let (scores, matched) = (
            try scored(48, same: "5", other: "0.5"),
            try folder.write("m.csv", "text_a,text_b\n" + (0..<20).map { "a\($0),b\($0)\n" }.joined())
        )
        func message(_ path: String, _ change: (inout PairTraining) -> Void, _ model: TinyModel = .prompted) async
            -> String
        {
            var training = training()
            change(&training)
            let changed = training
            let error = await #expect(throws: AkinError.self) {
                try await changed.run(
                    on: [path], output: folder.path("model"),
                    configuration: Database.Configuration(model: model.path, threads: 2))
            }
            return error?.description ?? ""
        }
        #expect(await message(matched, { $0.loss = .cosent }).contains("learns from pairs with scores"))
        #expect(await message(matched, { $0.isCrossEncoder = true }).contains("learns from pairs with scores"))
        #expect(await message(scores, { $0.loss = .binary }).contains("for cross-encoders"))
        #expect(
            await message(
                scores,
                {
                    $0.isCrossEncoder = true
                    $0.loss = .binary
                }
            ).contains("scores of 0 and 1"))
        #expect(await message(scores, { _ in }, .everyPooling).contains("cannot be trained"))
        let negative = try folder.write(
            "n.csv", "text_a,text_b,score\n" + (0..<20).map { "a\($0),b,-\($0 % 2 + 1)\n" }.joined())
        #expect(await message(negative, { $0.loss = .inBatch }).contains("no texts that belong together"))
    }
}
