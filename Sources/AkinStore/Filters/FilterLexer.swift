/// Cuts a filter's text into words, values and signs.
struct FilterLexer {
    let text: String
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    /// The next token; `.end` at the end, any number of times.
    mutating func next() throws(FilterSyntaxError) -> FilterToken {
        while let scalar = current, scalar.properties.isWhitespace { position += 1 }
        let start = position
        guard let scalar = current else { return FilterToken(kind: .end, range: start..<start) }
        let kind: FilterToken.Kind =
            switch scalar {
            case "(": take(.open)
            case ")": take(.close)
            case ",": take(.comma)
            case "\"", "'": .text(try quotedText(by: scalar))
            case "`": .quotedName(try backtickedName())
            case "[": .quotedName(try bracketedName())
            case "=", "!", "<", ">": .comparison(try comparison())
            case "0"..."9", "-", "+", ".": .number(try number())
            default: .word(try word())
            }
        return FilterToken(kind: kind, range: start..<position)
    }

    func error(_ range: Range<Int>, _ reason: String, _ hint: String = "") -> FilterSyntaxError {
        FilterSyntaxError(text: text, range: range, reason: reason, hint: hint)
    }

    // MARK: Kinds of token

    private mutating func take(_ kind: FilterToken.Kind) -> FilterToken.Kind {
        position += 1
        return kind
    }

    private mutating func comparison() throws(FilterSyntaxError) -> DocumentFilter.Comparison {
        let start = position
        while let scalar = current, "=!<>".unicodeScalars.contains(scalar) { position += 1 }
        let sign = string(start..<position)
        switch sign {
        case "==": return .equal
        case "<>": return .notEqual
        case "!": throw error(start..<position, "! is no comparison", "Write != for unequal, and not for a complement")
        default:
            guard let comparison = DocumentFilter.Comparison(rawValue: sign) else {
                throw error(start..<position, "\(sign) is no comparison", "Write =, !=, <, <=, > or >=")
            }
            return comparison
        }
    }

    private mutating func number() throws(FilterSyntaxError) -> Double {
        let start = position
        if current == "-" || current == "+" { position += 1 }
        let whole = skipDigits()
        var fraction = 0
        if current == "." {
            position += 1
            fraction = skipDigits()
            if fraction == 0 { throw notANumber(start) }
        }
        if whole + fraction == 0 { throw notANumber(start) }
        if current == "e" || current == "E" {
            position += 1
            if current == "-" || current == "+" { position += 1 }
            if skipDigits() == 0 { throw notANumber(start) }
        }
        if let next = current, Self.belongsToWord(next) { throw notANumber(start) }
        guard let number = Double(string(start..<position)), number.isFinite else {
            throw error(start..<position, "the number is too large", "Numbers go up to 1.79e308")
        }
        return number
    }

    private mutating func notANumber(_ start: Int) -> FilterSyntaxError {
        while let scalar = current, Self.belongsToWord(scalar) || scalar == ":" || scalar == "+" { position += 1 }
        let written = string(start..<max(position, start + 1))
        return error(
            start..<max(position, start + 1), "\(written) is no number",
            written.first?.isNumber == true
                ? "Dates and other texts stand in quotes: \"\(written)\"" : "Write numbers as 12, -0.5 or 1e6")
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let scalar = current, ("0"..."9").contains(scalar) { position += 1 }
        return position - start
    }

    private mutating func word() throws(FilterSyntaxError) -> String {
        let start = position
        while let scalar = current, Self.belongsToWord(scalar) { position += 1 }
        guard position > start else {
            let sign = scalars[start]
            let hint =
                switch sign {
                case "“", "”", "„", "‘", "’", "«", "»", "「", "」", "＂", "＇":
                    "Write texts between straight quotes: \"…\" or '…'"
                case "（", "）": "Write parentheses as ( and )"
                case "，", "、": "Write a comma as ,"
                case "＝", "＜", "＞", "≠", "≤", "≥": "Write =, !=, <, <=, > or >="
                case "&": "Write and"
                case "|": "Write or"
                case ";": "Write one filter only"
                default:
                    "Write a field's name with other characters than letters, digits, _, - and . between backticks: `\(sign)`"
                }
            throw error(start..<start + 1, "\(string(start..<start + 1)) has no meaning here", hint)
        }
        return string(start..<position)
    }

    private mutating func backtickedName() throws(FilterSyntaxError) -> String {
        let start = position
        position += 1
        var name = String.UnicodeScalarView()
        while let scalar = current {
            position += 1
            if scalar == "`" {
                guard current == "`" else { return String(name) }
                position += 1
            }
            name.append(scalar)
        }
        throw error(
            start..<start + 1, "the name that begins here has no end",
            "Close it with `; a backtick within it is written twice")
    }

    private mutating func bracketedName() throws(FilterSyntaxError) -> String {
        let start = position
        position += 1
        while let scalar = current {
            position += 1
            if scalar == "]" { return string(start + 1..<position - 1) }
        }
        throw error(start..<start + 1, "the name that begins here has no end", "Close it with ]")
    }

    private mutating func quotedText(by quote: Unicode.Scalar) throws(FilterSyntaxError) -> String {
        let start = position
        position += 1
        var content = String.UnicodeScalarView()
        while let scalar = current {
            position += 1
            if scalar == quote { return String(content) }
            content.append(scalar == "\\" ? try escaped() : scalar)
        }
        throw error(
            start..<start + 1, "the text that begins here has no end",
            "Close it with \(quote); within it write \\\(quote)")
    }

    /// The scalar that an escape after a backslash stands for.
    private mutating func escaped() throws(FilterSyntaxError) -> Unicode.Scalar {
        let start = position - 1
        guard let scalar = current else {
            throw error(start..<position, "nothing follows the backslash", "Write \\\\ for a backslash")
        }
        position += 1
        switch scalar {
        case "\\", "\"", "'", "/": return scalar
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            if let scalar = escapedScalar() { return scalar }
            throw error(
                start..<position, "this is no code point", "Write \\u{1F600}, or \\u and four hexadecimal digits")
        default:
            throw error(
                start..<position, "\\\(scalar) stands for nothing",
                "Write \\\\ for a backslash, else \\\" \\' \\n \\r \\t or \\u{…}")
        }
    }

    private mutating func escapedScalar() -> Unicode.Scalar? {
        let braced = current == "{"
        if braced { position += 1 }
        var digits = ""
        while digits.utf8.count < (braced ? 8 : 4), let scalar = current, scalar.properties.isASCIIHexDigit {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        if braced {
            guard current == "}" else { return nil }
            position += 1
        } else if digits.utf8.count < 4 {
            return nil
        }
        return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    }

    // MARK: Scalars

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    /// Letters and marks of any script, digits, and the signs that a bare name may have.
    static func belongsToWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": return true
            default: return false
            }
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark,
            .decimalNumber, .letterNumber:
            return true
        default: return false
        }
    }
}
