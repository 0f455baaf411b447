/// A filter written in its own language, so that reading it again gives the same filter. Explanations show it, and
/// caches use it as a key.
extension DocumentFilter: CustomStringConvertible {
    package var description: String {
        switch self {
        case .condition(let field, let test): test.text(of: field.description)
        case .and(let filters): Self.joined(filters, by: " and ", whenEmpty: "id exists or not id exists")
        case .or(let filters): Self.joined(filters, by: " or ", whenEmpty: "id exists and not id exists")
        case .not(let filter): "not \(filter.term)"
        }
    }

    /// The filter as part of a larger one.
    private var term: String {
        switch self {
        case .and(let filters) where filters.count != 1: "(\(description))"
        case .or(let filters) where filters.count != 1: "(\(description))"
        default: description
        }
    }

    private static func joined(_ filters: [DocumentFilter], by word: String, whenEmpty: String) -> String {
        filters.isEmpty ? whenEmpty : filters.map(\.term).joined(separator: word)
    }

    /// A text between quotes, with every invisible character escaped.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}

extension DocumentFilter.Field: CustomStringConvertible {
    package var description: String {
        switch self {
        case .id: "id"
        case .source: "source"
        case .title: "title"
        case .cluster(let run): "cluster of run \(run)"
        case .metadata(let key): Self.isBare(key) ? key : "`\(Self.doubled(key))`"
        }
    }

    private static func doubled(_ key: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in key.unicodeScalars {
            result.append(scalar)
            if scalar == "`" { result.append(scalar) }
        }
        return String(result)
    }

    /// Whether a key keeps its meaning when it is written without backticks.
    private static func isBare(_ key: String) -> Bool {
        guard let first = key.unicodeScalars.first, FilterWord(key) == nil else { return false }
        let name = key.hasPrefix(ownPrefix) ? key.dropFirst(ownPrefix.count) : Substring(key)
        guard Self(ownName: name) == nil else { return false }
        let beginsAsNumber = first == "-" || first == "." || ("0"..."9").contains(first)
        return !beginsAsNumber && key.unicodeScalars.allSatisfy(FilterLexer.belongsToWord)
    }
}

extension DocumentFilter.Test {
    /// The test as text after a field's name.
    func text(of field: String) -> String {
        switch self {
        case .compareText(let comparison, let text): "\(field) \(comparison.rawValue) \(DocumentFilter.quoted(text))"
        case .compareNumber(let comparison, let number): "\(field) \(comparison.rawValue) \(Self.text(number))"
        case .betweenTexts(let low, let high):
            "\(field) between \(DocumentFilter.quoted(low)) and \(DocumentFilter.quoted(high))"
        case .betweenNumbers(let low, let high): "\(field) between \(Self.text(low)) and \(Self.text(high))"
        case .anyText(let texts): "\(field) in (\(texts.map(DocumentFilter.quoted).joined(separator: ", ")))"
        case .anyNumber(let numbers): "\(field) in (\(numbers.map(Self.text).joined(separator: ", ")))"
        case .contains(let text): "\(field) contains \(DocumentFilter.quoted(text))"
        case .hasPrefix(let text): "\(field) starts with \(DocumentFilter.quoted(text))"
        case .hasSuffix(let text): "\(field) ends with \(DocumentFilter.quoted(text))"
        case .exists: "\(field) exists"
        }
    }

    /// The shortest text that reads back as the same number.
    private static func text(_ number: Double) -> String {
        if let whole = Int64(exactly: number), abs(number) < 0x1p53 { return String(whole) }
        return number.description
    }
}
