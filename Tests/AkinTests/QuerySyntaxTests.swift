import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Questions with syntax, whose conditions hold in every mode.
@Suite struct QuerySyntaxTests {
    private static let count = 600

    /// What is known of a document without the code under test.
    struct Sample: Sendable {
        let title: [String]
        let words: [String]

        init(_ document: Document) {
            title = Self.words(document.title ?? "")
            words = title + Self.words(document.text)
        }

        /// The words as `unicode61` sees them; stemming joins none of the sample words.
        private static func words(_ text: String) -> [String] {
            text.lowercased().split { !$0.isLetter }.map(String.init)
        }

        func holds(_ phrase: String) -> Bool {
            let wanted = phrase.split(separator: " ").map(String.init)
            return words.indices.contains { words[$0...].starts(with: wanted) }
        }
    }

    /// A question, what it means without its conditions, and which documents meet them.
    struct Question: Sendable {
        let text: String
        let meaning: String
        /// A question in words alone that scores as this one.
        var scoredAs: String?
        let allows: @Sendable (Sample) -> Bool
        /// Whether keyword search can find the document.
        let scores: @Sendable (Sample) -> Bool
    }

    static let questions = [
        Question(text: "river -dog", meaning: "river", scoredAs: "river") {
            !$0.holds("dog")
        } scores: {
            $0.holds("river")
        },
        Question(text: "\"dog is in\" river", meaning: "dog is in river") {
            $0.holds("dog is in")
        } scores: { _ in
            true
        },
        Question(text: "river -\"big man\" -cat bank", meaning: "river bank", scoredAs: "river bank") {
            !$0.holds("big man") && !$0.holds("cat")
        } scores: {
            $0.holds("river") || $0.holds("bank")
        },
        Question(text: "\"river\" \"dog\"", meaning: "river dog", scoredAs: "river dog") {
            $0.holds("river") && $0.holds("dog")
        } scores: { _ in
            true
        },
        Question(text: "title:dog river", meaning: "dog river", scoredAs: "dog river") {
            $0.title.contains("dog")
        } scores: { _ in
            true
        },
        Question(text: "title:\"small guitar\"", meaning: "small guitar") {
            $0.title == ["small", "guitar"]
        } scores: { _ in
            true
        },
        Question(text: "river -title:dog", meaning: "river", scoredAs: "river") {
            !$0.title.contains("dog")
        } scores: {
            $0.holds("river")
        },
        Question(text: "guita* -mone* -title:ban*", meaning: "guita", scoredAs: "guitar") {
            !$0.holds("money") && !$0.title.contains("bank")
        } scores: {
            $0.holds("guitar")
        },
        Question(text: "title:tre* -\"tree\" dog", meaning: "tre dog") { _ in
            false
        } scores: { _ in
            true
        },
        Question(text: "river \"zebra\"", meaning: "river zebra") { _ in
            false
        } scores: { _ in
            true
        },
        Question(text: "river -zebra -\"river zebra\"", meaning: "river", scoredAs: "river") { _ in
            true
        } scores: {
            $0.holds("river")
        },
    ]

    private static func document(_ number: Int) -> Document {
        var document = Document(
            id: "d\(number)", text: SampleTexts.sentence(number), metadata: ["even": .bool(number % 2 == 0)])
        if number % 3 == 0 { document.title = "small \(SampleTexts.nouns[number % 11])" }
        return document
    }

    private static func store(
        _ folder: TemporaryFolder, exactThreshold: Int = 20_000, checkCost: Double = 50
    ) async throws -> Database {
        var configuration = Database.Configuration.tiny(exactThreshold: exactThreshold)
        configuration.filterCheckCost = checkCost
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        _ = try await database.put((0..<count).map(document))
        return database
    }

    /// How vectors are compared, and how a filter is known.
    enum Way: CaseIterable { case exact, graph, graphPassageByPassage }

