import AkinCore

extension Database.Filter {
    /// What a field can be compared with: `String`, `Int`, `Double` and `Bool`.
    ///
    /// Numbers compare only with numbers and texts only with texts. Booleans are the texts `true` and `false`. Nothing
    /// compares with a number that is not finite.
    public protocol Value: Sendable {
        /// The value in the form that a filter holds.
        var operand: Operand { get }
    }

    /// A value in a filter: a text or a number.
    public struct Operand: Sendable {
        enum Kind {
            case text(String)
            case number(Double)
        }

        let kind: Kind
    }
}

extension String: Database.Filter.Value {
    /// The text itself.
    public var operand: Database.Filter.Operand { .init(kind: .text(self)) }
}

extension Double: Database.Filter.Value {
    /// The number itself.
    public var operand: Database.Filter.Operand { .init(kind: .number(self)) }
}

extension Int: Database.Filter.Value {
    /// Rounded to a double, as numbers of metadata are.
    public var operand: Database.Filter.Operand { .init(kind: .number(Double(self))) }
}

extension Bool: Database.Filter.Value {
    /// The text `true` or `false`.
    public var operand: Database.Filter.Operand { .init(kind: .text(String(self))) }
}
