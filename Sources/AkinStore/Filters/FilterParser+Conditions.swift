/// One condition: a field, what is asked of it, and the values it is compared with.
extension FilterParser {
    mutating func condition() throws(FilterSyntaxError) -> DocumentFilter {
        conditions += 1
        guard conditions <= Self.mostConditions else {
            throw lexer.error(
                token.range, "there are more than \(Self.mostConditions) conditions", "Write lists of values with in")
        }
        let nameRange = token.range
        let field = try field()
        if case .comparison(let comparison) = token.kind {
            let sign = try advance()
            return try comparing(field, comparison, sign)
        }
        if try skip(.is) {
            let isNegated = try skip(.not)
            guard try skip(.null) else {
                throw lexer.error(token.range, "null is missing after is", "Compare with values by = and !=")
            }
            return isNegated ? .condition(field, .exists) : .not(.condition(field, .exists))
        }
        let isNegated = try skip(.not)
        guard let test = try test(of: field) else { throw missingTest(of: nameRange) }
        return isNegated ? test.negated : test
    }

    private mutating func field() throws(FilterSyntaxError) -> DocumentFilter.Field {
        let range = token.range
        switch token.kind {
        case .quotedName(let name):
            _ = try advance()
            return .metadata(name)
        case .word(let word):
            if let reserved = FilterWord(word) {
                let hint =
                    reserved == .exists
                    ? "Write exists after the field: year exists"
                    : "Write a condition such as lang = \"zh\", or \(word) between backticks if a field is called so"
                throw lexer.error(range, "\(word) stands where a field's name is needed", hint)
            }
            _ = try advance()
            if let own = DocumentFilter.Field(ownName: word) {
                ambiguousFields.insert(word)
                return own
            }
            let prefix = DocumentFilter.Field.ownPrefix
            guard word.hasPrefix(prefix), let own = DocumentFilter.Field(ownName: word.dropFirst(prefix.count)) else {
                return .metadata(word)
            }
            return own
        case .text:
            throw lexer.error(
                range, "a text stands where a field's name is needed",
                "Write names bare or between backticks: lang = \"zh\"")
        case .number:
            throw lexer.error(
                range, "a number stands where a field's name is needed",
                "The field comes first: year >= 2020; names of digits go between backticks")
        case .end:
            throw lexer.error(range, "a condition is missing", "Write one such as lang = \"zh\"")
        case .comparison, .open, .close, .comma:
            throw lexer.error(range, "a field's name is missing", "Write a condition such as lang = \"zh\"")
        }
    }

    private mutating func comparing(
        _ field: DocumentFilter.Field, _ comparison: DocumentFilter.Comparison, _ sign: FilterToken
    ) throws(FilterSyntaxError) -> DocumentFilter {
        let range = token.range
        let value = try value(of: field, after: comparison.rawValue)
        let isOrder = comparison != .equal && comparison != .notEqual
        switch value {
        case .text(let text): return .condition(field, .compareText(comparison, text))
        case .number(let number): return .condition(field, .compareNumber(comparison, number))
        case .truth where isOrder, .null where isOrder:
            throw lexer.error(range, "true, false and null have no order", "Compare them by = or !=")
        case .truth(let truth): return .condition(field, .compareText(comparison, String(truth)))
        case .null: return comparison == .notEqual ? .condition(field, .exists) : .not(.condition(field, .exists))
        }
    }

    /// The test that a word after a field stands for; nil for any other word.
    private mutating func test(of field: DocumentFilter.Field) throws(FilterSyntaxError) -> DocumentFilter? {
        if try skip(.in) { return try list(of: field) }
        if try skip(.between) { return try range(of: field) }
        if try skip(.contains) { return .condition(field, .contains(try text(after: "contains"))) }
        if try skip(.exists) { return .condition(field, .exists) }
        for (word, test) in [
            (FilterWord.starts, DocumentFilter.Test.hasPrefix), (.ends, DocumentFilter.Test.hasSuffix),
        ] {
            guard try skip(word) else { continue }
            guard try skip(.with) else { throw lexer.error(token.range, "with is missing after \(word.rawValue)") }
            return .condition(field, test(try text(after: "\(word.rawValue) with")))
        }
        return nil
    }

