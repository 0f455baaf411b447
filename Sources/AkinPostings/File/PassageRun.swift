/// Passages whose ids follow one upon the other: the first of them.
///
/// The ids of a store have gaps only where passages were deleted, so a few runs name all.
struct PassageRun: BitwiseCopyable {
    /// The number of its first passage.
    var number: UInt32
    /// The id of that, less the first id of all.
    var offset: UInt32
}

/// The ids of numbered passages.
struct PassageNumbers {
    let count: Int
    let firstPassage: Int64
    /// Ascending, each number with a larger offset than the one before.
    let runs: UnsafeBufferPointer<PassageRun>

    /// The id of the passage of a number. Cost: O(log runs).
    func id(_ number: Int) -> Int64 {
        let run = runs[last { Int($0.number) <= number }]
        return firstPassage + Int64(run.offset) + Int64(number - Int(run.number))
    }

    /// The number of a passage; nil for one that is not there. Cost: O(log runs).
    func number(of id: Int64) -> Int? {
        guard count > 0, id >= firstPassage, id - firstPassage <= Int64(UInt32.max) else { return nil }
        let offset = Int(id - firstPassage)
        let place = last { Int($0.offset) <= offset }
        let number = Int(runs[place].number) + offset - Int(runs[place].offset)
        return number < (place + 1 < runs.count ? Int(runs[place + 1].number) : count) ? number : nil
    }

    /// The last run of those for which a condition holds, which are the first ones; there is one.
    @inline(__always)
    private func last(where holds: (PassageRun) -> Bool) -> Int {
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if holds(runs[middle]) { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// What would lead outside; nil when nothing would.
    var fault: String? {
        guard let first = runs.first else { return count == 0 ? nil : "it has no ids for its passages" }
        guard first.number == 0, first.offset == 0, count > 0 else { return "its first passage is not its first" }
        for (run, next) in zip(runs, runs.dropFirst())
        where run.number >= next.number || run.offset >= next.offset
            || next.offset - run.offset < next.number - run.number
        {
            return "passage \(next.number) does not come after the ones before"
        }
        guard Int(runs[runs.count - 1].number) < count else { return "it has more ids than passages" }
        return nil
    }
}
