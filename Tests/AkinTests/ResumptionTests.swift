import Akin
import AkinCore
import AkinTestSupport
import Dispatch
import Foundation
import Synchronization
import Testing

@Suite struct ResumptionTests {
    private static let count = 2600

    @Test func `cancelling keeps what was committed and the next run completes it`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("many.jsonl", try SampleTexts.documents(0..<Self.count).jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())

        let interruption = Interruption()
        let task = Task {
            try await database.index(paths: [file]) { step in
                if step.documents >= 1500 { interruption.stop() }
            }
        }
        await interruption.cancel(task)
        await #expect(throws: CancellationError.self) { try await task.value }

        let kept = try await database.information().documents
        #expect(kept > 0 && kept < Self.count)
        #expect(try await database.verify() == [])
        #expect(try await database.search(SearchRequest("big dog", count: 5)).results.count == 5)

        let summary = try await database.index(paths: [file])
        #expect(summary.unchanged == kept)
        #expect(summary.added == Self.count - kept)
        #expect(try await database.allIDs().sorted() == (0..<Self.count).map { "d\($0)" }.sorted())
        let information = try await database.information()
        #expect(information.passages == Self.count && information.spaces.map(\.vectors) == [Self.count])
        #expect(try await database.verify() == [])
    }

    @Test func `an interrupted training is done by the next run`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("many.jsonl", try SampleTexts.documents(0..<600).jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .words)

        let interruption = Interruption()
        let task = Task {
            try await database.index(paths: [file]) { step in
                if step.phase != .indexing { interruption.stop() }
            }
        }
        await interruption.cancel(task)
        await #expect(throws: CancellationError.self) { try await task.value }

        #expect(try await database.information().documents == 600)
        #expect(try await database.verify() == [])
        #expect(try await database.search(SearchRequest("dog", mode: .keyword)).results.count == 10)
        #expect(try await database.search(SearchRequest("dog", mode: .hybrid)).results.count == 10)
        await expectRefusal(.incompatible, saying: "Database.optimize") {
            try await database.search(SearchRequest("dog", mode: .semantic))
        }

        let summary = try await database.index(paths: [file])
        #expect(summary.unchanged == 600)
        #expect(try await database.information().spaces.map(\.vectors) == [600])
        #expect(try await database.search(SearchRequest("dog", mode: .semantic)).results.count == 10)
        #expect(try await database.verify() == [])
    }

    @Test func `an interrupted change of encoder leaves the old one serving`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny(.dense))
        _ = try await database.put(SampleTexts.documents(0..<Self.count))
        let before = try await database.search(SearchRequest("big dog", mode: .semantic)).rows

        let interruption = Interruption()
        let task = Task {
            try await database.optimize(encoder: TinyModel.half.path) { step in
                if step.completed >= 2000 { interruption.stop() }
            }
        }
        await interruption.cancel(task)
        await #expect(throws: CancellationError.self) { try await task.value }

        #expect(try await database.search(SearchRequest("big dog", mode: .semantic)).rows == before)
        let spaces = try await database.information().spaces
        #expect(spaces.map(\.status) == [.semantic, .building])
        #expect(spaces[1].vectors > 0 && spaces[1].vectors < Self.count)
        #expect(try await database.verify() == [])

        _ = try await database.optimize(encoder: TinyModel.half.path)
        let after = try await database.information().spaces
        #expect(after.map(\.encoder) == ["half"] && after.map(\.vectors) == [Self.count])
        #expect(try await database.verify() == [])
    }
}
