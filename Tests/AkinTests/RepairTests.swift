import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Damage of every kind is named by `verify` and mended by `repair`.
@Suite struct RepairTests {
    private static let documents = (0..<90).map { number in
        Document(
            id: "d\(number)", title: number.isMultiple(of: 3) ? "the \(SampleTexts.nouns[number % 11])" : nil,
            text: "\(SampleTexts.sentence(number)) word\(number)", source: "sample",
            metadata: ["n": .number(Double(number)), "lang": .string("en")])
    }

    /// A closed store with an index file and a kept clustering.
    private struct Whole {
        let folder: TemporaryFolder
        let path: String
        let indexPath: String

        init() async throws {
            folder = try TemporaryFolder()
            path = folder.path("store.db")
            let database = try await Database.open(at: path, mode: .create, configuration: .tiny(exactThreshold: 10))
            _ = try await database.put(RepairTests.documents)
            _ = try await database.cluster(ClusteringOptions(count: 3))
            try await database.close()
            indexPath = folder.path(try #require(try folder.indexFiles().first))
        }

        func change(_ file: String, _ body: (inout Data) -> Void) throws {
            var bytes = try Data(contentsOf: URL(filePath: file))
            body(&bytes)
            try FileManager.default.removeItem(atPath: file)
            try bytes.write(to: URL(filePath: file))
        }

        func findings() async throws -> [String] {
            do {
                let database = try await Database.open(at: path, configuration: .tiny(exactThreshold: 10))
                let findings = try await database.verify().map(\.message)
                try await database.close()
                return findings
            } catch let error as AkinError where [.invalidData, .incompatible, .noInput].contains(error.code) {
                // Damage that keeps it from being opened.
                return [error.message]
            }
        }

        func repair() async throws -> RepairReport {
            try await Database.repair(at: path, configuration: .tiny(exactThreshold: 10))
        }

        /// Every document is there and found by its own word; the graph serves.
        func expectEverything(sourceLocation: SourceLocation = #_sourceLocation) async throws {
            #expect(try await findings() == [], sourceLocation: sourceLocation)
            let database = try await Database.open(at: path, configuration: .tiny(exactThreshold: 10))
            let stored = Collected<Document>()
            try await database.export { stored.append($0) }
            #expect(stored.values == RepairTests.documents, sourceLocation: sourceLocation)
            for number in [0, 17, 89] {
                let ids = try await database.search(SearchRequest("word\(number)", mode: .keyword)).ids
                #expect(ids == ["d\(number)"], sourceLocation: sourceLocation)
            }
            let answer = try await database.search(SearchRequest(SampleTexts.sentence(5), mode: .semantic))
            #expect(answer.plan == .graph && answer.warnings == [], sourceLocation: sourceLocation)
            let filtered = try await database.search(
                SearchRequest("the", count: 200, mode: .semantic, filter: try Database.Filter("n >= 80")))
            #expect(filtered.results.count == 10, sourceLocation: sourceLocation)
            try await database.close()
        }
    }

    private static func extent(of section: Int, in bytes: Data) -> Range<Int> {
        func number(_ offset: Int) -> Int { (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) } }
        let entry = 416 + 24 * section
        return number(entry)..<number(entry) + number(entry + 8)
    }

