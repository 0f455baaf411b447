import AkinStore

/// Which passages one request may return: those that its filter and the conditions of its query allow.
final class Admission {
    private let filter: FilterAdmission?
    private let conditions: QueryConditions?
    private var known: RowSet?

    /// Nil where everything is allowed.
    init?(filter: FilterAdmission?, conditions: QueryConditions?) {
        guard filter != nil || conditions != nil else { return nil }
        (self.filter, self.conditions) = (filter, conditions)
    }

    /// The allowed passages if they are known already. They are not where a filter is tried on single passages, or
    /// where a query only excludes.
    var knownRows: RowSet? {
        if known == nil { known = joined }
        return known
    }

    private var joined: RowSet? {
        guard let filter else { return conditions?.required }
        guard let rows = filter.knownRows else { return nil }
        return conditions?.allowed(among: rows) ?? rows
    }

    /// Finds out all that the filter allows: for a scan, which asks about every passage.
    func settle() throws { _ = try filter?.rows() }

    /// Whether a passage may be returned.
    func allows(_ passage: Int64) throws -> Bool {
        if let known { return known.contains(passage) }
        return try (conditions?.allows(passage) ?? true) && (filter?.allows(passage) ?? true)
    }

    /// As `allows`, for callers that cannot throw: a failure refuses, and is thrown by `rethrow`.
    func admits(_ passage: Int64) -> Bool {
        if let known { return known.contains(passage) }
        return (conditions?.allows(passage) ?? true) && (filter?.admits(passage) ?? true)
    }

    func rethrow() throws { try filter?.rethrow() }

    /// How the filter was applied; nil without one.
    var filterReport: FilterReport? { filter?.report }
}
