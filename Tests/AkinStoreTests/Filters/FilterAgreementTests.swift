import AkinStore
import AkinVectors
import Testing

/// Filters answered by SQL against the oracle, which looks at every document.
@Suite struct FilterAgreementTests {
    private static func store(_ documents: [SampleDocument]) throws -> StoreFixture {
        let fixture = try StoreFixture()
        try fixture.store.write { writer in
            for document in documents {
                var new = NewDocument.test(document.id, ["text of \(document.id)", "and more"])
                new.source = document.source
                new.title = document.title
                new.metadata = document.metadata.map { key, value in
                    switch value {
                    case .text(let text): MetadataEntry(key: key, text: text)
                    case .number(let number): MetadataEntry(key: key, text: nil, number: number)
                    }
                }
                _ = try writer.put(new)
            }
        }
        return fixture
    }

    @Test(arguments: 0..<8) func `random filters hold for the same documents`(seed: UInt64) throws {
        var samples = FilterSamples(seed: seed)
        let documents = (0..<200).map { samples.document($0) }
        let fixture = try Self.store(documents)
        var (held, refused) = (0, 0)
        for _ in 0..<250 {
            let sample = samples.filter(depth: 4)
            let text = samples.text(of: sample)
            let filter = try DocumentFilter(parsing: text)
            let expected = documents.filter { sample.holds(for: $0) }.map(\.id)
            held += expected.count
            refused += documents.count - expected.count
            try fixture.store.read { reader in
                let found = try reader.documents(matching: filter)
                #expect(try found.ids.map { try #require(try reader.document(rowID: $0)).id } == expected, "\(text)")
                // One by one, and by the filter as it writes itself.
                let again = try DocumentFilter(parsing: filter.description)
                let checked = try documents.map(\.id).filter { id in
                    let rowID = try #require(try reader.document(id: id)).rowID
                    return try reader.document(rowID, meets: again)
                }
                #expect(checked == expected, "\(filter)")
                #expect(again.description == filter.description)
                let whole = try reader.estimate(filter, sampleSize: 200)
                #expect(whole.sampled == 200 && whole.matching == expected.count)
                let part = try reader.estimate(filter, sampleSize: 20)
                #expect(part.sampled == 20 && part.matching <= expected.count)
            }
        }
        // Neither trivial nor impossible: the comparison means something.
        #expect(held > 5_000 && refused > 5_000)
    }

    @Test(arguments: [1, 3, 40, 300]) func `passages of documents are those they have`(step: Int) throws {
        let fixture = try StoreFixture()
        for number in 0..<300 { try fixture.put("d\(number)", "one \(number)", "two") }
        // Rewritten documents keep their row and get later passages.
        for number in stride(from: 0, to: 300, by: 7) { try fixture.put("d\(number)", "other \(number)") }
        try fixture.store.read { reader in
            let documents = try stride(from: 0, to: 300, by: step).map {
                try #require(try reader.document(id: "d\($0)")).rowID
            }
            let expected = try documents.flatMap { try reader.passages(documentRowID: $0).map(\.id) }.sorted()
            #expect(try reader.passages(ofDocuments: RowSet(documents)).ids == expected)
            for passage in expected.prefix(5) {
                let owner = try #require(try reader.documentRowID(passage: passage))
                #expect(documents.contains(owner))
            }
            #expect(try reader.documentRowID(passage: 100_000) == nil)
        }
    }

    @Test func `keys and kinds of values are known`() throws {
        let documents = [
            SampleDocument(
                id: "a", source: "", title: nil,
                metadata: [("year", .number(1)), ("lang", .text("zh")), ("mixed", .text("x"))]),
            SampleDocument(id: "b", source: "", title: nil, metadata: [("mixed", .number(2)), ("year", .number(3))]),
        ]
        let fixture = try Self.store(documents)
        try fixture.store.read { reader in
            #expect(try reader.metadataKeys(limit: 10) == ["lang", "mixed", "year"])
            #expect(try reader.metadataKeys(limit: 2) == ["lang", "mixed"])
            for (key, texts, numbers) in [
                ("year", false, true), ("lang", true, false), ("mixed", true, true), ("none", false, false),
            ] {
                let kinds = try reader.valueKinds(ofKey: key)
                #expect(kinds.texts == texts && kinds.numbers == numbers)
            }
        }
    }

    @Test func `in a store without documents a filter finds nothing`() throws {
        let fixture = try StoreFixture()
        let filter = try DocumentFilter(parsing: "not lang exists")
        try fixture.store.read { reader in
            let found = try reader.documents(matching: filter)
            let passages = try reader.passages(ofDocuments: found)
            let estimate = try reader.estimate(filter, sampleSize: 10)
            #expect(found.isEmpty && passages.isEmpty && estimate.sampled == 0)
        }
    }
}

/// Sets of row ids against the standard library's.
@Suite struct RowSetTests {
    @Test(arguments: [10, 1_000, 1 << 30, 1 << 62]) func `operations on row sets agree with those on sets`(span: Int) {
        var random = SeededGenerator(seed: UInt64(span))
        func ids(_ count: Int) -> [Int64] {
            (0..<count).map { _ in Int64(random.integer(below: span)) - Int64(span / 3) }
        }
        for count in [0, 1, 5, 400] {
            let (a, b) = (ids(count), ids(count / 2) + ids(count / 3))
            let (left, right) = (RowSet(a), RowSet(b))
            #expect(left.ids == Set(a).sorted() && left.count == Set(a).count)
            #expect(left.union(right).ids == Set(a).union(b).sorted())
            #expect(left.intersection(right).ids == Set(a).intersection(b).sorted())
            #expect(left.subtracting(right).ids == Set(a).subtracting(b).sorted())
            #expect(left.union(right) == RowSet(a + b))
            let asked = a + b + ids(50) + [.min, .max, 0, -1]
            for id in asked { #expect(left.contains(id) == a.contains(id)) }
        }
    }

    @Test func `the farthest ids fit together`() {
        let set = RowSet([.max, .min, 0])
        #expect(set.ids == [.min, 0, .max])
        #expect(set.contains(.min) && set.contains(.max) && !set.contains(1))
    }
}