    private mutating func list(of field: DocumentFilter.Field) throws(FilterSyntaxError) -> DocumentFilter {
        guard token.kind == .open else {
            throw lexer.error(token.range, "( is missing after in", "Write lang in (\"zh\", \"en\")")
        }
        let open = try advance()
        var texts: [String] = []
        var numbers: [Double] = []
        var holdsNull = false
        repeat {
            guard texts.count + numbers.count < Self.mostListValues else {
                throw lexer.error(token.range, "the list has more than \(Self.mostListValues) values", "Split it")
            }
            switch try value(of: field, after: texts.isEmpty && numbers.isEmpty ? "(" : ",") {
            case .text(let text): texts.append(text)
            case .number(let number): numbers.append(number)
            case .truth(let truth): texts.append(String(truth))
            case .null: holdsNull = true
            }
        } while try skipComma()
        guard token.kind == .close else {
            if token.kind == .end { throw lexer.error(open.range, "this list is not closed", "Add a )") }
            throw lexer.error(token.range, "a comma or ) is missing in the list", "Write (\"zh\", \"en\")")
        }
        _ = try advance()
        var tests: [DocumentFilter] = []
        if !texts.isEmpty { tests.append(.condition(field, .anyText(texts))) }
        if !numbers.isEmpty { tests.append(.condition(field, .anyNumber(numbers))) }
        if holdsNull { tests.append(.not(.condition(field, .exists))) }
        return tests.count == 1 ? tests[0] : .or(tests)
    }

    private mutating func range(of field: DocumentFilter.Field) throws(FilterSyntaxError) -> DocumentFilter {
        let first = token.range
        let low = try value(of: field, after: "between")
        guard try skip(.and) else {
            throw lexer.error(token.range, "and is missing between the two ends", "Write year between 2000 and 2010")
        }
        let last = token.range
        let high = try value(of: field, after: "and")
        switch (low, high) {
        case (.text(let low), .text(let high)): return .condition(field, .betweenTexts(low, high))
        case (.number(let low), .number(let high)): return .condition(field, .betweenNumbers(low, high))
        default:
            throw lexer.error(
                first.lowerBound..<last.upperBound, "the two ends must be two numbers or two texts",
                "Both ends belong to the range")
        }
    }

    // MARK: Values

    private enum Value {
        case text(String)
        case number(Double)
        case truth(Bool)
        case null
    }

    private mutating func value(of field: DocumentFilter.Field, after sign: String) throws(FilterSyntaxError) -> Value {
        let range = token.range
        switch token.kind {
        case .text(let text):
            _ = try advance()
            return .text(text)
        case .number(let number):
            guard case .metadata = field else {
                throw lexer.error(range, "ids, sources and titles are texts", "Write the number in quotes")
            }
            _ = try advance()
            return .number(number)
        case .word(let word):
            switch FilterWord(word) {
            case .true:
                _ = try advance()
                return .truth(true)
            case .false:
                _ = try advance()
                return .truth(false)
            case .null:
                _ = try advance()
                return .null
            case nil: throw lexer.error(range, "\(word) is no value", "Texts stand in quotes: \"\(word)\"")
            default: break
            }
        case .quotedName:
            throw lexer.error(range, "a name stands where a value is needed", "Texts stand in \"…\" or '…'")
        default: break
        }
        throw lexer.error(
            range, "a value is missing after \(sign)", "Write a number, a text in quotes, true, false or null")
    }

    private mutating func text(after words: String) throws(FilterSyntaxError) -> String {
        guard case .text(let text) = token.kind else {
            throw lexer.error(
                token.range, "\(words) needs a text in quotes", "Numbers are compared by =, <, > and between")
        }
        _ = try advance()
        return text
    }

    private func missingTest(of name: Range<Int>) -> FilterSyntaxError {
        let usage = "Write =, !=, <, <=, >, >=, in, between, contains, starts with, ends with or exists after it"
        switch token.kind {
        case .open: return lexer.error(name, "there are no functions", usage)
        case .word(let word) where ["like", "glob", "match", "matches", "regexp"].contains(word.lowercased()):
            return lexer.error(
                token.range, "there is no \(word)",
                "Write contains, starts with or ends with and a text without wildcards")
        case .word(let word) where FilterWord(word) == nil:
            return lexer.error(token.range, "\(word) is no comparison", usage)
        default: return lexer.error(token.range, "a comparison is missing after the field's name", usage)
        }
    }
}
