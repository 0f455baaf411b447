import Synchronization

extension Parallel {
    /// The results of `transform` for each element, in the elements' order, computed on at most `threads` threads.
    ///
    /// Elements are handed out in runs, so that handing out does not cost more than cheap transforms.
    package static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], threads: Int, _ transform: @Sendable (Element) throws -> Result
    ) throws -> [Result] {
        guard threads > 1, elements.count > 1 else { return try elements.map(transform) }
        let run = max(1, min(64, elements.count / (4 * threads)))
        let starts = Array(stride(from: 0, to: elements.count, by: run))
        let pieces = Mutex([[Result]](repeating: [], count: starts.count))
        try forEach(starts.count, threads: threads) { index in
            let piece = try elements[starts[index]..<min(starts[index] + run, elements.count)].map(transform)
            pieces.withLock { $0[index] = piece }
        }
        let results = pieces.withLock { Array($0.joined()) }
        precondition(results.count == elements.count, "A run of elements gave no results.")
        return results
    }
}
