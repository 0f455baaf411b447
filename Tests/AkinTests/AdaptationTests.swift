import Akin
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

@Suite struct AdaptationTests {
    private static func store(_ folder: TemporaryFolder, titles: Bool = false) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let documents = (0..<120).map { number in
            Document(
                id: "d\(number)", title: titles ? "the \(SampleTexts.nouns[number % 11]) \(number)" : nil,
                text: SampleTexts.sentence(number))
        }
        _ = try await database.put(documents)
        return database
    }

    /// Questions that share no word with their answers: the answer of each is found by what the others teach. A question
    /// in `x` words about a noun is answered by every document that says `river`.
    private static func files(_ folder: TemporaryFolder, answering word: String = "river") throws -> (
        queries: String, judgements: String
    ) {
        var queries = ""
        var judgements = "query_id\tdocument_id\trelevance\n"
        let answers = (0..<120).filter { SampleTexts.sentence($0).contains(word) }
        for number in 0..<40 {
            queries +=
                "{\"id\": \"q\(number)\", \"text\": \"who saw \(["it", "him", "her", "them"][number % 4]) go \(number)?\"}\n"
            for answer in answers { judgements += "q\(number)\td\(answer)\t1\n" }
        }
        return (try folder.write("q.jsonl", queries), try folder.write("r.tsv", judgements))
    }

    private static func answers(_ database: Database) async throws -> [[String]] {
        try await database.search(
            SampleTexts.queries(8).flatMap { [SearchRequest($0), SearchRequest($0, mode: .semantic)] }
        ).map { $0.results.map { "\($0.passage) \($0.score.bitPattern)" } }
    }

    @Test func `what questions teach is adopted, used by every search, shown, and undone bit for bit`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let files = try Self.files(folder)
        let examples = AdaptationExamples.judgements(queries: files.queries, judgements: files.judgements)
        let before = try await Self.answers(database)

        let trial = try await database.adapt(from: examples, dryRun: true)
        #expect(trial.decision == .wouldAdopt && trial.questions == 40)
        #expect(trial.hybrid.lower > 0 && trial.semantic.after > trial.semantic.before + 0.2)
        #expect(try await Self.answers(database) == before)

        let report = try await database.adapt(from: examples)
        #expect(report.decision == .adopted && report.hybrid.after == trial.hybrid.after)
        #expect(try await Self.answers(database) != before)
        let information = try #require(try await database.information().spaces.first?.adaptation)
        #expect(information.source == .judgements && information.questions == 40)
        let response = try await database.search(SearchRequest("who saw it go 3?", mode: .semantic))
        #expect(response.explanation.contains(.queryAdaptation(source: .judgements, questions: 40)))
        #expect(try await database.search(SearchRequest("river", mode: .keyword)).explanation.count == 1)
        #expect(try await database.verify().isEmpty)

        // What another process opens asks in the same way.
        let other = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
        let (adapted, elsewhere) = (try await Self.answers(database), try await Self.answers(other))
        #expect(adapted == elsewhere)

        // The same questions teach nothing better.
        #expect(try await database.adapt(from: examples).decision == .presentKept)
        #expect(try await database.removeAdaptation())
        #expect(try await Self.answers(database) == before)
        #expect(try await Self.answers(other) == before)
        #expect(try await database.removeAdaptation() == false)
    }

    @Test func `judged quality is that of the search that users get`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let files = try Self.files(folder)
        let report = try await database.adapt(
            from: .judgements(queries: files.queries, judgements: files.judgements), dryRun: true)
        let measured = try await database.evaluate(queries: files.queries, judgements: files.judgements)
        #expect(abs(report.semantic.before - (measured.modes[.semantic]?.nDCG10 ?? 0)) < 1e-9)
    }

    @Test func `answers drawn by lot teach nothing, and nothing is kept`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        var random = SeededGenerator(seed: 11)
        var clicks = ""
        for number in 0..<60 {
            let question = "\(SampleTexts.queries(60)[number]) \(number)"
            clicks += "{\"question\": \"\(question)\", \"document\": \"d\(random.integer(below: 120))\"}\n"
        }
        let before = try await Self.answers(database)
        let report = try await database.adapt(from: .clicks(try folder.write("clicks.jsonl", clicks)))
        #expect(report.decision == .noGain && report.hybrid.lower <= 0)
        #expect(try await database.information().spaces.first?.adaptation == nil)
        #expect(try await Self.answers(database) == before)
    }

    @Test func `titles are asked for in texts without them`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, titles: true)
        let report = try await database.adapt(dryRun: true)
        #expect(report.source == .titles && report.questions == 120)
        // In the store itself every title is the first result for its words.
        #expect(report.hybrid.before < 0.9)
    }

    @Test func `what cannot be learnt from is refused in one line`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        func refusal(_ examples: AdaptationExamples, _ database: Database) async -> AkinError? {
            await #expect(throws: AkinError.self) { _ = try await database.adapt(from: examples) }
        }
        #expect(await refusal(.titles, database)?.code == .notFound)
        let few = try folder.write(
            "few.jsonl",
            """
            {"question": "a", "document": "d1", "value": 1}
            {"question": "b", "document": "gone"}
            {"question": "c", "document": "d1", "value": -1}
            """)
        let tooFew = await refusal(.clicks(few), database)
        #expect(tooFew?.code == .invalidData && tooFew?.message.contains("Only 1 question") == true)
        #expect(tooFew?.message.contains("1 document") == true)
        for line in ["{\"question\": \"a\"}", "{\"question\": \"a\", \"document\": \"d1\", \"value\": 0.5}", "NaN"] {
            let error = await refusal(.clicks(try folder.write("bad.jsonl", "\n" + line + "\n")), database)
            #expect(error?.code == .invalidData && error?.message.contains("bad.jsonl:2") == true, "\(line)")
        }
        #expect(await refusal(.clicks(folder.path("missing.jsonl")), database)?.code == .noInput)

        let reader = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
        #expect(await refusal(.clicks(few), reader)?.code == .cannotCreate)
        let words = try await Database.open(at: folder.path("words.db"), mode: .create, configuration: .words)
        #expect(await refusal(.clicks(few), words)?.code == .incompatible)
        _ = try await words.put(SampleTexts.documents(0..<60))
        #expect(await refusal(.clicks(few), words)?.code == .incompatible)
    }

    @Test func `a cancelled adaptation leaves the store as it was`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let files = try Self.files(folder)
        let task = Task {
            try await database.adapt(from: .judgements(queries: files.queries, judgements: files.judgements)) { _ in
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(try await database.information().spaces.first?.adaptation == nil)
    }
}
