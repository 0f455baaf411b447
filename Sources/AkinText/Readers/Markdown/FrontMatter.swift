import AkinCore
import Yams

/// The YAML between two lines of `---` at the top of a text.
///
/// Values get types as JSON has them: a plain scalar that is spelled like a JSON number is a number, `true` and `false`
/// are booleans, everything else, dates included, is text. `null`, `~` and absent values are no values. A block that is
/// not a YAML mapping stays in the text.
struct FrontMatter {
    private(set) var fields: [String: JSONValue]
    /// The text after the closing line.
    let body: Substring

    // Limits of the parser below, which recurses for each level and expands each alias.
    private static let mostBytes = 1 << 16
    private static let mostBrackets = 500
    private static let deepestIndentation = 200
    private static let mostAliases = 20
    private static let mostValues = 10_000

    init?(_ text: String) {
        var lines = text.utf8Lines
        guard let first = lines.next(), first.trimmed == "---", first.first == "-" else { return nil }
        let start = lines.rest
        var end = start
        while let line = lines.next() {
            guard text.utf8.distance(from: start, to: lines.rest) <= Self.mostBytes else { return nil }
            if line.first == "-" || line.first == ".", ["---", "..."].contains(line.trimmed) {
                guard let fields = Self.fields(text[start..<end]), !fields.isEmpty else { return nil }
                (self.fields, body) = (fields, text[lines.rest...])
                return
            }
            end = lines.rest
        }
        return nil
    }

    private static func fields(_ block: Substring) -> [String: JSONValue]? {
        guard isParsable(block) else { return nil }
        let root =
            (try? compose(yaml: String(block), .basic)) ?? (try? compose(yaml: withQuotedColons(String(block)), .basic))
        guard case .mapping(let mapping)? = root else { return nil }
        var left = mostValues
        return members(of: mapping, left: &left)
    }

    /// Whether a block stays within the limits.
    private static func isParsable(_ block: Substring) -> Bool {
        guard block.utf8.count(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }) <= mostBrackets else {
            return false
        }
        let indicators = Set(" \t-?:".utf8)
        var aliases = 0
        for line in String(block).utf8Lines {
            guard line.utf8.prefix(while: indicators.contains).count <= deepestIndentation else { return false }
            var previous = UInt8(ascii: " ")
            for byte in line.utf8 {
                if byte == UInt8(ascii: "*"), " \t[{,:-".utf8.contains(previous) { aliases += 1 }
                previous = byte
            }
        }
        return aliases <= mostAliases
    }

    /// The block with quotes around plain values that hold a colon and a space: `title: Swift: a tour` is what people
    /// write, but it is not YAML.
    private static func withQuotedColons(_ block: String) -> String {
        block.utf8Lines.map { line -> String in
            guard let match = line.wholeMatch(of: /([\p{L}\p{N}_\- ]+): +([^\s"'\[{|>&*!%@`#].*: .*)/) else {
                return String(line)
            }
            return "\(match.1): '\(match.2.replacing("'", with: "''"))'"
        }.joined(separator: "\n")
    }

    private static func members(of mapping: Node.Mapping, left: inout Int) -> [String: JSONValue]? {
        var members: [String: JSONValue] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let value = self.value(value, left: &left) else { return nil }
            if value != .null { members[name] = value }
        }
        return members
    }

    /// A value with its type; nil when there are more values than the limit.
    private static func value(_ node: Node, left: inout Int) -> JSONValue? {
        left -= 1
        guard left >= 0 else { return nil }
        switch node {
        case .scalar(let scalar): return scalar.style == .plain ? plain(scalar.string) : .string(scalar.string)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence {
                guard let value = value(element, left: &left) else { return nil }
                elements.append(value)
            }
            return .array(elements)
        case .mapping(let mapping): return members(of: mapping, left: &left).map(JSONValue.object)
        case .alias: return nil
        }
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: JSONValue(bareText: text) ?? .null
        }
    }
}
