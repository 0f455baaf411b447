import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Holds a store's writer lock as another process would.
private final class ForeignLock {
    private let descriptor: CInt

    init(store path: String) throws {
        descriptor = open(path + "-lock", O_RDWR)
        try #require(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    }

    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}

@Suite struct ConcurrencyTests {
    private static func store(_ folder: TemporaryFolder, count: Int = 100) async throws -> String {
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<count))
        try await database.close()
        return path
    }

    @Test func `a writer gives up after its time limit`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder)
        let database = try await Database.open(
            at: path, mode: .readWrite, configuration: .tiny(lockTimeout: .milliseconds(50)))
        let lock = try ForeignLock(store: path)
        await expectRefusal(.locked, saying: "store.db") {
            try await database.put([Document(id: "x", text: "the dog")])
        }
        await expectRefusal(.locked) { try await database.delete(id: "d1") }
        await expectRefusal(.locked) {
            try await Database.open(at: path, mode: .readWrite, configuration: .tiny(lockTimeout: .milliseconds(50)))
        }
        // Readers are not kept waiting.
        #expect(try await database.search(SearchRequest("dog")).results.count == 10)
        let reader = try await Database.open(at: path, configuration: .tiny())
        #expect(try await reader.search(SearchRequest("dog")).results.count == 10)
        lock.release()
        #expect(try await database.put([Document(id: "x", text: "the dog")]).added == 1)
        #expect(try await database.document(id: "d1") != nil)
    }

    @Test func `however many writers wait, questions are answered`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder)
        let database = try await Database.open(
            at: path, mode: .readWrite, configuration: .tiny(lockTimeout: .seconds(60)))
        let lock = try ForeignLock(store: path)
        let writers = (0..<150).map { number in
            Task { try await database.put(Document(id: "x\(number)", text: "the dog")) }
        }
        // All of them are on their way, and none has written.
        try await Task.sleep(for: .milliseconds(300))
        for _ in 0..<20 { #expect(try await database.search("dog").results.count == 10) }
        #expect(try await database.information().documents == 100)
        lock.release()
        for writer in writers { #expect(try await writer.value.added == 1) }
        #expect(try await database.information().documents == 250)
    }

    @Test func `a writer waits for another`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder)
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        let lock = try ForeignLock(store: path)
        let waiting = Task { try await database.put([Document(id: "x", text: "the dog")]).added }
        try await Task.sleep(for: .milliseconds(150))
        #expect(try await database.document(id: "x") == nil)
        lock.release()
        #expect(try await waiting.value == 1)
        #expect(try await database.document(id: "x") != nil)
    }

    @Test func `writers take turns`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, count: 10)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
                    for round in 0..<10 {
                        let summary = try await database.put(
                            SampleTexts.documents(round * 5..<round * 5 + 5, prefix: "w\(writer)-"))
                        #expect(summary.added == 5)
                    }
                    try await database.close()
                }
            }
            try await group.waitForAll()
        }
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        let information = try await database.information()
        #expect(information.documents == 160 && information.spaces.map(\.vectors) == [160])
        #expect(try await database.verify() == [])
    }

    @Test func `writers of a new store without a model agree on one set of word vectors`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    let database = try await Database.open(at: path, mode: .create, configuration: .words)
                    _ = try await database.put(
                        SampleTexts.documents(writer * 100..<writer * 100 + 100, prefix: "w\(writer)-"))
                }
            }
            try await group.waitForAll()
        }
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .words)
        _ = try await database.optimize()
        let information = try await database.information()
        #expect(information.documents == 300)
        #expect(information.spaces.map(\.vectors) == [300])
        #expect(try await database.verify().isEmpty)
        let answer = try await database.search(SearchRequest(SampleTexts.sentence(7), mode: .semantic))
        #expect(answer.results.count == 10)
    }

    /// Each call of `put` replaces two documents in one transaction; whoever reads sees both old or both new.
    @Test func `readers see whole transactions while a writer writes`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder)
        let rounds = 40
        func pair(_ round: Int) -> [Document] {
            ["left", "right"].map {
                Document(id: $0, text: "zebra the \(SampleTexts.nouns[round % 11]) \(SampleTexts.sentence(round))")
            }
        }
        let writer = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        _ = try await writer.put(pair(0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for round in 1...rounds { _ = try await writer.put(pair(round)) } }
            for mode in [SearchMode.keyword, .hybrid] {
                group.addTask {
                    let reader = try await Database.open(at: path, configuration: .tiny())
                    for _ in 0..<rounds {
                        let results = try await reader.search(SearchRequest("zebra", count: 200, mode: mode)).results
                        let both = results.filter { $0.id == "left" || $0.id == "right" }
                        #expect(both.count == 2 && Set(both.map(\.text)).count == 1)
                        #expect(results.count == (mode == .keyword ? 2 : 102))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await writer.verify() == [])
    }

    @Test(arguments: [20_000, 10]) func `a hundred searches at once give what one after another gives`(_ threshold: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny(exactThreshold: threshold))
        _ = try await database.put(SampleTexts.documents(0..<300))
        let requests = (0..<100).map { number in
            SearchRequest(
                SampleTexts.queries(100)[number], count: 5 + number % 7,
                mode: [.hybrid, .semantic, .keyword][number % 3])
        }
        var expected: [[Row]] = []
        for request in requests { expected.append(try await database.search(request).rows) }
        let fresh = try await Database.open(at: path, configuration: .tiny(exactThreshold: threshold))
        let answers = try await withThrowingTaskGroup(of: (Int, [Row]).self) { group in
            for (number, request) in requests.enumerated() {
                group.addTask { (number, try await fresh.search(request).rows) }
            }
            return try await group.reduce(into: [Int: [Row]]()) { $0[$1.0] = $1.1 }
        }
        for number in requests.indices { #expect(answers[number] == expected[number]) }
    }
}
