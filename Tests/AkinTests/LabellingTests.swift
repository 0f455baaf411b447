import Akin
import AkinCore
import AkinTestSupport
import Foundation
import class GRDB.DatabaseQueue
import Synchronization
import Testing

/// Models label the documents of a store, now and as they come.
@Suite struct LabellingTests {
    private static func database(
        in folder: TemporaryFolder, _ documents: [Document] = TinyLabellers.documents(0..<40),
        configuration: Database.Configuration = .tiny()
    ) async throws -> Database {
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: configuration)
        if !documents.isEmpty { _ = try await database.put(documents) }
        return database
    }

    /// Ids of the documents that meet a filter.
    private static func ids(_ database: Database, _ filter: String) async throws -> [String] {
        let found = Collected<String>()
        try await database.export(where: try Database.Filter(filter)) { found.append($0.id) }
        return found.values
    }

    private static func field(_ database: Database, _ field: String) async throws -> LabellingInformation {
        try #require(try await database.information().labels?.first { $0.field == field })
    }

    @Test(arguments: [false, true]) func `every document gets its label, and filters and searches show it`(
        isFineTuned: Bool
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder)
        let nature = try Database.Filter(#"topic = "nature""#)
        #expect(try await database.search("river", filter: nature).results.isEmpty)
        #expect(try await database.search("river").results[0].labels == nil)
        #expect(try await database.information().labels == nil)

        let model = isFineTuned ? try await TinyLabellers.fineTuned : try await TinyLabellers.frozen
        let summary = try await database.label(by: .classifier(model), LabellingOptions(field: "topic"))
        #expect(summary.labelled == 40 && summary.abstained == 0 && summary.unchanged == 0)
        #expect(summary.labels.reduce(0) { $0 + $1.count } == 40)
        let classifier = try await TextClassifier.load(model, configuration: .tiny())
        let expected = try await classifier.classify(TinyLabellers.documents(0..<40).map(\.text))
        let rightIDs = expected.enumerated().filter { $1.labels[0].label == "nature" }.map { "d\($0.offset)" }
        #expect(try await Self.ids(database, #"topic = "nature""#) == rightIDs)
        #expect(try await Self.ids(database, "topic.score > 0 and topic.score <= 1").count == 40)

        // The same database, which has answered this filter before.
        let found = try await database.search("river", count: 5, filter: nature).results
        let first = try #require(found.first?.labels?.first)
        #expect(first.field == "topic" && first.labels.map(\.label) == ["nature"] && first.entities.isEmpty)
        let number = try #require(Int(found[0].id.dropFirst()))
        #expect(abs(first.labels[0].score - expected[number].labels[0].score) < 0.02)

        let information = try await Self.field(database, "topic")
        #expect(information.labelled == 40 && information.unlabelled == 0 && information.kind == .labels)
        #expect(information.model == URL(filePath: model).lastPathComponent)
        #expect(try await database.verify() == [])

        let again = try await database.label(by: .classifier(model), LabellingOptions(field: "topic"))
        #expect(again.labelled == 0 && again.unchanged == 40)
        // Metadata and exports are the user's own.
        #expect(try await database.document(id: "d0")?.metadata.isEmpty == true)
    }

    @Test func `documents are labelled as they come, and those that are replaced are labelled again`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder)
        try await database.label(by: .classifier(try await TinyLabellers.frozen))
        let added = try await database.put(
            [Document(id: "new", text: "the river is big"), Document(id: "d0", text: "the river is small")])
        #expect(added.labelled == 2 && added.notes.isEmpty)
        #expect(try await database.labels(ofDocument: "new").first?.labels.first?.label == "nature")
        #expect(try await database.labels(ofDocument: "d0").first?.labels.first?.label == "nature")
        _ = try await database.put(Document(id: "d0", text: "the money is small"))
        #expect(try await database.labels(ofDocument: "d0").first?.labels.map(\.label) == ["town"])
        #expect(try await Self.ids(database, #"label = "town" and id = "d0""#) == ["d0"])
        #expect(try await Self.ids(database, #"label = "nature" and id = "d0""#) == [])

        // A file that is only moved keeps its labels; one that is deleted loses them.
        #expect(try await database.put(Document(id: "new", text: "the river is big", source: "moved")).labelled == nil)
        #expect(try await database.labels(ofDocument: "new").count == 1)
        #expect(try await database.delete(id: "new"))
        #expect(try await Self.field(database, "label").labelled == 40)
        #expect(try await database.verify() == [])
    }

    @Test func `a document whose best label is too unsure gets none`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder)
        let model = LabellingModel.classifier(try await TinyLabellers.frozen)
        let all = try await database.label(by: model)
        let scores = try await Self.ids(database, "label.score >= 0.9").count
        let some = try await database.label(by: model, LabellingOptions(threshold: 0.9))
        #expect(some.labelled == scores && some.abstained == 40 - scores && all.labelled == 40)
        let none = try await database.label(by: model, LabellingOptions(threshold: 1))
        #expect(none.abstained == 40 && none.labels.isEmpty)
        #expect(try await Self.ids(database, "label exists") == [])
        let information = try await Self.field(database, "label")
        #expect(information.abstained == 40 && information.unlabelled == 0 && information.threshold == 1)
        #expect(try await database.verify() == [])
    }

    @Test func `a field of the documents' own is never replaced`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder, TinyLabellers.documents(0..<8, withKind: true))
        let model = LabellingModel.classifier(try await TinyLabellers.frozen)
        for field in ["kind", "id", "source", " "] {
            await expectRefusal(.invalidArgument) {
                try await database.label(by: model, LabellingOptions(field: field))
            }
        }
        #expect(try await database.information().labels == nil)

        try await database.label(by: model, LabellingOptions(field: "topic"))
        let summary = try await database.put(
            Document(id: "own", text: "the river is big", metadata: ["topic": "mine"]))
        #expect(summary.notes.contains { $0.message.contains("of their own") })
        #expect(try await Self.ids(database, #"topic = "mine""#) == ["own"])
        #expect(try await database.labels(ofDocument: "own").isEmpty)
        #expect(try await database.verify() == [])
    }

    @Test func `removed labels are gone, and no document gets more of them`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder)
        try await database.label(by: .classifier(try await TinyLabellers.frozen))
        #expect(try await Self.ids(database, "label exists").count == 40)
        #expect(try await database.removeLabels("label"))
        #expect(try await !database.removeLabels("label"))
        #expect(try await Self.ids(database, "label exists") == [])
        #expect(try await database.put(Document(id: "new", text: "the river is big")).labelled == nil)
        #expect(try await database.information().labels == nil)
        #expect(try await database.verify() == [])
    }

    @Test func `where the model is gone, documents are stored with a note and labelled when it is back`() async throws {
        let folder = try TemporaryFolder()
        let model = folder.path("model")
        try FileManager.default.copyItem(atPath: try await TinyLabellers.frozen, toPath: model)
        let database = try await Self.database(in: folder)
        try await database.label(by: .classifier(model))
        try await database.close()
        try FileManager.default.moveItem(atPath: model, toPath: folder.path("away"))

        let reopened = try await Database.open(
            at: folder.path("store.db"), mode: .readWrite, configuration: .tiny())
        let put = try await reopened.put(TinyLabellers.documents(40..<44))
        #expect(put.added == 4 && put.labelled == nil && put.notes.count == 1)
        #expect(put.notes.first?.message.contains("not on this machine") == true)
        #expect(try await Self.field(reopened, "label").unlabelled == 4)
        try FileManager.default.moveItem(atPath: folder.path("away"), toPath: model)
        #expect(try await reopened.put(TinyLabellers.documents(44..<45)).labelled == 5)
    }

    @Test func `what is cancelled leaves whole documents labelled, and the next call does the rest`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder, TinyLabellers.documents(0..<200))
        let model = LabellingModel.tagger(try await TinyLabellers.tagger)
        let isThere = Atomic(false)
        let isCancelled = Atomic(false)
        let task = Task {
            try await database.label(by: model) { progress in
                guard progress.completed > 0 else { return }
                isThere.store(true, ordering: .relaxed)
                while !isCancelled.load(ordering: .relaxed) { usleep(1000) }
            }
        }
        while !isThere.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        isCancelled.store(true, ordering: .relaxed)
        await #expect(throws: CancellationError.self) { try await task.value }
        let after = try await Self.field(database, "entities")
        #expect(
            after.labelled > 0 && after.unlabelled > 0 && after.labelled + after.abstained + after.unlabelled == 200)
        #expect(try await database.verify() == [])
        let rest = try await database.label(by: model)
        #expect(rest.unchanged == 200 - after.unlabelled && rest.labelled + rest.abstained == after.unlabelled)
        #expect(try await Self.field(database, "entities").unlabelled == 0)
    }

    @Test func `two processes at once label each document once`() async throws {
        let folder = try TemporaryFolder()
        let first = try await Self.database(in: folder, TinyLabellers.documents(0..<200))
        let second = try await Database.open(at: folder.path("store.db"), mode: .readWrite, configuration: .tiny())
        let model = LabellingModel.classifier(try await TinyLabellers.fineTuned)
        async let one = first.label(by: model)
        async let other = second.label(by: model)
        let done = try await (one, other)
        #expect(done.0.labelled + done.1.labelled == 200)
        #expect(try await Self.field(first, "label").labelled == 200)
        #expect(try await first.verify() == [])
    }

    @Test func `a store that was opened for reading is refused`() async throws {
        let folder = try TemporaryFolder()
        try await Self.database(in: folder).close()
        let database = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
        let model = LabellingModel.classifier(try await TinyLabellers.frozen)
        await expectRefusal(.cannotCreate) { try await database.label(by: model) }
    }

    @Test func `labels of names alone are given by the store's own vectors`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder)
        let model = LabellingModel.labelNames(["river", "money"], encoder: TinyModel.dense.path)
        let summary = try await database.label(by: model, LabellingOptions(filter: try Database.Filter(#"id != "d3""#)))
        #expect(summary.labelled == 39 && summary.unchanged == 1)
        let expected = try await ZeroShotClassifier.load(labels: ["river", "money"], configuration: .tiny())
            .classify([TinyLabellers.documents(0..<1)[0].text])
        let label = try #require(try await database.labels(ofDocument: "d0").first?.labels.first)
        #expect(label.label == expected[0].labels[0].label)
        #expect(abs(label.score - expected[0].labels[0].score) < 0.02)
        #expect(try await database.labels(ofDocument: "d3").isEmpty)
        #expect(try await Self.field(database, "label").filter?.isEmpty == false)
        // Other names are another labelling.
        let other = try await database.label(by: .labelNames(["tree", "bank"], encoder: TinyModel.dense.path))
        #expect(other.labelled == 40)
    }

    @Test func `entities are found by text and kind, and results show those of their passage`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(in: folder, [])
        _ = try await database.put([
            Document(id: "a", text: "the woman is red on the new york ."),
            Document(id: "b", text: "the man is red on the bank ."),
        ])
        let summary = try await database.label(by: .tagger(try await TinyLabellers.tagger))
        #expect(summary.labelled == 2)
        #expect(summary.labels.map(\.label).sorted() == ["LOC", "PER"])
        #expect(try await Self.ids(database, #"entities = "new york""#) == ["a"])
        #expect(try await Self.ids(database, #"entities.PER = "man""#) == ["b"])
        #expect(try await Self.ids(database, #"entities.LOC = "man""#) == [])
        #expect(try await Self.ids(database, "entities.PER exists") == ["a", "b"])
        let counted = try #require(try await Self.field(database, "entities").entities)
        #expect(
            counted.map(\.text) == ["bank", "new york", "man", "woman"] && counted.allSatisfy { $0.documents == 1 })
        let found = try await database.search(SearchRequest("woman", count: 1, mode: .keyword)).results
        let entities = try #require(found.first?.labels?.first?.entities)
        #expect(entities.map(\.text) == ["woman", "new york"] && entities.map(\.label) == ["PER", "LOC"])
        #expect(found[0].text.contains("woman") && entities[0].range == 4..<9)
        #expect(try await database.verify() == [])
    }

    @Test func `backups and repairs keep labels, and what was altered in them is named and dropped`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let database = try await Self.database(in: folder)
        try await database.label(by: .classifier(try await TinyLabellers.frozen))
        try await database.backup(to: folder.path("copy.db"))
        try await database.close()
        let copy = try await Database.open(at: folder.path("copy.db"), configuration: .tiny())
        #expect(try await Self.field(copy, "label").labelled == 40)
        #expect(try await copy.verify() == [])

        func execute(_ sql: String) throws { try DatabaseQueue(path: path).write { try $0.execute(sql: sql) } }
        try execute("DELETE FROM metadata WHERE document = 5")
        var report = try await Database.repair(at: path, configuration: .tiny())
        #expect(report.findings.count == 1 && report.losses == [])
        try execute("UPDATE annotation SET label = 'forged' WHERE document = 7")
        report = try await Database.repair(at: path, configuration: .tiny())
        #expect(report.losses.map(\.message).contains { $0.contains("labels of document d6 were altered") })
        let repaired = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        #expect(try await repaired.verify() == [])
        let left = try await Self.field(repaired, "label")
        #expect(left.labelled == 39 && left.unlabelled == 1)
        #expect(try await repaired.put(Document(id: "x", text: "the tree is big")).labelled == 2)
        try await repaired.close()
        try execute("UPDATE labelling SET fingerprint = 'forged'")
        report = try await Database.repair(at: path, configuration: .tiny())
        #expect(report.losses.map(\.message).contains { $0.contains("The labels label were altered") })
        let last = try await Database.open(at: path, configuration: .tiny())
        #expect(try await last.verify() == [])
        #expect(try await last.information().labels == nil)
    }
}
