extension BERTPass {
    /// Runs sequences forward without dropout, as many at a time as fit, and hands out each batch with its states.
    ///
    /// - Parameters:
    ///   - count: the most sequences of a batch.
    ///   - readsFirstRows: whether `body` reads the states of the sequences' first tokens alone.
    func evaluate(
        _ sequences: some Sequence<(ids: [Int32], segments: [Int32]?)>, atATime count: Int,
        readsFirstRows: Bool = false,
        _ body: (Batch) -> Void
    ) {
        var batch = Batch()
        func flush() {
            guard !batch.bounds.isEmpty else { return }
            if readsFirstRows { batch.readRows = batch.firstRows }
            forward(batch, hiddenDropout: 0, attentionDropout: 0, seed: 0)
            body(batch)
            batch = Batch()
        }
        for (ids, segments) in sequences {
            if batch.bounds.count == count || batch.tokens + ids.count > capacity { flush() }
            batch.append(ids, segments: segments)
        }
        flush()
    }
}
