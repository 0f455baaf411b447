/// Reads the language of filters by recursive descent.
///
/// ```
/// filter    = and-terms { "or" and-terms }
/// and-terms = not-term { "and" not-term }
/// not-term  = { "not" } ( "(" filter ")" | condition )
/// condition = field ( comparison value
///                   | [ "not" ] "in" "(" value { "," value } ")"
///                   | [ "not" ] "between" value "and" value
///                   | [ "not" ] ( "contains" | "starts" "with" | "ends" "with" ) text
///                   | [ "not" ] "exists"
///                   | "is" [ "not" ] "null" )
/// ```
struct FilterParser {
    /// Bytes of UTF-8.
    static let longestText = 1 << 16
    /// Parentheses within parentheses.
    static let deepestNesting = 64
    static let mostConditions = 1_000
    static let mostListValues = 10_000

    var lexer: FilterLexer
    var token: FilterToken
    private var depth = 0
    var conditions = 0
    /// The document's own fields that were named by bare names, which might mean keys of the metadata.
    var ambiguousFields: Set<String> = []

    static func parse(_ text: String) throws(FilterSyntaxError) -> (
        filter: DocumentFilter, ambiguousFields: Set<String>
    ) {
        guard text.utf8.count <= longestText else {
            throw FilterSyntaxError(
                text: "", range: 0..<0, reason: "it is longer than \(longestText) bytes",
                hint: "Write a shorter one, or several questions")
        }
        var parser = try FilterParser(text)
        let filter = try parser.filter()
        guard parser.token.kind == .end else { throw parser.unexpectedAfterCondition() }
        return (filter, parser.ambiguousFields)
    }

    private init(_ text: String) throws(FilterSyntaxError) {
        lexer = FilterLexer(text)
        token = try lexer.next()
    }

    // MARK: Terms

    private mutating func filter() throws(FilterSyntaxError) -> DocumentFilter {
        var terms = [try andTerms()]
        while try skip(.or) { terms.append(try andTerms()) }
        return terms.count == 1 ? terms[0] : .or(terms)
    }

    private mutating func andTerms() throws(FilterSyntaxError) -> DocumentFilter {
        var terms = [try notTerm()]
        while try skip(.and) { terms.append(try notTerm()) }
        return terms.count == 1 ? terms[0] : .and(terms)
    }

    private mutating func notTerm() throws(FilterSyntaxError) -> DocumentFilter {
        var isNegated = false
        while try skip(.not) { isNegated.toggle() }
        let term = try primary()
        return isNegated ? term.negated : term
    }

    private mutating func primary() throws(FilterSyntaxError) -> DocumentFilter {
        guard token.kind == .open else { return try condition() }
        let open = try advance()
        depth += 1
        guard depth <= Self.deepestNesting else {
            throw lexer.error(
                open.range, "parentheses stand within more than \(Self.deepestNesting) others", "Write it flatter")
        }
        let inner = try filter()
        guard token.kind == .close else {
            if token.kind == .end { throw lexer.error(open.range, "this parenthesis is not closed", "Add a )") }
            throw unexpectedAfterCondition()
        }
        _ = try advance()
        depth -= 1
        return inner
    }

    // MARK: Tokens

    /// Moves to the next token and returns the previous one.
    mutating func advance() throws(FilterSyntaxError) -> FilterToken {
        let left = token
        token = try lexer.next()
        return left
    }

    /// Moves past a word of the language if it is the next token.
    mutating func skip(_ wanted: FilterWord) throws(FilterSyntaxError) -> Bool {
        guard case .word(let word) = token.kind, FilterWord(word) == wanted else { return false }
        _ = try advance()
        return true
    }

    mutating func skipComma() throws(FilterSyntaxError) -> Bool {
        guard token.kind == .comma else { return false }
        _ = try advance()
        return true
    }

    private func unexpectedAfterCondition() -> FilterSyntaxError {
        switch token.kind {
        case .close: lexer.error(token.range, "this ) closes nothing", "Leave it out, or add a ( before")
        case .word, .quotedName, .open:
            lexer.error(token.range, "and or or is missing before this", "Join conditions by and, or")
        default: lexer.error(token.range, "the condition has ended before this", "Join conditions by and, or")
        }
    }
}

extension DocumentFilter {
    /// Reads a filter in the language of `--where`.
    package init(parsing text: String) throws(FilterSyntaxError) { self = try Self.parse(text).filter }

    /// As `init(parsing:)`, with the document's own fields that were named by bare names, which might mean keys of the
    /// metadata.
    package static func parse(_ text: String) throws(FilterSyntaxError) -> (
        filter: DocumentFilter, ambiguousFields: Set<String>
    ) {
        try FilterParser.parse(text)
    }
}
