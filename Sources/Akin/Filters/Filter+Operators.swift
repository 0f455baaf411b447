import AkinCore
import AkinStore

extension Database.Filter {
    /// The filter that a document meets if it meets both.
    public static func && (left: Self, right: Self) -> Self {
        Self(
            condition: .and(terms(of: left.condition, and: right.condition)),
            ambiguousFields: left.ambiguousFields.union(right.ambiguousFields))
    }

    /// The filter that a document meets if it meets at least one of both.
    public static func || (left: Self, right: Self) -> Self {
        Self(
            condition: .or(alternatives(of: left.condition, or: right.condition)),
            ambiguousFields: left.ambiguousFields.union(right.ambiguousFields))
    }

    /// The complement: the filter that a document meets if it does not meet this one.
    public static prefix func ! (filter: Self) -> Self {
        Self(condition: filter.condition.negated, ambiguousFields: filter.ambiguousFields)
    }

    /// The filter that no document meets.
    static let never = Self(condition: .or([]))

    // Chains stay flat, so that a long chain does not nest deeply.
    private static func terms(of left: DocumentFilter, and right: DocumentFilter) -> [DocumentFilter] {
        if case .and(let terms) = left, !terms.isEmpty { terms + [right] } else { [left, right] }
    }

    private static func alternatives(of left: DocumentFilter, or right: DocumentFilter) -> [DocumentFilter] {
        if case .or(let terms) = left, !terms.isEmpty { terms + [right] } else { [left, right] }
    }
}
