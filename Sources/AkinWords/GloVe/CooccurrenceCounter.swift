import AkinVectors
import Synchronization

/// Counts how often words stand near each other, in bounded memory: full tables are written as sorted runs, which are
/// merged at the end.
///
/// Two words d places apart in a line count 1/d, if d is at most the window (Pennington, Socher and Manning 2014,
/// section 4.2).
package struct CooccurrenceCounter {
    let words: WordIDs
    let window: Int
    /// Bytes for all tables together.
    let memory: Int
    let folder: String
    let threads: Int

    package init(words: WordIDs, window: Int, memory: Int, folder: String, threads: Int) {
        self.words = words
        self.window = window
        self.memory = memory
        self.folder = folder
        self.threads = threads
    }

    private static let chunkSize = 100_000

    /// The runs of all threads, each sorted by key.
    ///
    /// - Throws: `CancellationError`, and `AkinError` when the disk is full.
    func runs(isCancelled: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (_ share: Double) -> Void)
        throws -> [CooccurrenceRun]
    {
        let chunks = (words.count + Self.chunkSize - 1) / Self.chunkSize
        let next = Atomic<Int>(0)
        let runs = Mutex<[CooccurrenceRun]>([])
        try Parallel.forEach(threads, threads: threads) { _ in
            var table = CooccurrenceTable(bytes: memory / threads)
            func spill() throws {
                let run = try CooccurrenceRun(table.drain(), folder: folder)
                runs.withLock { $0.append(run) }
            }
            while true {
                let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard chunk < chunks else { break }
                if isCancelled() { throw CancellationError() }
                try unsafe words.forEachSentence(
                    in: chunk * Self.chunkSize..<min(words.count, (chunk + 1) * Self.chunkSize)
                ) {
                    sentence in
                    for place in sentence.indices {
                        unsafe count(sentence, place, into: &table)
                        if table.isFull { try spill() }
                    }
                }
                progress(Double(chunk + 1) / Double(chunks))
            }
            if table.count > 0 { try spill() }
        }
        return runs.withLock { $0 }
    }

    /// Adds the pairs of a word with those before it: at most as many as the window has, for which a table that is not
    /// full has room.
    @inline(__always)
    private func count(_ sentence: UnsafeBufferPointer<Int32>, _ place: Int, into table: inout CooccurrenceTable) {
        for other in max(0, place - window)..<place {
            let weight = 1 / Float(place - other)
            // A word beside itself is its own context twice.
            unsafe table.add(sentence[other], sentence[place], sentence[other] == sentence[place] ? 2 * weight : weight)
        }
    }
}
