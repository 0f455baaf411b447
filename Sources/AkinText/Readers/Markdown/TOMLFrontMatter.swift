import AkinCore

/// The TOML between two lines of `+++` at the top of a text, as far as front matter uses it: keys with texts, numbers,
/// booleans, dates and lists of these, and tables. A block that holds anything else stays in the text.
struct TOMLFrontMatter {
    private(set) var fields: [String: JSONValue] = [:]
    /// The text after the closing line.
    let body: Substring

    private static let mostBytes = 1 << 16

    init?(_ text: String) {
        var lines = text.utf8Lines
        guard let first = lines.next(), first.trimmed == "+++", first.first == "+" else { return nil }
        let start = lines.rest
        var statements: [String] = []
        var pending = ""
        while let line = lines.next() {
            guard text.utf8.distance(from: start, to: lines.rest) <= Self.mostBytes else { return nil }
            if line.trimmed == "+++", pending.isEmpty {
                body = text[lines.rest...]
                guard let fields = Self.fields(statements) else { return nil }
                self.fields = fields
                return
            }
            let statement = pending + line.trimmed
            // A list may go over several lines.
            if statement.contains("= ["), !statement.hasSuffix("]") {
                pending = statement + " "
            } else {
                statements.append(statement)
                pending = ""
            }
        }
        return nil
    }

    private static func fields(_ statements: [String]) -> [String: JSONValue]? {
        var fields: [String: JSONValue] = [:]
        var table: String?
        for statement in statements where !statement.isEmpty && !statement.hasPrefix("#") {
            if let name = statement.wholeMatch(of: /\[([A-Za-z0-9_.\-]+)\]/)?.1 {
                table = String(name)
                continue
            }
            guard let match = statement.wholeMatch(of: /"?([A-Za-z0-9_.\-]+)"?\s*=\s*(.+)/),
                let value = value(match.2.trimmed)
            else { return nil }
            if let table {
                var members: [String: JSONValue] = [:]
                if case .object(let known)? = fields[table] { members = known }
                members[String(match.1)] = value
                fields[table] = .object(members)
            } else {
                fields[String(match.1)] = value
            }
        }
        return fields.isEmpty ? nil : fields
    }

    private static func value(_ text: Substring) -> JSONValue? {
        if text.hasPrefix("[") {
            guard text.hasSuffix("]") else { return nil }
            var elements: [JSONValue] = []
            var rest = text.dropFirst().dropLast().trimmed
            while !rest.isEmpty {
                guard let match = rest.prefixMatch(of: /("(?:[^"\\]|\\.)*"|'[^']*'|[^,"'\[\]]+)\s*(?:,\s*|$)/),
                    let element = value(match.1.trimmed)
                else { return nil }
                elements.append(element)
                rest = rest[match.range.upperBound...]
            }
            return .array(elements)
        }
        if let match = text.wholeMatch(of: /"((?:[^"\\]|\\.)*)"\s*(?:#.*)?/) {
            return .string(
                String(match.1).replacing("\\\"", with: "\"").replacing("\\n", with: "\n").replacing("\\\\", with: "\\")
            )
        }
        if let match = text.wholeMatch(of: /'([^']*)'\s*(?:#.*)?/) { return .string(String(match.1)) }
        let plain = text.prefix { $0 != "#" }.trimmed
        switch plain {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard plain.first.map({ $0.isNumber || "+-".contains($0) }) == true else { return nil }
            return JSONValue(bareText: String(plain)) ?? .string(String(plain))
        }
    }
}
