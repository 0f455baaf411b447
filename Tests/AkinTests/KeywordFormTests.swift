import Akin
import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// Words are found in whatever form they are written.
@Suite struct KeywordFormTests {
    private static func found(_ query: String, in database: Database) async throws -> [String] {
        try await database.search(SearchRequest(query, count: 1000, mode: .keyword)).results.map(\.id)
    }

    @Test(arguments: [
        ("Tiếng Việt là ngôn ngữ", "tiếng việt"), ("Đà Nẵng", "da nang"), ("Мой край", "мой"), ("Съел ещё", "еще"),
        ("Росси\u{301}я", "Россия"),
        ("Ο άνθρωπος", "ΑΝΘΡΩΠΟΣ"), ("Ἀθῆναι", "Αθηναι"), ("한국어를 배웁니다", "한국어"), ("학교에서 공부했다", "학교"), ("친구가 왔다", "친구"),
        ("서울은 크다", "서울이"),
        ("물을 마신다", "물"), ("Soft\u{AD}ware", "software"), ("data\u{200B}base", "database"),
        ("می\u{200C}خواهم", "میخواهم"), ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"), ("Straße", "strasse"), ("STRASSE", "straße"), ("İstanbul", "istanbul"),
        ("ISPARTA", "ısparta"), ("ﬁnance", "finance"),
        ("œuvre", "oeuvre"), ("Łódź", "lodz"), ("हिन्दी भाषा", "हिन्दी"), ("தமிழ் மொழி", "மொழி"), ("が行", "か\u{3099}行"),
        ("ＦＵＬＬ width", "full"),
        ("naïve", "nai\u{308}ve"), ("п\u{2BC}ять", "п'ять"), ("ⴀⴁ Ⴀ", "ⴠⴡ ⴀ"), ("Ǆemper", "džemper"),
    ])
    func `a word is found in any normal form and spelling`(text: String, query: String) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("a.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(
            [
                text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
                "something else entirely",
            ].enumerated()
                .map { Document(id: "d\($0.offset)", text: $0.element) })
        for form in [
            query, query.precomposedStringWithCanonicalMapping, query.decomposedStringWithCanonicalMapping,
            query.uppercased(),
        ] {
            #expect(try await Self.found(form, in: database).sorted() == ["d0", "d1", "d2"], "\(form)")
        }
        #expect(try await database.verify() == [])
        try await database.close()
    }

    @Test func `signs of other words do not find a word`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("a.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(id: "kal", text: "कल"), Document(id: "kaal", text: "काल"), Document(id: "ki", text: "कि"),
        ])
        #expect(try await Self.found("कल", in: database) == ["kal"])
        #expect(try await Self.found("काल", in: database) == ["kaal"])
        #expect(try await Self.found("क", in: database) == [])
        try await database.close()
    }

    /// SQLite's tokenizer is asked about each letter with a decomposition in the blocks of Latin, Greek and Cyrillic.
    @Test func `every accented letter is found in the other normal form`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("a.db"), mode: .create, configuration: .tiny())
        let letters = [0xC0..<0x250, 0x370..<0x530, 0x1E00..<0x2000].joined().compactMap(Unicode.Scalar.init).filter {
            $0.properties.isAlphabetic && String($0).decomposedStringWithCanonicalMapping.unicodeScalars.count > 1
        }
        #expect(letters.count > 700)
        func word(_ number: Int) -> String { "q\(letters[number])q\(number)" }
        _ = try await database.put(letters.indices.map { Document(id: "d\($0)", text: word($0)) })
        for number in letters.indices {
            let decomposed = word(number).decomposedStringWithCanonicalMapping
            #expect(try await Self.found(decomposed, in: database) == ["d\(number)"], "\(letters[number])")
        }
        try await database.close()
    }

    /// A store as older versions made it: search texts by `older`, and no note of a version.
    private static func makeOlder(_ path: String) throws {
        let store = try Store(path: path, mode: .readWrite(createIfMissing: false))
        try store.write { writer in
            _ = try writer.updateSearchTexts { title, _, text in title.map { "\($0) \(text)" } }
            try writer.setSetting("keyword_text", nil)
        }
        try store.close()
    }

    @Test func `a run of index does what optimize does with words that an older version indexed, once`() async throws {
        let folder = try TemporaryFolder()
        let (path, notes) = (folder.path("a.db"), try folder.write("notes/a.txt", "call shouldRollover first"))
        var database = try await Database.open(at: path, mode: .create, configuration: .tiny())
        _ = try await database.put(Document(id: "titled", title: "About memory", text: "leak detectors"))
        try await database.close()
        let store = try Store(path: path, mode: .readWrite(createIfMissing: false))
        try store.write { writer in
            _ = try writer.updateSearchTexts { title, _, text in title.map { "\($0) \(text)" } }
            try writer.setSetting("keyword_text", "2")
        }
        try store.close()

        database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        #expect(try await database.information().outdated.map(\.remedy) == [.optimize])
        let older = try await database.search(SearchRequest("\"memory leak\"", mode: .keyword))
        #expect(older.ids == ["titled"] && older.warnings.isEmpty)
        #expect(try await database.index(paths: [notes]).notes.isEmpty)
        #expect(try await database.information().outdated.isEmpty)
        #expect(try await database.verify() == [])
        #expect(try await Self.found("\"memory leak\"", in: database) == [])
        #expect(try await Self.found("rollover", in: database).count == 1)
        #expect(try await !database.optimize().contains { $0.message.contains("indexed again") })
        try await database.close()
    }

    @Test func `optimize indexes the words of older stores again`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.db")
        var database = try await Database.open(at: path, mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(id: "ko", text: "한국어를 배웁니다"),
            Document(id: "vi", title: "Tiếng", text: "Việt".decomposedStringWithCanonicalMapping),
            Document(id: "ascii", text: "plain words"), Document(id: "titled", title: "Plain", text: "words"),
        ])
        #expect(try await database.information().outdated == [])
        let current = try await database.document(id: "vi")
        try await database.close()
        try Self.makeOlder(path)

        database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        #expect(try await database.verify() == [])
        #expect(try await database.information().outdated.first?.remedy == .optimize)
        // Found as before, with a note.
        #expect(try await Self.found("한국어를", in: database) == ["ko"])
        let missed = try await database.search(SearchRequest("한국어", mode: .keyword))
        #expect(missed.results.isEmpty && missed.warnings.first?.remedy == .optimize)
        #expect(try await database.search(SearchRequest("words", mode: .keyword)).warnings == [])
        let spaces = try await database.information().spaces.map(\.vectors)
        let changes = try await database.information().lastChange

        #expect(try await database.optimize().contains { $0.message.contains("3 passages were indexed again") })
        #expect(try await database.verify() == [])
        #expect(try await Self.found("한국어", in: database) == ["ko"])
        #expect(try await Self.found("viet", in: database) == ["vi"])
        #expect(try await Self.found("words", in: database).sorted() == ["ascii", "titled"])
        #expect(try await database.search(SearchRequest("한국어", mode: .keyword)).warnings == [])
        let information = try await database.information()
        #expect(
            information.outdated == [] && information.spaces.map(\.vectors) == spaces
                && information.lastChange == changes)
        #expect(try await database.document(id: "vi") == current)
        #expect(try await !database.optimize().contains { $0.message.contains("indexed again") })
        try await database.close()
    }
}
