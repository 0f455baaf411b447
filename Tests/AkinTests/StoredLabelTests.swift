import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Labels that documents have in metadata of their own: learnt from, and compared with a classifier's.
@Suite struct StoredLabelTests {
    private static func database(_ documents: [Document], in folder: TemporaryFolder) async throws -> Database {
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(documents)
        return database
    }

    private static func text(_ outcome: ClusterOutcome, _ format: ReportFormat) throws -> String {
        String(decoding: try outcome.rendered(as: format), as: UTF8.self)
    }

    @Test func `a classifier learns from a metadata field of the documents`() async throws {
        let folder = try TemporaryFolder()
        var documents = TinyLabellers.documents(0..<120, withKind: true)
        documents.append(Document(id: "none", text: "the river is big"))
        documents.append(Document(id: "two", text: "the river is big", metadata: ["kind": ["nature", "town"]]))
        documents.append(Document(id: "number", text: "the bank is big", metadata: ["rank": 3]))
        let database = try await Self.database(documents, in: folder)
        var training = ClassifierTraining()
        (training.method, training.labelField) = (.frozen, "kind")
        let report = try await training.run(
            on: database, output: folder.path("model"), configuration: Database.Configuration(threads: 2))
        #expect(report.labels == ["nature", "town"])
        #expect(report.trainingCount == 120 && report.scoring == .crossValidation)
        #expect(report.accuracy > 0.9)
        let model = LabellingModel.classifier(folder.path("model"))
        let summary = try await database.label(by: model, LabellingOptions(field: "topic"))
        #expect(summary.labelled == 123)

        // What a model has said teaches nothing.
        training.labelField = "topic"
        await expectRefusal(.noInput) { try await training.run(on: database, output: folder.path("other")) }
        training.labelField = "rank"
        await expectRefusal(.invalidData, saying: "label '3'") {
            try await training.run(on: database, output: folder.path("other"))
        }
        training.labelField = "knd"
        await expectRefusal(.noInput, saying: "did you mean 'kind'") {
            try await training.run(on: database, output: folder.path("other"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("other")))
    }

    @Test func `a classifier learns from a file of labels of the documents`() async throws {
        let folder = try TemporaryFolder()
        for index in 0..<20 {
            try folder.write("notes/\(index).txt", "the \(index % 2 == 0 ? "river" : "bank") is big \(index)")
        }
        let database = try await Self.database(TinyLabellers.documents(0..<40, withKind: true), in: folder)
        _ = try await database.index(paths: [folder.path("notes")])
        let documents = TinyLabellers.documents(0..<40, withKind: true)
        let rows =
            documents.map { "\($0.id),\($0.metadata["kind"]?.scalarText ?? "")" }
            + (0..<20).map { "\(folder.path("notes/\($0).txt")),\($0 % 2 == 0 ? "nature" : "town")" } + ["none,town"]
        var training = ClassifierTraining()
        training.method = .frozen
        training.labelsPath = try folder.write("labels.csv", "id,label\n" + rows.joined(separator: "\n") + "\n")
        let report = try await training.run(
            on: database, output: folder.path("model"), configuration: Database.Configuration(threads: 2))
        #expect(report.labels == ["nature", "town"] && report.trainingCount == 60)
        #expect(report.joining?.unlabelledCount == 0 && report.joining?.missingCount == 1)

        training.labelsPath = try folder.write("none.csv", "id,label\nx,a\ny,b\n")
        await expectRefusal(.invalidData, saying: "has no text that") {
            try await training.run(on: database, output: folder.path("other"))
        }
    }

    @Test func `a classifier is compared with the documents' labels and with its training`() async throws {
        let folder = try TemporaryFolder()
        var documents = TinyLabellers.documents(0..<40, withKind: true)
        // Ten that people call otherwise than the classifier, and a label that it does not know.
        for index in 0..<10 { documents[index].metadata["kind"] = "town" }
        documents[11].metadata["kind"] = "sea"
        documents[12].metadata["kind"] = ["town", "nature"]
        let database = try await Self.database(documents, in: folder)
        let path = try await TinyLabellers.fineTuned
        let classifier = try await TextClassifier.load(path, configuration: .tiny())
        let given = try await classifier.classify(documents.map(\.text)).map { $0.labels[0] }

        let evaluation = try await database.evaluateLabels(by: .classifier(path), field: "kind")
        #expect(evaluation.documents == 39 && evaluation.ambiguous == 1 && evaluation.unknown == 1)
        let compared = documents.indices.filter { $0 != 12 }
        let right = compared.filter { documents[$0].metadata["kind"] == .string(given[$0].label) }.count
        #expect(abs(evaluation.accuracy - Double(right) / 39) < 1e-9)
        #expect(evaluation.confusions.reduce(0) { $0 + $1.count } == 39 - right)
        #expect(evaluation.confusions.map(\.count) == evaluation.confusions.map(\.count).sorted(by: >))
        #expect(evaluation.classes.map(\.label) == ["nature", "sea", "town"])
        let confidence = compared.reduce(0) { $0 + given[$1].score } / 39
        #expect(abs(evaluation.meanConfidence - confidence) < 1e-6)
        #expect(try #require(evaluation.training).accuracy > evaluation.accuracy)

        let some = try await database.evaluateLabels(
            by: .classifier(path), field: "kind", where: .field("kind") == "nature")
        #expect(some.documents < 39)
        await expectRefusal(.noInput) { try await database.evaluateLabels(by: .classifier(path), field: "none") }
        let tagger = LabellingModel.tagger(try await TinyLabellers.tagger)
        await expectRefusal(.invalidArgument) { try await database.evaluateLabels(by: tagger, field: "kind") }
    }

    @Test func `a clustering counts the labels of each cluster`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(TinyLabellers.documents(0..<40), in: folder)
        let plain = try await Self.text(database.cluster(ClusteringOptions(count: 2)), .json)
        #expect(!plain.contains(#""labels""#))
        try await database.label(
            by: .classifier(try await TinyLabellers.frozen), LabellingOptions(field: "topic"))
        let outcome = try await database.cluster(ClusteringOptions(count: 2))
        let json = try JSONSerialization.jsonObject(with: try outcome.rendered(as: .json)) as? [String: Any]
        let clusters = try #require(json?["clusters"] as? [[String: Any]])
        let counts = clusters.flatMap { cluster in
            ((cluster["labels"] as? [String: Any])?["topic"] as? [[String: Any]] ?? [])
                .compactMap { $0["documents"] as? Int }
        }
        #expect(counts.reduce(0, +) == 40)
        #expect(try Self.text(outcome, .markdown).contains("**topic:**"))
        #expect(try Self.text(outcome, .html).contains("<h4>topic "))
    }
}
