/// Pairs of words and their weights in the order of their keys, in a nameless file.
@safe final class CooccurrenceRun: @unchecked Sendable {
    // Safe: nothing writes it after its making, indices are checked, and the mapping lives as long as the file.
    private let file: ScratchFile
    private let entries: UnsafeMutableBufferPointer<CooccurrenceTable.Entry>

    init(_ sorted: [CooccurrenceTable.Entry], folder: String) throws {
        let file = try ScratchFile(in: folder)
        try unsafe sorted.withUnsafeBytes { try unsafe file.write($0) }
        self.file = file
        unsafe entries = try unsafe file.map().bindMemory(to: CooccurrenceTable.Entry.self)
    }

    var count: Int { unsafe entries.count }

    subscript(index: Int) -> CooccurrenceTable.Entry {
        precondition(index >= 0 && index < count)
        return unsafe entries[index]
    }

    /// Calls `body` with each pair of some runs once, the weights of all runs added up, in the order of keys.
    static func merge(_ runs: [CooccurrenceRun], _ body: (CooccurrenceTable.Entry) throws -> Void) rethrows {
        var heads = runs.indices.filter { runs[$0].count > 0 }.map { (key: runs[$0][0].key, run: $0, place: 0) }
        // A binary heap, the least key on top
        func sift(_ start: Int) {
            var parent = start
            while true {
                var least = parent
                for child in 2 * parent + 1..<2 * parent + 3
                where child < heads.count && heads[child].key < heads[least].key { least = child }
                if least == parent { return }
                heads.swapAt(parent, least)
                parent = least
            }
        }
        for start in (0..<heads.count / 2).reversed() { sift(start) }
        var current: CooccurrenceTable.Entry?
        while let head = heads.first {
            let entry = runs[head.run][head.place]
            if let known = current, known.key == entry.key {
                current?.weight += entry.weight
            } else {
                if let known = current { try body(known) }
                current = entry
            }
            if head.place + 1 < runs[head.run].count {
                heads[0] = (runs[head.run][head.place + 1].key, head.run, head.place + 1)
            } else {
                heads[0] = heads[heads.count - 1]
                heads.removeLast()
            }
            sift(0)
        }
        if let current { try body(current) }
    }
}
