import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Searches among the documents that meet a filter.
@Suite struct FilterTests {
    private static let count = 600

    /// A filter, and the same said of a document's number.
    struct Sample: Sendable {
        let text: String
        let holds: @Sendable (Int) -> Bool
    }

    static let samples = [
        Sample(text: "number = 77") { $0 == 77 },
        Sample(text: "number between 100 and 105 or id = 'd3'") { (100...105).contains($0) || $0 == 3 },
        Sample(text: "lang = 'zh' and year >= 2015") { $0 % 4 == 0 && $0 % 30 >= 25 },
        Sample(text: "tag in ('draft')") { $0 % 10 == 1 },
        Sample(text: "lang != 'en'") { $0 % 4 != 1 && $0 % 4 != 3 },
        Sample(text: "not lang = 'en'") { $0 % 4 != 1 },
        Sample(text: "about.size > 0.5 or year < 1995") { $0 % 2 == 1 || $0 % 30 < 5 },
        Sample(text: "number = 'many'") { _ in false },
        Sample(text: "source = ''") { _ in true },
    ]

    private static func document(_ number: Int) -> Document {
        var metadata: [String: JSONValue] = [
            "number": .number(Double(number)), "year": .number(Double(1990 + number % 30)),
            "about": .object(["size": .number(Double(number % 2))]),
        ]
        if number % 4 != 3 { metadata["lang"] = .string(["zh", "en", "de"][number % 4]) }
        metadata["tag"] = .array(number % 10 == 1 ? [.string("draft"), .string("red")] : [.string("red")])
        return Document(id: "d\(number)", text: SampleTexts.sentence(number), metadata: metadata)
    }

    private static func store(
        _ folder: TemporaryFolder, exactThreshold: Int = 20_000, checkCost: Double = 50,
        documents: Range<Int> = 0..<count
    ) async throws -> Database {
        var configuration = Database.Configuration.tiny(exactThreshold: exactThreshold)
        configuration.filterCheckCost = checkCost
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        _ = try await database.put(documents.map(document))
        return database
    }

    /// Where vectors are compared, and whether allowed passages are found out beforehand.
    enum Way: CaseIterable { case exact, graph, graphPassageByPassage }

