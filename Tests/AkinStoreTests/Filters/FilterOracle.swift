import AkinStore
import AkinVectors
import Foundation

/// A value of a document's field.
enum SampleValue: Hashable {
    case text(String)
    case number(Double)
}

/// A document as the oracle sees it.
struct SampleDocument {
    let id: String
    let source: String
    let title: String?
    /// A key may come several times: the values of a list.
    let metadata: [(key: String, value: SampleValue)]
}

/// A filter that says whether it holds by looking at a document, and writes itself as text; it shares nothing with what
/// it is compared to.
indirect enum SampleFilter {
    enum Field {
        case id, source, title
        case key(String)
    }

    enum Test {
        case compare(String, SampleValue)
        case truth(String, Bool)
        case null(isNegated: Bool)
        case between(SampleValue, SampleValue, isNegated: Bool)
        /// Nil stands for null.
        case oneOf([SampleValue?], isNegated: Bool)
        case contains(String)
        case startsWith(String)
        case endsWith(String)
        case exists(isNegated: Bool)
    }

    case condition(Field, Test)
    case and([SampleFilter])
    case or([SampleFilter])
    case not(SampleFilter)
}

// MARK: Meaning

extension SampleFilter {
    func holds(for document: SampleDocument) -> Bool {
        switch self {
        case .condition(let field, let test): Self.holds(test, Self.values(of: field, in: document))
        case .and(let filters): filters.allSatisfy { $0.holds(for: document) }
        case .or(let filters): filters.contains { $0.holds(for: document) }
        case .not(let filter): !filter.holds(for: document)
        }
    }

    private static func values(of field: Field, in document: SampleDocument) -> [SampleValue] {
        switch field {
        case .id: [.text(document.id)]
        case .source: [.text(document.source)]
        case .title: document.title.map { [.text($0)] } ?? []
        // A key is asked for as it is written and in both normal forms.
        case .key(let key):
            document.metadata.filter { member in
                [key, key.precomposedStringWithCanonicalMapping, key.decomposedStringWithCanonicalMapping]
                    .contains { Array($0.utf8) == Array(member.key.utf8) }
            }.map(\.value)
        }
    }

    private static func holds(_ test: Test, _ values: [SampleValue]) -> Bool {
        func anyText(_ condition: ([UInt8]) -> Bool) -> Bool {
            values.contains { if case .text(let text) = $0 { condition(Array(text.utf8)) } else { false } }
        }
        switch test {
        case .compare(let sign, let value):
            return values.contains { compare($0, value).map { holds(sign, $0) } ?? false }
        case .truth(let sign, let truth): return holds(.compare(sign, .text("\(truth)")), values)
        case .null(let isNegated): return values.isEmpty != isNegated
        case .exists(let isNegated): return values.isEmpty == isNegated
        case .between(let low, let high, let isNegated):
            return isNegated
                != values.contains { value in
                    (compare(value, low).map { $0 >= 0 } ?? false) && (compare(value, high).map { $0 <= 0 } ?? false)
                }
        case .oneOf(let list, let isNegated):
            return isNegated
                != list.contains { item in
                    item.map { item in values.contains { compare($0, item) == 0 } } ?? values.isEmpty
                }
        case .contains(let part):
            let part = Array(part.utf8)
            return anyText { text in
                text.count >= part.count && (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
            }
        case .startsWith(let part): return anyText { $0.starts(with: Array(part.utf8)) }
        case .endsWith(let part): return anyText { $0.reversed().starts(with: Array(part.utf8).reversed()) }
        }
    }

    /// −1, 0 or 1; nil when a text and a number meet.
    private static func compare(_ left: SampleValue, _ right: SampleValue) -> Int? {
        switch (left, right) {
        case (.number(let a), .number(let b)): a < b ? -1 : a > b ? 1 : 0
        case (.text(let a), .text(let b)):
            a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : b.utf8.lexicographicallyPrecedes(a.utf8) ? 1 : 0
        default: nil
        }
    }

    private static func holds(_ sign: String, _ order: Int) -> Bool {
        switch sign {
        case "=", "==": order == 0
        case "!=", "<>": order != 0
        case "<": order < 0
        case "<=": order <= 0
        case ">": order > 0
        default: order >= 0
        }
    }
}

// MARK: Chance

/// Random documents and filters over few keys and values, so that conditions often hold.
struct FilterSamples {
    private static let keys = [
        "lang", "year", "tag", "author.name", "odd key", "and", "caf\u{E9}", "cafe\u{301}", "a`b", "", "id", "日期",
    ]
    private static let texts = [
        "", "a", "ab", "abc", "b", "B", "zh", "中", "中文", "\u{E9}", "e\u{301}", "\u{10FFFF}", "\u{10FFFF}x",
        "a\u{10FFFF}", "\u{D7FF}",
        "\u{E000}",
        "a%", "a_c", "\\", "\"", "'", "it's \"so\"", "2024-01-31", "2024-02-01", "true", "false", "5", "line\nbreak\t",
        "😀",
    ]
    private static let numbers: [Double] = [
        -1, -0.5, 0, 0.5, 1, 2, 5, 1999, 2020, 1e6, 9_007_199_254_740_992, 1e300, -1e-7,
    ]

    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[random.integer(below: values.count)] }
    private mutating func chance(_ oneIn: Int) -> Bool { random.integer(below: oneIn) == 0 }

    private mutating func value() -> SampleValue { chance(2) ? .text(pick(Self.texts)) : .number(pick(Self.numbers)) }