    @Test(arguments: ["flipped", "zeroed", "cut", "swapped"], 0..<13)
    func `every damaged section of an index file is named and rebuilt`(kind: String, section: Int) async throws {
        let store = try await Whole()
        let other = try await Database.open(
            at: store.folder.path("other.db"), mode: .create, configuration: .tiny(exactThreshold: 10))
        _ = try await other.put(SampleTexts.documents(5000..<5090))
        try await other.close()
        let foreign = try Data(
            contentsOf: store.folder.url.appending(
                path: try #require(
                    try store.folder.indexFiles().first { $0 != URL(filePath: store.indexPath).lastPathComponent })))
        let bytes = try Data(contentsOf: URL(filePath: store.indexPath))
        let extent = Self.extent(of: section, in: bytes)
        // Such small indexes have no codes.
        guard !extent.isEmpty else { return }
        try store.change(store.indexPath) { bytes in
            switch kind {
            case "flipped": bytes[extent.lowerBound + extent.count / 2] ^= 4
            case "zeroed": bytes.replaceSubrange(extent, with: Data(count: extent.count))
            case "cut": bytes = bytes.prefix(extent.lowerBound + extent.count / 2)
            default:
                bytes.replaceSubrange(
                    extent, with: (0..<extent.count).map { foreign[(extent.lowerBound + $0) % foreign.count] })
            }
        }
        guard try Data(contentsOf: URL(filePath: store.indexPath)) != bytes else { return }
        let name = URL(filePath: store.indexPath).lastPathComponent
        #expect(try await store.findings().contains { $0.contains(name) })
        let report = try await store.repair()
        #expect(report.losses == [] && report.damagedCopy == nil && report.documents == 90)
        #expect(
            report.findings.contains {
                if case .indexFile(let path) = $0.subject { path.hasSuffix(name) } else { false }
            })
        try await store.expectEverything()
    }

    @Test func `a whole store is left alone`() async throws {
        let store = try await Whole()
        let report = try await store.repair()
        #expect(report.findings == [] && report.done == [] && report.losses == [] && report.damagedCopy == nil)
        try await store.expectEverything()
    }

    /// Each page in turn, zeroed or filled with noise: what is left is whole, and every loss is told.
    @Test(arguments: ["zeroed", "noise"], 0..<4) func `every damaged page of the store is named and repaired`(
        kind: String, part: Int
    )
        async throws
    {
        let whole = try await Whole()
        let bytes = try Data(contentsOf: URL(filePath: whole.path))
        let pages = bytes.count / 8192
        for page in stride(from: 1 + part, to: pages, by: 4) {
            for name in try FileManager.default.contentsOfDirectory(atPath: whole.folder.url.path)
            where name != "store.db" && name.hasPrefix("store.db") {
                try FileManager.default.removeItem(atPath: whole.folder.path(name))
            }
            var damaged = bytes
            var state = UInt64(page)
            for place in page * 8192..<(page + 1) * 8192 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                damaged[place] = kind == "zeroed" ? 0 : UInt8(state >> 56)
            }
            try damaged.write(to: URL(filePath: whole.path))
            let isUnused = try await whole.findings().isEmpty
            let report = try await whole.repair()
            #expect(isUnused || !report.findings.isEmpty, "page \(page + 1)")
            #expect(try await whole.findings() == [], "page \(page + 1)")
            let database = try await Database.open(at: whole.path, configuration: .tiny(exactThreshold: 10))
            let stored = Collected<Document>()
            try await database.export { stored.append($0) }
            try await database.close()
            let intact = stored.values.filter { Self.documents.contains($0) }
            #expect(
                report.losses.isEmpty ? intact.count == 90 : intact.count < 91, "page \(page + 1): \(report.losses)")
            // Whatever differs from what was put has been told by its id.
            for document in stored.values where !Self.documents.contains(document) {
                #expect(report.losses.contains { $0.message.contains(document.id) }, "page \(page + 1): \(document.id)")
            }
            for lost in Self.documents where !stored.values.contains(where: { $0.id == lost.id }) {
                #expect(!report.losses.isEmpty, "page \(page + 1): \(lost.id)")
            }
        }
    }

    /// Without its first page SQLite finds nothing in a file; the store is saved whole all the same.
    @Test(
        arguments: [
            "zeroed", "noise", "header", "schema", "format of the schema", "older format", "newer format", "no format",
            "definition",
        ],
        [false, true])
    func `a lost first page is rebuilt`(kind: String, isCompacted: Bool) async throws {
        let store = try await Whole()
        if isCompacted {
            let database = try await Database.open(
                at: store.path, mode: .readWrite, configuration: .tiny(exactThreshold: 10))
            _ = try await database.optimize()
            try await database.close()
        }
        try store.change(store.path) { bytes in
            switch kind {
            // In SQLite's header: the number of the schema's format, and the store's own.
            case "format of the schema": bytes[47] ^= 1
            case "older format": bytes[63] ^= 1
            case "newer format": bytes[63] ^= 64
            case "no format": bytes[63] = 0
            case "definition": bytes[bytes.firstRange(of: Data("given_label".utf8))?.lowerBound ?? 0] ^= 1
            default:
                let lost = kind == "header" ? 0..<100 : kind == "schema" ? 100..<8192 : 0..<8192
                for place in lost {
                    bytes[place] = kind == "noise" ? UInt8(truncatingIfNeeded: place &* 2_654_435_761 >> 7) : 0
                }
            }
        }
        #expect(try await !store.findings().isEmpty)
        let report = try await store.repair()
        #expect(report.losses == [] && report.documents == 90)
        #expect(report.done.contains { $0.message.contains("first page") }, "\(report.done)")
        try await store.expectEverything()
        let database = try await Database.open(at: store.path, configuration: .tiny(exactThreshold: 10))
        #expect(try await database.clusterRuns().count == 1)
        try await database.close()
    }

    /// With the first pages the beginnings of some tables are lost: texts are kept under new ids, and that is told.
    @Test func `a lost beginning of the file leaves the texts`() async throws {
        let store = try await Whole()
        try store.change(store.path) { $0.replaceSubrange(0..<65_536, with: Data(count: 65_536)) }
        let report = try await store.repair()
        #expect(!report.losses.isEmpty && report.documents == 90)
        #expect(try await store.findings() == [])
        let database = try await Database.open(at: store.path, configuration: .tiny(exactThreshold: 10))
        for number in [0, 17, 89] {
            let found = try await database.search(SearchRequest("word\(number)", mode: .keyword)).results
            #expect(found.map(\.text) == [Self.documents[number].text])
        }
        try await database.close()
    }

    @Test func `a lost UUID is replaced by a new one`() async throws {
        let store = try await Whole()
        let uuid = try await {
            let database = try await Database.open(at: store.path)
            return try await database.information().uuid
        }()
        try store.change(store.path) { bytes in
            // The first digit: Foundation reads a UUID that begins with 0x.
            while let place = bytes.firstRange(of: Data(uuid.utf8)) { bytes[place.lowerBound] = UInt8(ascii: "x") }
        }
        let findings = try await store.findings()
        #expect(findings.count == 1, "\(findings)")
        let report = try await store.repair()
        #expect(report.losses == ["The store's uuid cannot be read: it was given a new one."])
        try await store.expectEverything()
    }

    /// A store of an older format has no checksums; what its change log proves must not be sealed over.
    @Test func `an altered text of an older store is reported`() async throws {
        let folder = try TemporaryFolder()
        let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../AkinStoreTests/Goldens/format-2.store")
        var bytes = try Data(contentsOf: golden)
        let place = try #require(bytes.firstRange(of: Data("The ferry leaves".utf8)))
        bytes[place.lowerBound] = UInt8(ascii: "A")
        try bytes.write(to: folder.url.appending(path: "optimized.db"))
        try bytes.write(to: folder.url.appending(path: "repaired.db"))
        let database = try await Database.open(
            at: folder.path("optimized.db"), mode: .readWrite, configuration: .tiny())
        #expect(await #expect(throws: AkinError.self) { try await database.optimize() }?.code == .invalidData)
        try await database.close()
        let report = try await Database.repair(at: folder.path("repaired.db"), configuration: .tiny())
        #expect(report.losses == ["Document ferry may have been altered in passage 1: index it again to be sure."])
    }

    /// A newer Akin's store has tables that this one does not know, or has them otherwise.
    @Test func `a newer store is left alone`() async throws {
        let store = try await Whole()
        try store.change(store.path) { bytes in
            bytes[63] += 1
            bytes[bytes.firstRange(of: Data("given_label".utf8))?.lowerBound ?? 0] ^= 1
        }
        let bytes = try Data(contentsOf: URL(filePath: store.path))
        #expect(await #expect(throws: AkinError.self) { try await store.repair() }?.code == .incompatible)
        #expect(try Data(contentsOf: URL(filePath: store.path)) == bytes)
    }

    /// What is no store is not taken for one that has lost its beginning.
    @Test func `what is no store is left alone`() async throws {
        let folder = try TemporaryFolder()
        for (name, bytes) in [
            ("text", Data(String(repeating: "No store. ", count: 40_000).utf8)), ("zeros", Data(count: 400_000)),
        ] {
            try bytes.write(to: folder.url.appending(path: name))
            let error = await #expect(throws: AkinError.self) {
                try await Database.repair(at: folder.path(name), configuration: .tiny())
            }
            #expect(error?.code == .invalidData)
            #expect(try Data(contentsOf: folder.url.appending(path: name)) == bytes)
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy { !$0.contains("damaged") })
    }

    /// The copy that is kept is the file as it was found, and so is its log.
    @Test func `the damaged file is kept bit for bit`() async throws {
        let folder = try TemporaryFolder()
        let (source, path) = (folder.path("store.db"), folder.path("killed.db"))
        let writer = try await Database.open(at: source, mode: .create, configuration: .tiny())
        _ = try await writer.put(SampleTexts.documents(0..<2000))
        try await writer.close()
        let last = try await Database.open(at: source, mode: .readWrite, configuration: .tiny())
        _ = try await last.put([Document(id: "last", text: "the last ferry of the day")])
        // As a writer that was killed leaves it.
        var bytes = try Data(contentsOf: URL(filePath: source))
        let log = try Data(contentsOf: URL(filePath: source + "-wal"))
        try await last.close()
        #expect(!log.isEmpty)
        // A page of rows that the log does not hold again: each frame of it names its page after a header of 32 bytes.
        let logged = Set(
            stride(from: 32, to: log.count - 8192, by: 24 + 8192).map { place in
                log[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } - 1
            })
        let page = try #require((30..<bytes.count / 8192).first { !logged.contains($0) && bytes[$0 * 8192] == 0x0D })
        bytes.replaceSubrange(page * 8192..<(page + 1) * 8192, with: Data(count: 8192))
        try bytes.write(to: URL(filePath: path))
        try log.write(to: URL(filePath: path + "-wal"))
        let report = try await Database.repair(at: path, configuration: .tiny())
        let copy = try #require(report.damagedCopy)
        #expect(try Data(contentsOf: URL(filePath: copy)) == bytes)
        #expect(try Data(contentsOf: URL(filePath: copy + "-wal")) == log)
        let database = try await Database.open(at: path, configuration: .tiny())
        #expect(try await database.document(id: "last") != nil)
        try await database.close()
    }

    /// In a store whose change log is whole, as it is until index files are built, and in one with an index file.
    @Test(arguments: [10, 100_000]) func `a changed text is named and encoded again`(exactThreshold: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let writer = try await Database.open(
            at: path, mode: .create, configuration: .tiny(exactThreshold: exactThreshold))
        _ = try await writer.put(Self.documents)
        try await writer.close()
        var bytes = try Data(contentsOf: URL(filePath: path))
        // Wherever the text stands, the places of deleted rows too.
        let text = Data(Self.documents[17].text.utf8)
        var from = bytes.startIndex
        while let place = bytes.range(of: text, in: from..<bytes.endIndex) {
            bytes[place.lowerBound] = UInt8(ascii: "T")
            from = place.upperBound
        }
        try bytes.write(to: URL(filePath: path))
        let report = try await Database.repair(at: path, configuration: .tiny(exactThreshold: exactThreshold))
        #expect(
            report.findings.contains { $0.message.contains("of document d17 does not match its checksum") },
            "\(report.findings)")
        #expect(report.losses.contains { $0.message.contains("d17 ") } && report.losses.count == 1, "\(report.losses)")
        #expect(FileManager.default.fileExists(atPath: try #require(report.damagedCopy)))
        // Putting it again makes all as it was.
        let database = try await Database.open(
            at: path, mode: .readWrite, configuration: .tiny(exactThreshold: exactThreshold))
        #expect(try await database.put([Self.documents[17]]).updated == 1)
        #expect(try await database.document(id: "d17") == Self.documents[17])
        #expect(try await database.verify() == [])
        try await database.close()
    }
}
