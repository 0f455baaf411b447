import Akin
import AkinTestSupport
import Foundation
import Testing

/// Vectors into stores: what is kept, counted, skipped and refused.
@Suite struct VectorImportTests {
    private static func open(
        _ folder: TemporaryFolder, _ configuration: Database.Configuration = Database.Configuration(threads: 2)
    )
        async throws -> Database
    {
        try await Database.open(at: folder.path("v.db"), mode: .create, configuration: configuration)
    }

    /// The stored vectors by id.
    private static func vectors(of database: Database, encoder: String? = nil) async throws -> [String: [Float]] {
        let stored = Collected<StoredVector>()
        try await database.exportVectors(of: encoder) { stored.append($0) }
        return Dictionary(uniqueKeysWithValues: stored.values.map { ($0.id, $0.vector) })
    }

    @Test(arguments: VectorElement.allCases) func `a file comes back bit for bit`(_ element: VectorElement) async throws
    {
        let folder = try TemporaryFolder()
        let rows = SampleVectors.make(3000, dimension: 40, element: element)
        let path = try folder.write("a.npy", VectorFiles.npy(rows, element))
        let database = try await Self.open(folder)
        let summary = try await database.importVectors(from: VectorFile(path: path))
        #expect(
            summary.added == 3000 && summary.elementType == element && summary.metric == .cosine
                && summary.dimension == 40)
        #expect(summary.problemCount == 0 && summary.repeatedIDs == 0 && summary.notes == [])
        let stored = try await Self.vectors(of: database)
        for (row, vector) in rows.enumerated() {
            #expect(stored[String(row)]?.map(\.bitPattern) == vector.map(\.bitPattern))
        }
        let layout = try await database.vectorLayout()
        #expect(
            layout.elementType == element && layout.dimension == 40 && layout.count == 3000
                && layout.encoder == "external")
        let space = try #require(try await database.information().spaces.first)
        #expect(
            space.kind == .imported && space.elementType == element && space.metric == .cosine
                && space.status == .semantic)
        #expect(try await database.verify() == [])
    }

    @Test func `the same file again changes nothing`() async throws {
        let folder = try TemporaryFolder()
        var rows = SampleVectors.make(50, dimension: 4)
        let database = try await Self.open(folder)
        func importRows() async throws -> VectorImportSummary {
            try await database.importVectors(from: VectorFile(path: try folder.write("a.npy", VectorFiles.npy(rows))))
        }
        _ = try await importRows()
        let lastChange = try await database.information().lastChange
        let again = try await importRows()
        #expect(again.unchanged == 50 && again.added == 0 && again.updated == 0)
        #expect(try await database.information().lastChange == lastChange)
        rows[7][0] += 1
        let changed = try await importRows()
        #expect(changed.unchanged == 49 && changed.updated == 1)
        #expect(try await Self.vectors(of: database)["7"] == rows[7])
        #expect(try await database.verify() == [])
    }

    @Test func `an interrupted import goes on`() async throws {
        let folder = try TemporaryFolder()
        let rows = SampleVectors.make(9000, dimension: 4)
        let path = try folder.write("a.npy", VectorFiles.npy(rows))
        let database = try await Self.open(folder)
        let task = Task { try await database.importVectors(from: VectorFile(path: path)) }
        while try await database.information().documents == 0 { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        let first = try? await task.value
        let there = try await database.information().documents
        #expect(there > 0 && (first == nil) == (there < 9000))
        #expect(try await database.verify() == [])
        let second = try await database.importVectors(from: VectorFile(path: path))
        #expect(second.unchanged == there && second.added == 9000 - there && second.updated == 0)
        #expect(try await database.information().documents == 9000)
    }

    @Test func `what cannot be kept is skipped and counted`() async throws {
        let folder = try TemporaryFolder()
        let rows: [[Float]] = [[1, 2], [.nan, 1], [0, 0], [3, -.infinity], [5, 6]]
        let path = try folder.write("a.npy", VectorFiles.npy(rows))
        let database = try await Self.open(folder)
        let summary = try await database.importVectors(from: VectorFile(path: path))
        #expect(summary.added == 2 && summary.problemCount == 3)
        #expect(summary.problems.map(\.message).map { $0.prefix(9) } == ["row 1 has", "row 2 is ", "row 3 has"])
        #expect(try await database.allIDs() == ["0", "4"])

        let lines = """
            {"id": "a", "vector": [1, 2]}
            {"id": "b", "vector": [1, 2, 3]}
            {"id": "c", "vector": []}
            {"id": "d", "vector": [7, 8], "text": "A\\u0000B"}
            {"id": "e", "vector": [7, 8], "metadata": {"x": ["\\u0000"]}}
            {"id": "f", "vector": [1, 1e39]}
            """
        let second = try await database.importVectors(from: VectorFile(path: try folder.write("b.jsonl", lines)))
        #expect(second.added == 1 && second.problemCount == 5 && second.problems.map(\.line) == [2, 3, 4, 5, 6])
        for (problem, reason) in zip(
            second.problems, ["3 components, and the others have 2", "0 components", "text", "metadata", "inf"])
        {
            #expect(problem.message.contains(reason), "\(problem.message)")
        }
        #expect(try await database.verify() == [])
    }

    @Test func `dimensions beyond the limit are skipped`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        let records = SampleVectors.records([
            [Float](repeating: 1, count: 4097), [], [Float](repeating: 1, count: 4096),
        ])
        let summary = try await database.insert(vectors: records)
        #expect(summary.added == 1 && summary.problemCount == 2 && summary.dimension == 4096)
    }

    @Test func `a repeated id keeps its last vector`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.npy", VectorFiles.npy([[1, 2], [3, 4], [5, 6]]))
        let database = try await Self.open(folder)
        let summary = try await database.importVectors(
            from: VectorFile(path: path, ids: try folder.write("i", "a\nb\na\n")))
        #expect(summary.repeatedIDs == 1 && summary.repeated == ["a"])
        #expect(try await Self.vectors(of: database) == ["a": [5, 6], "b": [3, 4]])
    }

    @Test(arguments: [
        (VectorElement.f16, [Float]([0.1, 65_000, 1]), [HalfValue.tenth, 64_992, 1] as [Float]?),
        (.f16, [70_000, 1, 1], nil),
        (.int8, [1, -128, 127], [1, -128, 127]), (.int8, [0.5, 1, 1], nil), (.int8, [200, 1, 1], nil),
        (.uint8, [0, 200, 255], [0, 200, 255]),
        (.uint8, [-1, 0, 0], nil), (.f32, [0.1, 2, 3], [0.1, 2, 3]),
    ]) func `a type given by name decides what is kept`(_ element: VectorElement, _ vector: [Float], _ kept: [Float]?)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        let path = try folder.write("a.npy", VectorFiles.npy([vector]))
        let summary = try await database.importVectors(
            from: VectorFile(path: path), options: VectorImportOptions(element: element))
        #expect(summary.added == (kept == nil ? 0 : 1) && summary.problemCount == (kept == nil ? 1 : 0))
        guard let kept else { return }
        #expect(try await Self.vectors(of: database) == ["0": kept])
    }

    private enum HalfValue {
        /// The half nearest to a tenth.
        static let tenth: Float = 0.0999755859375
    }

    @Test func `a store's element type takes what it holds exactly`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        _ = try await database.insert(
            vectors: [VectorRecord(id: "a", vector: [1, 2])], options: VectorImportOptions(element: .f16))
        let summary = try await database.insert(vectors: [
            VectorRecord(id: "b", vector: [0.5, 0.25]), VectorRecord(id: "c", vector: [0.1, 1]),
        ])
        #expect(summary.elementType == .f16 && summary.added == 1 && summary.problemCount == 1)
        #expect(summary.problems.first?.remedy == .give(.elementType, "f16"))
        let rounded = try await database.insert(
            vectors: [VectorRecord(id: "c", vector: [0.1, 1])], options: VectorImportOptions(element: .f16))
        #expect(rounded.added == 1)
    }

    @Test func `every vector of a store is of one kind`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        _ = try await database.insert(
            vectors: [VectorRecord(id: "a", vector: [1, 2])], options: VectorImportOptions(metric: .l2))
        let wide = try VectorFile(path: try folder.write("w.npy", VectorFiles.npy([[1, 2, 3]])))
        await expectRefusal(.incompatible, saying: "dimension 2, not 3") {
            try await database.importVectors(from: wide)
        }
        await expectRefusal(.incompatible, saying: "metric l2, not cosine") {
            try await database.insert(vectors: [], options: VectorImportOptions(metric: .cosine))
        }
        await expectRefusal(.incompatible, saying: "type f32, not int8") {
            try await database.insert(vectors: [], options: VectorImportOptions(element: .int8))
        }
        #expect(try await database.insert(vectors: [VectorRecord(id: "b", vector: [0, 0])]).metric == .l2)
    }

    // MARK: Texts

    private static let ferry = VectorRecord(
        id: "ferry", vector: [1, 0, 0], title: "Ferry", text: "The boat leaves the harbour at nine.", source: "x",
        metadata: ["year": .number(1999)])

    @Test func `texts are found by their words and beside a vector`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        let records = [
            Self.ferry, VectorRecord(id: "pump", vector: [0, 1, 0], text: "The pump leaks."),
            VectorRecord(id: "bare", vector: [0, 0, 1]),
        ]
        #expect(try await database.insert(vectors: records).added == 3)

        let hybrid = try await database.search(SearchRequest("harbour"))
        #expect(hybrid.ids == ["ferry"] && hybrid.plan == nil)
        #expect(hybrid.warnings.contains { $0.description.contains("by its words alone. Give a vector") })
        #expect(hybrid.results.first?.title == "Ferry" && hybrid.results.first?.metadata == ["year": .number(1999)])
        #expect(try await database.search(SearchRequest("pump", mode: .keyword)).ids == ["pump"])
        await expectRefusal(.incompatible, saying: "were imported", "keyword in `SearchRequest.mode`") {
            try await database.search(SearchRequest("harbour", mode: .semantic))
        }

        let both = try await database.search(SearchRequest("pump", vector: [0.1, 0, 1]))
        #expect(Set(both.ids) == ["pump", "bare", "ferry"] && both.mode == .hybrid && both.warnings == [])
        #expect(both.results.first { $0.id == "pump" }?.scores.keyword != nil)
        #expect(both.results.first { $0.id == "bare" }?.scores.semantic.map { $0 > 0.99 } == true)
    }

    @Test func `a weighted sum takes scores without bounds`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        _ = try await database.insert(
            vectors: [Self.ferry, VectorRecord(id: "far", vector: [900, 0, 0])],
            options: VectorImportOptions(metric: .dot))
        let found = try await database.search(SearchRequest("harbour", fusion: .weighted, vector: [1, 1, 1])).results
        #expect(found.map(\.id) == ["far", "ferry"])
        #expect(found.allSatisfy { (0...1).contains($0.score) })
    }

    @Test func `a question in words is refused where there are no texts`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        _ = try await database.insert(vectors: [VectorRecord(id: "bare", vector: [1, 2])])
        for mode in [SearchMode.hybrid, .semantic] {
            await expectRefusal(.incompatible, saying: "no texts", "`SearchRequest.vector`") {
                try await database.search(SearchRequest("boat", mode: mode))
            }
        }
        await expectRefusal(.incompatible, saying: "no texts") { try await database.optimize(encoder: "words") }
        await expectRefusal(.incompatible, saying: "Database.importVectors") {
            try await database.put(SampleTexts.documents(0..<1))
        }
        #expect(try await database.optimize() == ["Everything was up to date."])
    }

    @Test func `a vector alone keeps the text that is there`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        _ = try await database.insert(vectors: [Self.ferry])
        let passage = try await database.search(vector: [1, 0, 0]).results.first?.passage
        let alone = try await database.insert(vectors: [VectorRecord(id: "ferry", vector: [0, 1, 0])])
        #expect(alone.updated == 1)
        let found = try #require(try await database.search(vector: [0, 1, 0]).results.first)
        #expect(found.text == Self.ferry.text && found.score > 0.99 && found.passage == passage)
        // The whole record brings its own vector back.
        #expect(try await database.insert(vectors: [Self.ferry]).updated == 1)
        #expect(try await database.insert(vectors: [Self.ferry]).unchanged == 1)
        // Another text replaces the document.
        var other = Self.ferry
        other.text = "No boat today."
        #expect(try await database.insert(vectors: [other]).updated == 1)
        #expect(try await database.search(vector: [1, 0, 0]).results.map(\.text) == ["No boat today."])
        #expect(try await database.verify() == [])
    }

    @Test func `records are exported and imported again`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        let records = [Self.ferry, VectorRecord(id: "bare", vector: [0.1, -7, 1e-8], source: "y")]
        _ = try await database.insert(vectors: records, options: VectorImportOptions(metric: .dot))
        let out = Collected<VectorRecord>()
        try await database.exportRecords { out.append($0) }
        #expect(out.values == records)
    }

    // MARK: Beside an encoder

    @Test func `texts and imported vectors live in one store`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder, .tiny(exactThreshold: 10))
        _ = try await database.put(SampleTexts.documents(0..<30))
        let question = SearchRequest("dog", count: 5, mode: .semantic)
        let before = try await database.search(question).rows
        let vectors = SampleVectors.make(30, dimension: 5)
        let summary = try await database.insert(
            vectors: SampleVectors.records(vectors, prefix: "d"), options: VectorImportOptions(metric: .l2))
        #expect(summary.updated == 30 && summary.notes.count == 1)
        #expect(try await database.insert(vectors: [VectorRecord(id: "picture", vector: vectors[3])]).added == 1)

        // Texts are asked as before; vectors find texts and pictures.
        let after = try await database.search(question).rows
        // Scores of words depend on how many documents there are.
        #expect(after.map(\.description) == before.map(\.description))
        let found = try await database.search(vector: vectors[3], count: 2)
        #expect(Set(found.ids) == ["d3", "picture"] && found.plan == .graph)
        #expect(found.results.first { $0.id == "d3" }?.text == SampleTexts.sentence(3))
        #expect(try await Self.vectors(of: database, encoder: "external").count == 31)
        #expect(try await database.information().spaces.map(\.status) == [.semantic, .active])
        #expect(try folder.indexFiles().count == 2)

        // What is derived is updated; what was imported stays.
        _ = try await database.optimize()
        _ = try await database.optimize(encoder: TinyModel.half.path)
        #expect(try await Self.vectors(of: database, encoder: "external").count == 31)
        #expect(try await Self.vectors(of: database).count == 30)
        #expect(try await Set(database.search(vector: vectors[3], count: 2).ids) == ["d3", "picture"])
        _ = try await database.put(SampleTexts.documents(100..<102))
        #expect(try await database.verify() == [])
    }

    @Test func `texts that came with vectors can be encoded too`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        let records = SampleTexts.documents(0..<20).enumerated().map { row, document in
            VectorRecord(id: document.id, vector: SampleVectors.make(20, dimension: 3)[row], text: document.text)
        }
        _ = try await database.insert(vectors: records + [VectorRecord(id: "picture", vector: [1, 2, 3])])
        _ = try await database.optimize(encoder: TinyModel.dense.path)
        let tiny = try await Database.open(at: folder.path("v.db"), mode: .readWrite, configuration: .tiny())
        let answer = try await tiny.search(SearchRequest(SampleTexts.sentence(4), count: 1, mode: .semantic))
        #expect(answer.ids == ["d4"] && answer.warnings == [])
        #expect(try await Self.vectors(of: tiny).count == 20)
        #expect(try await tiny.search(vector: [1, 2, 3], count: 1).ids == ["picture"])
        _ = try await tiny.put(SampleTexts.documents(50..<52))
        #expect(try await tiny.verify() == [])
    }

    @Test func `a vector stands for a whole document only`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder, .tiny())
        let long = (0..<40).map(SampleTexts.sentence).joined(separator: " ")
        _ = try await database.index(
            paths: [try folder.write("long.txt", long)], options: IndexingOptions(chunkTokens: 16))
        let id = try #require(try await database.allIDs().first)
        let summary = try await database.insert(vectors: [
            VectorRecord(id: id, vector: [1]), VectorRecord(id: "b", vector: [2]),
        ])
        #expect(summary.added == 1 && summary.problemCount == 1)
        #expect(summary.problems.first?.message.contains("passages") == true)
        #expect(try await database.document(id: id)?.text == long)
    }

    @Test func `a vector may also be searched for among an encoder's vectors`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder, .tiny())
        _ = try await database.put(SampleTexts.documents(0..<20))
        let vectors = try await Self.vectors(of: database)
        let doubled = try #require(vectors["d6"]).map { $0 * 2 }
        #expect(try await database.search(vector: doubled, count: 1).ids == ["d6"])
        await expectRefusal(.invalidArgument, saying: "components") { try await database.search(vector: [1, 2]) }
        let empty = try await Database.open(at: folder.path("empty.db"), mode: .create, configuration: .tiny())
        await expectRefusal(.incompatible, saying: "Database.importVectors") { try await empty.search(vector: [1, 2]) }
    }

    @Test func `readers see what another process would have committed`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.open(folder)
        _ = try await database.insert(vectors: SampleVectors.records(SampleVectors.make(5, dimension: 2)))
        let reader = try await Database.open(at: folder.path("v.db"))
        #expect(try await reader.search(vector: [1, 0], count: 9).results.count == 5)
        _ = try await database.insert(
            vectors: SampleVectors.records(SampleVectors.make(3, dimension: 2, seed: 3), prefix: "w"))
        #expect(try await reader.search(vector: [1, 0], count: 9).results.count == 8)
        await expectRefusal(.cannotCreate) {
            try await reader.insert(vectors: [VectorRecord(id: "x", vector: [1, 1])])
        }
    }
}