    mutating func document(_ number: Int) -> SampleDocument {
        let entries = (0..<random.integer(below: 9)).map { _ in (key: pick(Self.keys), value: value()) }
        return SampleDocument(
            id: "d\(number)", source: "\(pick(Self.texts))#\(number % 7)", title: chance(3) ? nil : pick(Self.texts),
            metadata: entries)
    }

    mutating func filter(depth: Int) -> SampleFilter {
        switch depth > 0 ? random.integer(below: 6) : 0 {
        case 1, 2: .and((0..<2 + random.integer(below: 3)).map { _ in filter(depth: depth - 1) })
        case 3, 4: .or((0..<2 + random.integer(below: 3)).map { _ in filter(depth: depth - 1) })
        case 5: .not(filter(depth: depth - 1))
        default: condition()
        }
    }

    private mutating func condition() -> SampleFilter {
        let fields: [SampleFilter.Field] = [.id, .source, .title]
        let column = chance(5) ? pick(fields) : nil
        // The documents' own fields are texts and take nothing else.
        func fitting(_ value: SampleValue) -> SampleValue {
            if column != nil, case .number(let number) = value { return .text("\(number)") }
            return value
        }
        let test: SampleFilter.Test =
            switch random.integer(below: 10) {
            case 0: .truth(pick(["=", "!="]), chance(2))
            case 1: .null(isNegated: chance(2))
            case 2: .exists(isNegated: chance(2))
            case 3:
                chance(2) || column != nil
                    ? .between(.text(pick(Self.texts)), .text(pick(Self.texts)), isNegated: chance(2))
                    : .between(.number(pick(Self.numbers)), .number(pick(Self.numbers)), isNegated: chance(2))
            case 4:
                .oneOf(
                    (0..<1 + random.integer(below: 5)).map { _ in chance(8) ? nil : fitting(value()) },
                    isNegated: chance(2))
            case 5: .contains(pick(Self.texts))
            case 6: .startsWith(pick(Self.texts))
            case 7: .endsWith(pick(Self.texts))
            default: .compare(pick(["=", "==", "!=", "<>", "<", "<=", ">", ">="]), fitting(value()))
            }
        return .condition(column ?? .key(pick(Self.keys)), test)
    }

    // MARK: Writing

    /// The filter in the language of `--where`, with quotes, letter case and spaces left to chance.
    mutating func text(of filter: SampleFilter) -> String {
        switch filter {
        case .condition(let field, let test): return text(of: test, field: name(of: field))
        case .and(let filters): return joined(filters, by: "and")
        case .or(let filters): return joined(filters, by: "or")
        case .not(let filter): return "\(word("not"))\(space())\(term(filter))"
        }
    }

    private mutating func joined(_ filters: [SampleFilter], by joint: String) -> String {
        var terms: [String] = []
        for filter in filters { terms.append(term(filter)) }
        return terms.joined(separator: "\(space())\(word(joint))\(space())")
    }

    private mutating func term(_ filter: SampleFilter) -> String {
        if case .condition = filter, chance(2) { return text(of: filter) }
        return "(\(text(of: filter)))"
    }

    private mutating func text(of test: SampleFilter.Test, field: String) -> String {
        func negation(_ isNegated: Bool) -> String { isNegated ? "\(word("not"))\(space())" : "" }
        switch test {
        case .compare(let sign, let value): return "\(field) \(sign) \(literal(value))"
        case .truth(let sign, let truth): return "\(field)\(sign)\(word("\(truth)"))"
        case .null(let isNegated):
            return chance(2)
                ? "\(field) \(isNegated ? "!=" : "=") \(word("null"))"
                : "\(field) \(word("is")) \(negation(isNegated))\(word("null"))"
        case .between(let low, let high, let isNegated):
            return "\(field) \(negation(isNegated))\(word("between")) \(literal(low)) \(word("and")) \(literal(high))"
        case .oneOf(let list, let isNegated):
            var items: [String] = []
            for item in list { items.append(item.map { literal($0) } ?? word("null")) }
            return
                "\(field) \(negation(isNegated))\(word("in"))\(chance(2) ? " " : "")(\(items.joined(separator: chance(2) ? "," : " , ")))"
        case .contains(let text): return "\(field) \(word("contains")) \(quoted(text))"
        case .startsWith(let text): return "\(field) \(word("starts"))\(space())\(word("with")) \(quoted(text))"
        case .endsWith(let text): return "\(field) \(word("ends"))\(space())\(word("with")) \(quoted(text))"
        case .exists(let isNegated): return "\(field) \(negation(isNegated))\(word("exists"))"
        }
    }

    private mutating func name(of field: SampleFilter.Field) -> String {
        switch field {
        case .id: "id"
        case .source: "source"
        case .title: "title"
        case .key(let key):
            if ["lang", "year", "tag", "author.name", "caf\u{E9}", "日期"].contains(where: {
                Array($0.utf8) == Array(key.utf8)
            }), chance(2) {
                key
            } else if chance(2) {
                "[\(key)]"
            } else {
                "`\(key.replacing("`", with: "``"))`"
            }
        }
    }

    private mutating func literal(_ value: SampleValue) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
        }
    }

    private mutating func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar = chance(2) ? "\"" : "'"
        var result = String(quote)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case quote: result += "\\\(quote)"
            case "\n" where chance(2): result += "\\n"
            default:
                if chance(8) {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + String(quote)
    }

    private mutating func word(_ word: String) -> String { chance(4) ? word.uppercased() : word }

    private mutating func space() -> String { pick([" ", "  ", "\n", "\t "]) }
}