    @Test(arguments: Way.allCases) func `results are allowed by the filter and as many as there are`(_ way: Way)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(
            folder, exactThreshold: way == .exact ? 20_000 : 10, checkCost: way == .graphPassageByPassage ? 0 : 50)
        for mode in [SearchMode.semantic, .hybrid, .keyword] {
            for query in SampleTexts.queries(3) {
                let all = try await database.search(SearchRequest(query, count: Self.count, mode: mode, plan: .exact))
                for sample in Self.samples { try await Self.compare(sample, with: all, in: database, way: way) }
            }
        }
    }

    /// Asks with a filter and expects of the unfiltered answer what the filter allows.
    private static func compare(_ sample: Sample, with all: SearchResponse, in database: Database, way: Way)
        async throws
    {
        let filter = try Database.Filter(sample.text)
        let allowed = Set((0..<Self.count).filter(sample.holds).map { "d\($0)" })
        let expected = all.rows.filter { allowed.contains($0.id) }
        for (count, plan) in [(1, SearchPlan.auto), (10, .auto), (10, .graph), (Self.count, .auto), (10, .exact)] {
            let answer = try await database.search(
                SearchRequest(all.query, count: count, mode: all.mode, plan: plan, filter: filter))
            #expect(answer.results.count == min(count, expected.count), "\(sample.text)")
            #expect(
                Set(answer.ids).isSubset(of: allowed) && Set(answer.ids).count == answer.results.count, "\(sample.text)"
            )
            // Ranks, and so fused scores, are those among the allowed ones; a walk may miss a few of the nearest.
            if all.mode == .keyword || (all.mode == .semantic && (way == .exact || plan == .exact)) {
                #expect(answer.rows == Array(expected.prefix(count)), "\(sample.text)")
            } else if all.mode == .semantic {
                #expect(Set(answer.rows).isSubset(of: expected), "\(sample.text)")
            }
            let report = try #require(answer.filter)
            #expect(report.passages == nil || report.passages == allowed.count)
            #expect(report.expression == filter.description)
        }
    }

    @Test(arguments: [10, 20_000]) func `the graph finds nearly all of the nearest allowed`(_ threshold: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, exactThreshold: threshold)
        var (found, wanted) = (0, 0)
        for sample in Self.samples {
            let filter = try Database.Filter(sample.text)
            for query in SampleTexts.queries(20) {
                let exact = try await database.search(
                    SearchRequest(query, mode: .semantic, plan: .exact, filter: filter))
                let answer = try await database.search(SearchRequest(query, mode: .semantic, filter: filter))
                found += Set(answer.rows).intersection(exact.rows).count
                wanted += exact.results.count
            }
        }
        #expect(Double(found) >= 0.97 * Double(wanted) && wanted > 1_000)
    }

    @Test func `passages of one document stand together under a filter`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let documents = (0..<30).map { number in
            let text = (0..<8).map { SampleTexts.sentence(number * 10 + $0) }.joined(separator: " ")
            return #"{"id": "d\#(number)", "text": "\#(text)", "even": \#(number % 2 == 0)}"# + "\n"
        }
        let file = try folder.write("long.jsonl", documents.joined())
        _ = try await database.index(paths: [file], options: IndexingOptions(chunkTokens: 12, chunkOverlap: 0))
        let even = try Database.Filter("even = true")
        for mode in [SearchMode.semantic, .hybrid, .keyword] {
            let all = try await database.search(SearchRequest("red dog river", count: 1000, mode: mode, unique: false))
            let passages = try await database.search(
                SearchRequest("red dog river", count: 1000, mode: mode, unique: false, filter: even))
            let unique = try await database.search(
                SearchRequest("red dog river", count: 1000, mode: mode, filter: even))
            let isEven = { (result: SearchResult) in result.metadata["even"] == .bool(true) }
            #expect(passages.results.count == all.results.count(where: isEven) && passages.results.allSatisfy(isEven))
            #expect(passages.results.count > 30)
            #expect(unique.results.count == Set(passages.ids).count && Set(unique.ids) == Set(passages.ids))
        }
    }

    @Test(arguments: [10, 20_000]) func `what is allowed is kept and follows changes`(_ threshold: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, exactThreshold: threshold, documents: 0..<200)
        let reader = try await Database.open(at: database.path, configuration: .tiny(exactThreshold: threshold))
        let filter = try Database.Filter("lang = 'zh'")
        func ask() async throws -> (ids: Set<String>, report: FilterReport) {
            let answer = try await reader.search(
                SearchRequest("the red dog", count: 1000, mode: .semantic, filter: filter))
            return (Set(answer.ids), try #require(answer.filter))
        }
        var expected = Set((0..<200).filter { $0 % 4 == 0 }.map { "d\($0)" })
        var (ids, report) = try await ask()
        #expect(ids == expected && report.cache == .miss && report.documents == 50 && report.passages == 50)
        let estimate = try #require(report.estimate)
        #expect(report.sampled == 128 && abs(estimate - 0.25) < 0.1)
        (ids, report) = try await ask()
        #expect(ids == expected && report.cache == .hit && report.documents == 50)

        // Another handle adds, deletes and rewrites; only what changed is looked at.
        _ = try await database.put((200..<220).map(Self.document))
        #expect(try await database.delete(id: "d8"))
        var changed = Self.document(4)
        changed.metadata["lang"] = .string("en")
        var moved = Self.document(5)
        moved.metadata["lang"] = .string("zh")
        _ = try await database.put([changed, moved])
        expected.formUnion((200..<220).filter { $0 % 4 == 0 }.map { "d\($0)" })
        expected.subtract(["d8", "d4"])
        expected.insert("d5")
        (ids, report) = try await ask()
        // A new index file shortens the change log, and what it no longer tells has to be found out again.
        #expect(
            ids == expected && report.cache == (threshold == 10 ? .miss : .updated) && report.passages == expected.count
        )
        (ids, report) = try await ask()
        #expect(ids == expected && report.cache == .hit)
    }

    @Test func `a new filter of a large store is tried on what the search meets`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, exactThreshold: 10, checkCost: 0.001)
        let filter = try Database.Filter("not lang = 'en'")
        let request = SearchRequest("the red dog", mode: .semantic, filter: filter)
        let first = try await database.search(request)
        let tried = try #require(first.filter)
        #expect(tried.passages == nil && tried.checked > 0 && tried.cache == .miss)
        #expect(first.explanation.contains { $0.description.contains("checked one by one") })
        // Asked again, the filter is worth its set; the answer stays.
        let second = try await database.search(request)
        let known = try #require(second.filter)
        #expect(known.passages == 450 && known.checked == 0)
        #expect(second.rows == first.rows)
        #expect(try await database.search(request).filter?.cache == .hit)
    }

    @Test func `the answer explains the filter`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let request = SearchRequest(
            "the red dog", mode: .semantic, filter: try Database.Filter("YEAR between 1 and 2 or  lang='zh'"))
        let answer = try await database.search(request)
        #expect(answer.explanation.contains { $0.description == "filter: YEAR between 1 and 2 or lang = \"zh\"" })
        #expect(
            answer.explanation.contains {
                $0.description.contains("exactly 150 documents, 150 passages, found out again")
            })
        #expect(answer.distances == 150 && answer.explanation.contains { $0.description.contains("150 distances") })
        #expect(answer.warnings == ["No document has the field 'YEAR'; did you mean 'year'?"])
        #expect(try await database.search(request).explanation.contains { $0.description.contains("from the cache") })
        #expect(try await database.search(SearchRequest("the red dog")).filter == nil)
    }

    @Test(arguments: [
        ("yaer = 2000", nil), ("yeer = 2000", "did you mean 'year'"), ("year = \"2000\"", "holds only numbers"),
        ("lang > 5", "holds only texts"),
        ("other = 1", "there are about.size, lang, number, tag, year."), ("lang exists and year > 0", ""),
        ("id = 'none'", ""),
        ("tag = true", ""),
    ])
    func `filters that cannot match are reported by a warning`(text: String, warning: String?) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, documents: 0..<20)
        let warnings = try await database.warnings(for: Database.Filter(text))
        #expect(warnings.isEmpty == (warning == ""))
        if let warning, !warning.isEmpty { #expect(warnings.count == 1 && warnings[0].message.contains(warning)) }
    }

    @Test func `a text that is no filter is refused`() {
        let error = #expect(throws: AkinError.self) { try Database.Filter("lang = zh") }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("\n  lang = zh\n         ^^") == true)
    }

    @Test func `similar documents meet the filter`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, documents: 0..<100)
        let similar = try await database.similar(
            to: "d7", count: 100, filter: Database.Filter("lang = 'zh' or id = 'd7'"))
        #expect(Set(similar.ids) == Set((0..<100).filter { $0 % 4 == 0 }.map { "d\($0)" }))
    }

    @Test func `exports, deletions and clusters keep to the filter`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, documents: 0..<100)
        let filter = try Database.Filter("number < 40 and not tag = 'draft'")
        let expected = (0..<40).filter { $0 % 10 != 1 }.map { "d\($0)" }
        let ids = Collected<String>()
        try await database.export(where: filter) { ids.append($0.id) }
        #expect(ids.values == expected)
        let rows = Collected<String>()
        try await database.exportVectors(where: filter) { rows.append($0.id) }
        #expect(rows.values == expected)
        let outcome = try await database.cluster(ClusteringOptions(count: 3, filter: filter))
        let report = String(decoding: try outcome.rendered(as: .json), as: UTF8.self)
        #expect(
            report.contains(#""documents" : 36"#)
                && report.contains(#""filter" : "number < 40 and not tag = \"draft\"""#))
        await expectRefusal(.notFound, saying: "nothing to cluster", "did you mean 'number'") {
            try await database.cluster(ClusteringOptions(filter: try Database.Filter("nmber < 40")))
        }
        #expect(try await database.delete(where: filter) == expected)
        #expect(try await database.delete(where: filter) == [])
        #expect(try await database.allIDs().count == 64)
        #expect(try await database.verify() == [])
    }
}
