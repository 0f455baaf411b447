import AkinStore

/// Which passages the filter of one request allows, within the read transaction of its reader.
///
/// The allowed passages are usually a set, which the database keeps for the next request. A filter that admits many and
/// is seen for the first time in a large store is instead tried on single passages: a search asks for few of them, and
/// finding all would take longer.
final class FilterAdmission {
    private let filter: Database.Filter
    private let cache: FilterCache
    private let reader: any StoreReading
    private let started = ContinuousClock.now
    private var entry: FilterCache.Entry
    private var cacheUse = FilterReport.CacheUse.miss
    private var milliseconds = 0.0

    /// Answers for single passages, and for documents.
    private var answers: [Int64: Bool] = [:]
    private var answersByDocument: [Int64: Bool] = [:]
    /// Passages that may yet be tried one by one before the set is made after all.
    private var checksLeft: Int
    private var failure: (any Error)?

    /// Documents that are tried to estimate how many meet a filter.
    static let sampleSize = 128
    /// Changes to the store up to which a known set is updated rather than found again.
    private static let longestTail = 2_000

    /// - Parameters:
    ///   - depth: How many passages will be asked for.
    ///   - lookUpCost: What one look-up for a passage costs, in units of what a passage costs when the set is made.
    ///   - mayCheck: Whether single passages may be looked at at all: a scan of everything asks for everything.
    init(
        filter: Database.Filter, cache: FilterCache, reader: any StoreReading, depth: Int, lookUpCost: Double,
        mayCheck: Bool
    )
        throws
    {
        self.filter = filter
        self.cache = cache
        self.reader = reader
        checksLeft = 0
        let head = try reader.lastChange()
        let labels = try reader.setting(StoreReader.labelsKey)
        let known = cache.entry(of: filter).flatMap { $0.labels == labels ? $0 : nil }
        if let known, known.sequence == head.sequence, known.chain == Array(head.chain) {
            (entry, cacheUse) = (known, known.rows == nil ? .miss : .hit)
        } else if let known, let updated = try Self.updated(known, by: filter, to: head, reader) {
            (entry, cacheUse) = (updated, .updated)
        } else {
            entry = FilterCache.Entry(
                sequence: head.sequence, chain: Array(head.chain), labels: labels, rows: nil, documents: nil,
                estimate: try reader.estimate(filter.condition, sampleSize: Self.sampleSize),
                warnings: try FilterWarnings.warnings(for: filter, reader: reader))
            let checks = Self.expectedChecks(depth: depth, estimate: entry.estimate)
            if mayCheck, Double(checks) * lookUpCost * Self.lookUps(of: filter) < Double(try reader.passageCount()) {
                checksLeft = 4 * checks
            }
        }
        if checksLeft == 0 { _ = try rows() }
        cache.keep(entry, of: filter)
        milliseconds = started.duration(to: .now) / .milliseconds(1)
    }

    /// The allowed passages if they are known already.
    var knownRows: RowSet? { entry.rows }

    /// The allowed passages, found out if they are not known.
    func rows() throws -> RowSet {
        if let rows = entry.rows { return rows }
        let documents = try reader.documents(matching: filter.condition)
        let rows = try reader.passages(ofDocuments: documents)
        entry = FilterCache.Entry(
            sequence: entry.sequence, chain: entry.chain, labels: entry.labels, rows: rows, documents: documents.count,
            estimate: entry.estimate,
            warnings: entry.warnings)
        cache.keep(entry, of: filter)
        return rows
    }

    /// Whether a passage may be returned.
    func allows(_ passage: Int64) throws -> Bool {
        if let rows = entry.rows { return rows.contains(passage) }
        if let answer = answers[passage] { return answer }
        guard checksLeft > 0 else { return try rows().contains(passage) }
        checksLeft -= 1
        let answer = try Self.isAllowed(passage, by: filter, reader, answers: &answersByDocument)
        answers[passage] = answer
        return answer
    }

    /// As `allows`, for callers that cannot throw: a failure refuses, and is thrown by `rethrow`.
    func admits(_ passage: Int64) -> Bool {
        guard failure == nil else { return false }
        do {
            return try allows(passage)
        } catch {
            failure = error
            return false
        }
    }

    func rethrow() throws {
        if let failure { throw failure }
    }

    var warnings: [Note] { entry.warnings }

    var report: FilterReport {
        let (sampled, matching) = entry.estimate
        return FilterReport(
            expression: filter.description, estimate: sampled > 0 ? Double(matching) / Double(sampled) : nil,
            sampled: sampled,
            documents: entry.documents, passages: entry.rows?.count, cache: cacheUse, checked: answers.count,
            elapsedMilliseconds: milliseconds)
    }

    /// Look-ups for one passage: its document, and a condition each. A long list of values takes the time of several.
    private static func lookUps(of filter: Database.Filter) -> Double {
        filter.condition.conditions.reduce(1) { sum, condition in
            switch condition.test {
            case .anyText(let texts): sum + 1 + Double(texts.count) / 16
            case .anyNumber(let numbers): sum + 1 + Double(numbers.count) / 16
            default: sum + 1
            }
        }
    }

    /// Passages that a walk through a graph asks about: its sample, then about three for each it returns, and as many
    /// more as few are allowed.
    private static func expectedChecks(depth: Int, estimate: (sampled: Int, matching: Int)) -> Int {
        let share = (Double(estimate.matching) + 0.5) / (Double(estimate.sampled) + 1)
        return 256 + Int(min(3 * Double(depth) / share, 1e9))
    }

    /// A known set with the passages that were added and deleted since; nil where the log does not reach back that far,
    /// or holds too many changes.
    ///
    /// Passages are immutable and a changed document gets new ones, so a filter can allow nothing else than before
    /// among the other passages.
    private static func updated(
        _ known: FilterCache.Entry, by filter: Database.Filter, to head: (sequence: Int64, chain: some Sequence<UInt8>),
        _ reader: any StoreReading
    ) throws -> FilterCache.Entry? {
        guard let rows = known.rows, known.sequence < head.sequence,
            head.sequence - known.sequence <= Int64(longestTail),
            let chain = try reader.chain(at: known.sequence), Array(chain) == known.chain
        else { return nil }
        var added: [Int64] = []
        var deleted: [Int64] = []
        for change in try reader.changes(after: known.sequence) {
            switch change.operation {
            case .add: added.append(change.passage)
            case .delete: deleted.append(change.passage)
            case .vector: break
            }
        }
        var answers: [Int64: Bool] = [:]
        let allowed = try RowSet(added).subtracting(RowSet(deleted)).ids.filter {
            try isAllowed($0, by: filter, reader, answers: &answers)
        }
        return FilterCache.Entry(
            sequence: head.sequence, chain: Array(head.chain), labels: known.labels,
            rows: rows.subtracting(RowSet(deleted)).union(RowSet(allowed)),
            documents: nil, estimate: known.estimate, warnings: try FilterWarnings.warnings(for: filter, reader: reader)
        )
    }

    private static func isAllowed(
        _ passage: Int64, by filter: Database.Filter, _ reader: any StoreReading, answers: inout [Int64: Bool]
    ) throws -> Bool {
        guard let document = try reader.documentRowID(passage: passage) else { return false }
        if let answer = answers[document] { return answer }
        let answer = try reader.document(document, meets: filter.condition)
        answers[document] = answer
        return answer
    }
}
