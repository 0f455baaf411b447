import Akin
import AkinCore
import AkinTestSupport
import Dispatch
import Foundation
import Synchronization
import Testing

/// One process indexes while another gives the store other vectors.
@Suite struct EncoderChangeBesideIndexingTests {
    /// Runs asynchronous work from a synchronous callback, once, and waits for it.
    private final class Once: Sendable {
        private let isDone = Mutex(false)

        func run(_ body: @escaping @Sendable () async throws -> Void) {
            guard
                isDone.withLock({ done in
                    defer { done = true }
                    return !done
                })
            else { return }
            let finished = DispatchSemaphore(value: 0)
            Task.detached {
                do { try await body() } catch { Issue.record(error) }
                finished.signal()
            }
            finished.wait()
        }
    }

    @Test(arguments: ["words", TinyModel.half.path, TinyModel.dense.path])
    func `documents that were encoded for vectors that are gone get those that serve now`(_ encoder: String)
        async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let configuration = Database.Configuration(threads: 2, lockTimeout: .seconds(30))
        let first = try await Database.open(at: path, mode: .create, configuration: .words)
        _ = try await first.put(SampleTexts.documents(0..<60))
        try await first.close()

        // Two batches, of which the first is under way when the second is encoded.
        let lines = SampleTexts.documents(60..<620).map { "{\"id\":\"\($0.id)\",\"text\":\"\($0.text)\"}\n" }.joined()
        let input = try folder.write("input.jsonl", lines)
        let (once, database) = (
            Once(), try await Database.open(at: path, mode: .readWrite, configuration: configuration)
        )
        let summary = try await database.index(paths: [input]) { _ in
            once.run {
                let other = try await Database.open(at: path, mode: .readWrite, configuration: configuration)
                _ = try await other.optimize(encoder: encoder)
                try await other.close()
            }
        }
        #expect(summary.added == 560 && summary.problemCount == 0)
        let information = try await database.information()
        #expect(information.documents == 620)
        // The word vectors that a store had before a model serve --mode words.
        #expect(information.spaces.allSatisfy { $0.vectors == information.passages })
        #expect(summary.encoder == information.spaces.last?.encoder)
        #expect(try await database.verify() == [])
        try await database.close()
    }
}
