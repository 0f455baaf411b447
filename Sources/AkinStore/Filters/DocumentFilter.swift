/// A condition on documents, answered from their own columns and from the indexed scalars of their metadata.
///
/// A field may have several values (a list in the metadata): a condition holds when one of them meets it, and does not
/// hold when there is none. Texts are compared by the bytes of their UTF-8, that is by code points; numbers only with
/// numbers.
package indirect enum DocumentFilter: Sendable {
    package enum Field: Sendable {
        case id, source, title
        case metadata(String)
        /// The number of its cluster in a stored clustering; it cannot be written in a filter's text.
        case cluster(run: Int64)

        /// The prefix that distinguishes one of the document's own fields from a key of the metadata.
        package static let ownPrefix = "document."

        /// A field of the document's own.
        init?(ownName name: some StringProtocol) {
            switch name {
            case "id": self = .id
            case "source": self = .source
            case "title": self = .title
            default: return nil
            }
        }
    }

    package enum Comparison: String, Sendable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    package enum Test: Sendable {
        case compareText(Comparison, String)
        case compareNumber(Comparison, Double)
        /// Both ends included, and met by one and the same value.
        case betweenTexts(String, String)
        case betweenNumbers(Double, Double)
        case anyText([String])
        case anyNumber([Double])
        /// The text holds this text, letter case included.
        case contains(String)
        case hasPrefix(String)
        case hasSuffix(String)
        /// There is a value.
        case exists
    }

    case condition(Field, Test)
    /// Holds when there is nothing in it.
    case and([DocumentFilter])
    /// Does not hold when there is nothing in it.
    case or([DocumentFilter])
    case not(DocumentFilter)
}

extension DocumentFilter {
    /// The complement, without a double negation.
    package var negated: DocumentFilter { if case .not(let filter) = self { filter } else { .not(self) } }

    /// Every condition, in the order of the text.
    package var conditions: [(field: Field, test: Test)] {
        switch self {
        case .condition(let field, let test): [(field, test)]
        case .and(let filters), .or(let filters): filters.flatMap(\.conditions)
        case .not(let filter): filter.conditions
        }
    }
}
