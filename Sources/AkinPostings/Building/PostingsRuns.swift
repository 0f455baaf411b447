package import AkinCore
import Foundation

/// Gathers the postings of any number of passages in bounded memory: from a size on, what was gathered goes to a file
/// without a name, a run, and all runs are merged at the end.
package struct PostingsRuns {
    private var builder = PostingsBuilder()
    private var runs: [Postings] = []
    private let path: String
    private let capacity: Int

    /// Bytes that are gathered in memory.
    package static let standardCapacity = 128 << 20

    /// - Parameters:
    ///   - path: Where runs are written beside.
    ///   - capacity: Bytes of memory from which on a run is written.
    package init(besides path: String, capacity: Int = standardCapacity) {
        self.path = path
        self.capacity = capacity
    }

    package var passageCount: Int { runs.reduce(builder.passageCount) { $0 + $1.passageCount } }

    /// Runs that were written.
    package var runCount: Int { runs.count }

    /// Adds a passage with the terms of its text. Passages ascend.
    ///
    /// - Throws: as `PostingsBuilder`; `AkinError.cannotCreate` or `.inputOutput` when a run cannot be written.
    package mutating func add(passage: Int64, terms: TermList) throws {
        try builder.add(passage: passage, terms: terms)
        guard builder.memory >= capacity else { return }
        runs.append(try builder.spilled(.run, besides: path))
        builder = PostingsBuilder()
    }

    /// Writes the postings of what was added to a file: whole or not at all.
    ///
    /// - Parameters:
    ///   - base: Postings of passages before those, and passages that are left out of them.
    ///   - original: A file whose owner and permissions it gets.
    /// - Throws: as `PostingsMerge`.
    package func write(
        _ header: PostingsHeader, to path: String, after base: (postings: Postings, removed: Set<Int64>)? = nil,
        like original: String? = nil
    ) throws {
        let parts = try runs + (builder.passageCount > 0 ? [builder.postings(.run)] : [])
        if let base {
            try PostingsMerge(base.postings, without: base.removed, parts).write(header, to: path, like: original)
        } else if let first = runs.first {
            try PostingsMerge(first, without: [], Array(parts.dropFirst())).write(header, to: path, like: original)
        } else {
            try builder.write(header, to: path, like: original)
        }
    }
}

extension PostingsHeader {
    /// That of runs, which are read by those who write them.
    fileprivate static let run = PostingsHeader(
        storeUUID: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), generation: 0, lastSequence: 0,
        chain: Data(count: 32), textVersion: 0)
}