    @Test(arguments: Way.allCases, [nil, "even = true"])
    func `results meet the conditions and are as many as there are`(way: Way, filter: String?) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(
            folder, exactThreshold: way == .exact ? 20_000 : 10, checkCost: way == .graphPassageByPassage ? 0 : 50)
        let samples = (0..<Self.count).map { (id: "d\($0)", sample: Sample(Self.document($0))) }
        let filter = try filter.map { try Database.Filter($0) }
        for question in Self.questions {
            for mode in [SearchMode.semantic, .hybrid, .keyword] {
                let allowed = samples.enumerated().filter { place, known in
                    question.allows(known.sample) && (filter == nil || place % 2 == 0)
                        && (mode != .keyword || question.scores(known.sample))
                }
                let ids = Set(allowed.map(\.element.id))
                for (count, plan) in [
                    (1, SearchPlan.auto), (10, .auto), (10, .graph), (Self.count, .auto), (10, .exact),
                ] {
                    let answer = try await database.search(
                        SearchRequest(question.text, count: count, mode: mode, plan: plan, filter: filter))
                    #expect(answer.results.count == min(count, ids.count), "\(question.text) \(mode) \(plan)")
                    #expect(
                        Set(answer.ids).isSubset(of: ids) && Set(answer.ids).count == answer.results.count,
                        "\(question.text) \(mode) \(plan)")
                    try await Self.expectRanking(of: answer, to: question, ids, filter, plan: plan, way, in: database)
                }
            }
        }
    }

    /// Conditions leave out results and change neither the order nor the scores of the others.
    private static func expectRanking(
        of answer: SearchResponse, to question: Question, _ allowed: Set<String>, _ filter: Database.Filter?,
        plan: SearchPlan, _ way: Way, in database: Database
    ) async throws {
        let isExact = answer.mode == .keyword || (answer.mode == .semantic && (way == .exact || plan == .exact))
        guard isExact, let words = answer.mode == .keyword ? question.scoredAs : question.meaning else { return }
        let all = try await database.search(SearchRequest(words, count: count, mode: answer.mode, plan: .exact))
        // What scores as words of its own may score in another expression by other words too.
        let ranking = all.results.filter { allowed.contains($0.id) }
        #expect(answer.ids == ranking.prefix(answer.results.count).map(\.id), "\(question.text)")
        #expect(
            zip(answer.results, ranking).allSatisfy { abs($0.score - $1.score) < 1e-5 },
            "\(question.text)")
    }

    @Test(arguments: [SearchMode.semantic, .hybrid, .words]) func `the keyword score is that of keyword mode`(
        _ mode: SearchMode
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        if mode == .words { _ = try await database.optimize(encoder: "words") }
        for question in ["\"red dog\" river -bank", "riv* title:dog", "red river -title:cat"] {
            let byWords = try await database.search(SearchRequest(question, count: 1000, mode: .keyword)).results
            let expected = Dictionary(uniqueKeysWithValues: byWords.map { ($0.passage, $0.score) })
            #expect(!expected.isEmpty)
            for result in try await database.search(SearchRequest(question, count: 1000, mode: mode)).results {
                #expect(result.scores.keyword == expected[result.passage])
            }
        }
    }

    @Test(arguments: [SearchMode.semantic, .hybrid, .keyword]) func `each passage of a document stands for itself`(
        _ mode: SearchMode
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let documents = (0..<20).map { number in
            Document(
                id: "d\(number)", title: number == 3 ? "guitar" : nil,
                text: (0..<10).map { SampleTexts.sentence(number * 10 + $0) }.joined(separator: " "))
        }
        let file = try folder.write("long.jsonl", try documents.jsonLines())
        _ = try await database.index(paths: [file], options: IndexingOptions(chunkTokens: 12, chunkOverlap: 0))
        let all = try await database.search(
            SearchRequest("dog river guitar", count: 1000, mode: .semantic, unique: false)
        ).results
        let without = try await database.search(
            SearchRequest("river guitar -dog", count: 1000, mode: mode, unique: false)
        ).results
        #expect(without.allSatisfy { !$0.text.contains("dog") } && !without.isEmpty)
        if mode != .keyword { #expect(without.count == all.count { !$0.text.contains("dog") }) }
        // A title is required of the document, whatever its passages hold.
        let titled = try await database.search(
            SearchRequest("title:guitar dog", count: 1000, mode: mode, unique: false)
        ).results
        #expect(titled.count == all.count { $0.id == "d3" } && titled.allSatisfy { $0.id == "d3" } && titled.count > 3)
    }

    @Test func `Chinese words and phrases are found by their characters`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(id: "1", text: "我在北京大学读书。"), Document(id: "2", text: "北京的大学很多。"),
            Document(id: "3", title: "北京", text: "the river"), Document(id: "4", text: "a river 京 dog"),
        ])
        for mode in [SearchMode.keyword, .hybrid, .semantic] {
            func found(_ query: String) async throws -> [String] {
                try await database.search(SearchRequest(query, mode: mode)).ids.sorted()
            }
            #expect(try await found("\"北京大学\"") == ["1"])
            #expect(try await found("北京 大学 -\"北京大学\"").filter { $0 != "4" } == ["2", "3"])
            #expect(try await found("\"北京\" -读书") == ["2", "3"])
            #expect(try await found("title:北京") == ["3"])
            #expect(try await found("title:北") == ["3"])
            #expect(try await found("\"river 京\"") == ["4"])
            #expect(
                try await found("\"京\" river") == ["1", "2", "3", "4"].filter { ["1", "2", "4", "3"].contains($0) })
        }
        #expect(try await database.search(SearchRequest("北京大*", mode: .keyword)).ids == ["1"])
    }

    @Test func `identifiers are found whole and in their parts`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(id: "whole", text: "call shouldRollover first"),
            Document(id: "parts", text: "when the rollover is due"),
            Document(id: "spaced", text: "whether it should rollover now"),
            Document(id: "snake", text: "use snake_case here"), Document(id: "case", text: "in case of a snake there"),
            Document(id: "option", text: "git commit --no-verify please"),
            Document(id: "words", text: "verify that there is no error"),
            Document(id: "vector", text: "std::vector of int"),
            Document(id: "std", text: "vector spaces and the std folder"),
        ])
        func found(_ query: String) async throws -> [String] {
            try await database.search(SearchRequest(query, mode: .keyword)).ids
        }
        #expect(try await found("shouldRollover").prefix(2) == ["whole", "spaced"])
        #expect(try await found("shouldRollover").contains("parts"))
        #expect(try await found("rollover").sorted() == ["parts", "spaced", "whole"])
        #expect(try await found("snake_case") == ["snake", "case"])
        #expect(try await found("std::vector") == ["vector", "std"])
        #expect(try await found("--no-verify") == ["option", "words"])
    }

    @Test(arguments: [
        ("call shouldRollover first", ["whole"]), ("call it should_rollover", ["snake"]),
        ("RotatingFileHandler.doRollover", ["handler"]), ("HTTPServerError", ["server"]), ("größeLesen", ["size"]),
    ])
    func `a part of a name finds the name, and the whole finds it first`(text: String, id: [String]) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        // Texts that say the parts often, and long ones without them.
        _ = try await database.put(
            [Document(id: id[0], text: text)]
                + (0..<5).map {
                    Document(
                        id: "often \($0)",
                        text: "rollover rollover do rotating server server error file handler size lesen groesse grosse"
                    )
                }
                + (0..<20).map { Document(id: "other \($0)", text: "nothing of the kind, in \($0) words") })
        func found(_ query: String) async throws -> [String] {
            try await database.search(SearchRequest(query, count: 100, mode: .keyword)).ids
        }
        let names = text.split { !$0.isLetter && $0 != "_" }.map(String.init).filter { $0.count > 7 }
        for name in names { #expect(try await found(name).first == id[0], "\(name)") }
        for part in ["rollover", "error", "file handler", "lesen"] {
            let isPart = text.lowercased().contains(part.prefix(4))
            #expect(try await found(part).contains(id[0]) == isPart, "\(part)")
        }
    }

    @Test func `no phrase runs from a title or headings into what follows, or from one name into the next`()
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(
                id: "titled", title: "All about memory", text: "leak detectors find where parseError fooBarBaz is"),
            Document(id: "text", text: "a memory leak, an error and a foo"),
        ])
        let markdown = try folder.write("notes/page.md", "# Upper\n\nintro words\n\n## Lower part\n\nbody text here\n")
        _ = try await database.index(paths: [folder.path("notes")])
        #expect(FileManager.default.fileExists(atPath: markdown))
        func found(_ query: String) async throws -> [String] {
            try await database.search(SearchRequest(query, mode: .keyword)).ids
        }
        #expect(try await found("\"memory leak\"") == ["text"])
        #expect(try await found("\"about memory\"") == ["titled"])
        #expect(try await found("\"leak detectors\"") == ["titled"])
        #expect(try await found("\"foo bar\"") == ["titled"])
        #expect(try await found("\"error foo\"") == [])
        #expect(try await found("\"is parse\"") == [])
        #expect(try await found("\"upper lower\"") == [])
        #expect(try await found("\"lower part\"") == ["notes/page.md"])
    }

    @Test func `a beginning finds the words that begin so, whatever the index makes of them`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let stems = [
            "run", "runn", "roll", "rollov", "use", "univers", "relat", "relation", "general", "happi", "happ", "hous",
            "care", "connect", "argu", "nation", "adopt", "possib", "electric", "sens", "distil", "new", "on", "onl",
        ]
        let endings = [
            "", "e", "s", "es", "ed", "er", "ing", "ings", "y", "ly", "ity", "ities", "ness", "nesses", "ful",
            "fulness", "able",
            "ability", "ation", "ational", "ization", "izer", "ive", "iveness", "ous", "ously", "al", "ally", "alism",
            "ment",
            "ions", "ence", "ant", "or", "ical", "icate",
        ]
        let words = Array(Set(stems.flatMap { stem in endings.map { stem + $0 } })).sorted()
        // Many words a document would find each other; a few keep the store small.
        _ = try await database.put(words.map { Document(id: $0, text: $0) })
        func found(_ query: String) async throws -> Set<String> {
            try await Set(database.search(SearchRequest(query, count: 1000, mode: .keyword)).ids)
        }
        var asked: Set<String> = []
        for word in words where word.count > 2 {
            for length in 2...word.count { asked.insert(String(word.prefix(length))) }
        }
        for beginning in asked {
            let ids = try await found(beginning + "*")
            let expected = Set(words.filter { $0.hasPrefix(beginning) })
            #expect(ids.isSuperset(of: expected), "\(beginning)*: \(expected.subtracting(ids))")
        }
        // A word without a star finds its other endings; with one it finds no words that begin as its stem does.
        #expect(try await found("running*") == found("running").union(["runnings"]))
        #expect(try await !found("onl*").contains("once"))
        #expect(try await found("news*").isDisjoint(with: ["newity", "newally"]))
        #expect(try await found("roll*").isSuperset(of: ["rollover", "rolling", "rolled"]))
    }

    @Test(arguments: SearchMode.allCases.filter { $0 != .words }, ["-dog", "-\"the dog\" -title:river ?!"])
    func `a question that only excludes is refused`(_ mode: SearchMode, _ query: String) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<10))
        await expectRefusal(.invalidArgument, saying: "only what to leave out", "\n  \(query)\n  ^^^^") {
            try await database.search(SearchRequest(query, mode: mode))
        }
        #expect(try await !database.search(SearchRequest(query, mode: mode, literal: true)).results.isEmpty)
    }

    @Test func `beside a vector a question may only exclude`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let vector = try await Embedder.load(.tiny()).embed(["river"], asQueries: true).row(0)
        for mode in [SearchMode.semantic, .hybrid] {
            let answer = try await database.search(
                SearchRequest("-dog", count: Self.count, mode: mode, vector: Array(vector)))
            let expected = (0..<Self.count).filter { !Sample(Self.document($0)).holds("dog") }.map { "d\($0)" }
            #expect(Set(answer.ids) == Set(expected))
        }
    }

    @Test func `a literal question has no syntax`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        for mode in [SearchMode.keyword, .semantic, .hybrid] {
            let literal = try await database.search(
                SearchRequest("\"red dog\" -river title:cat", count: 50, mode: mode, literal: true))
            #expect(
                literal.results.count == 50 && literal.explanation.allSatisfy { !$0.description.hasPrefix("syntax") })
            if mode == .keyword {
                let words = try await database.search(SearchRequest("red dog river title cat", count: 50, mode: mode))
                #expect(literal.rows == words.rows)
            }
        }
    }

    @Test func `the answer says what was understood`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let answer = try await database.search("river \"red dog\" title:dog -bank -title:cat guit*", mode: .keyword)
        #expect(
            answer.explanation.first?.description
                == "syntax: required \"red dog\", title:dog; excluded -bank, -title:cat; prefixes guit*")
        #expect(answer.warnings == [])
        let plain = try await database.search("what is a river", mode: .keyword)
        #expect(plain.explanation.map(\.description) == ["words: BM25 over \"a\" OR \"river\""])
        let lone = try await database.search("river \"red dog", mode: .keyword)
        #expect(lone.warnings == ["A quotation mark without a partner was taken as text."])
        #expect(try await lone.rows == database.search("river red dog", mode: .keyword).rows)
    }

    @Test func `judged questions have no syntax`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let queries = try folder.write("q.jsonl", #"{"id": "q", "text": "-dog"}"# + "\n")
        let judgements = try folder.write("r.tsv", "query_id\tdoc_id\trelevance\nq\td1\t1\n")
        let report = try await database.evaluate(queries: queries, judgements: judgements)
        #expect(report.queries == 1)
    }
}
