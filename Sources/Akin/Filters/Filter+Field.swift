import AkinCore
import AkinStore

extension Database.Filter {
    /// What a filter written in Swift asks about: one of the document's own fields, or a key of its metadata.
    ///
    /// ```swift
    /// let recent: Database.Filter = .field("year") >= 2020 && !(.field("tags") == "draft")
    /// let notes: Database.Filter = .source.hasPrefix("notes/") || .id.oneOf(["a", "b"])
    /// print(try await database.search("boats", filter: recent && notes).results.count)
    /// ```
    ///
    /// Comparisons have the meaning that they have in the language of filters, and print in that language: see
    /// `Database.Filter`.
    public struct Field: Sendable {
        let field: DocumentFilter.Field

        /// The document's id.
        public static var id: Field { Field(field: .id) }
        /// Where the document came from.
        public static var source: Field { Field(field: .source) }
        /// The document's title.
        public static var title: Field { Field(field: .title) }
        /// A key of the metadata. Objects within it are reached by dots: `author.name`.
        public static func field(_ name: String) -> Field { Field(field: .metadata(name)) }

        func asking(_ test: DocumentFilter.Test) -> Database.Filter {
            Database.Filter(condition: .condition(field, test))
        }
    }

    /// The document's id.
    public static var id: Field { .id }
    /// Where the document came from.
    public static var source: Field { .source }
    /// The document's title.
    public static var title: Field { .title }
    /// A key of the metadata. Objects within it are reached by dots: `author.name`.
    public static func field(_ name: String) -> Field { .field(name) }
}

extension Database.Filter.Field {
    /// Whether the field has a value: it is there, is not null and not an empty list.
    public var exists: Database.Filter { asking(.exists) }

    /// Whether a text of the field holds another, letter case included; of a list, whether one of its texts does.
    public func contains(_ text: String) -> Database.Filter { asking(.contains(text)) }

    /// Whether a text of the field starts with another, letter case included.
    public func hasPrefix(_ prefix: String) -> Database.Filter { asking(.hasPrefix(prefix)) }

    /// Whether a text of the field ends with another, letter case included.
    public func hasSuffix(_ suffix: String) -> Database.Filter { asking(.hasSuffix(suffix)) }

    /// Whether a value of the field is one of these; no document meets it if there are none.
    public func oneOf(_ values: [some Database.Filter.Value]) -> Database.Filter {
        let operands = values.map(\.operand)
        var texts: [String] = []
        var numbers: [Double] = []
        for operand in operands {
            switch operand.kind {
            case .text(let text): texts.append(text)
            case .number(let number) where number.isFinite && isOfMetadata: numbers.append(number)
            case .number: break
            }
        }
        let tests: [Database.Filter] =
            (texts.isEmpty ? [] : [asking(.anyText(texts))]) + (numbers.isEmpty ? [] : [asking(.anyNumber(numbers))])
        return tests.count == 1 ? tests[0] : .never
    }

    /// Whether one and the same value of the field lies between two, both ends included.
    public func between<V: Database.Filter.Value>(_ low: V, and high: V) -> Database.Filter {
        switch (low.operand.kind, high.operand.kind) {
        case (.text(let low), .text(let high)): asking(.betweenTexts(low, high))
        case (.number(let low), .number(let high)) where low.isFinite && high.isFinite && isOfMetadata:
            asking(.betweenNumbers(low, high))
        default: .never
        }
    }

    /// Ids, sources and titles are texts, which no number equals.
    private var isOfMetadata: Bool { if case .metadata = field { true } else { false } }

    private func compare(_ comparison: DocumentFilter.Comparison, _ value: some Database.Filter.Value)
        -> Database.Filter
    {
        switch value.operand.kind {
        case .text(let text): asking(.compareText(comparison, text))
        case .number(let number) where number.isFinite && isOfMetadata: asking(.compareNumber(comparison, number))
        case .number: .never
        }
    }

    /// Whether a value of the field equals this one.
    public static func == (field: Self, value: some Database.Filter.Value) -> Database.Filter {
        field.compare(.equal, value)
    }

    /// Whether the field has a value that differs from this one; the complement is `!(field == value)`.
    public static func != (field: Self, value: some Database.Filter.Value) -> Database.Filter {
        field.compare(.notEqual, value)
    }

    /// Whether a value of the field is less than this one: a smaller number, or a text that sorts before it.
    public static func < (field: Self, value: some Database.Filter.Value) -> Database.Filter {
        field.compare(.less, value)
    }

    /// Whether a value of the field is this one or less.
    public static func <= (field: Self, value: some Database.Filter.Value) -> Database.Filter {
        field.compare(.lessOrEqual, value)
    }

    /// Whether a value of the field is greater than this one: a larger number, or a text that sorts after it.
    public static func > (field: Self, value: some Database.Filter.Value) -> Database.Filter {
        field.compare(.greater, value)
    }

    /// Whether a value of the field is this one or greater.
    public static func >= (field: Self, value: some Database.Filter.Value) -> Database.Filter {
        field.compare(.greaterOrEqual, value)
    }

    /// `field == nil`: whether the field has no value.
    public static func == (field: Self, value: _OptionalNilComparisonType) -> Database.Filter { !field.exists }

    /// `field != nil`: whether the field has a value.
    public static func != (field: Self, value: _OptionalNilComparisonType) -> Database.Filter { field.exists }
}
