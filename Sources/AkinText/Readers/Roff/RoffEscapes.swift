/// The escape sequences in the text of a troff file.
struct RoffEscapes {
    /// The strings that a file defines with `.ds`, and those of pod2man, which it defines by more than this reads.
    private var strings: [String: String] = [
        "--": "--", "L\"": "\"", "R\"": "\"", "C`": "", "C'": "", "PI": "π", "Tr": "", "R": "®", "Tm": "™", "lq": "“",
        "rq": "”", "S": "",
    ]
    /// Strings may hold strings; more within each other are left out.
    private static let deepestStrings = 3
    private static let longestString = 1000
    /// Bytes that the strings of a page may become together: they hold each other, and so grow by powers.
    private static let mostExpanded = 4 << 20
    /// The longest name of a glyph, a string or a register in brackets, and the longest argument, in scalars.
    private static let longestName = 100
    private static let longestArgument = 1000

    /// What is left of `mostExpanded`, shared by all who read the page.
    private final class Budget {
        var bytes = RoffEscapes.mostExpanded
    }

    private let budget = Budget()

    mutating func define(_ name: String, _ value: String) {
        guard strings.count < 1000 else { return }
        strings[name] = String(value.prefix(Self.longestString))
    }

    /// The text with its escapes resolved and its fonts left out.
    func text(_ line: Substring, depth: Int = 0) -> String {
        guard line.utf8.contains(UInt8(ascii: "\\")) else { return String(line) }
        var text = ""
        var rest = line.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            guard let kind = rest.popFirst() else { break }
            switch kind {
            case "f", "F", "m", "M", "g", "k", "n", "V", "Y", "O": _ = Self.argument(&rest)
            case "s": Self.skipSize(&rest)
            case "(", "[":
                rest = line.unicodeScalars[line.unicodeScalars.index(before: rest.startIndex)...]
                text += RoffGlyphs.text(Self.argument(&rest)) ?? ""
            case "C":
                let name = Self.quoted(&rest)
                text += RoffGlyphs.text(name) ?? String(name)
            case "*":
                let name = Self.argument(&rest)
                if depth < Self.deepestStrings, let value = strings[String(name)], value.utf8.count <= budget.bytes {
                    budget.bytes -= value.utf8.count
                    text += self.text(value[...], depth: depth + 1)
                }
            case "h", "v", "w", "o", "l", "L", "D", "b", "X", "Z", "N", "A", "B", "H", "S", "R", "x":
                let value = Self.quoted(&rest)
                if kind == "o" { text += value.prefix(1) }
            case "-": text += "-"
            case "e", "\\": text += "\\"
            case " ", "~", "0": text += " "
            case "t": text += "\t"
            case "\"", "#": return text
            case "&", ")", "|", "^", "/", ",", ":", "%", "c", "{", "}", "p", "u", "d", "r", "a", "!", "?", "z": break
            default: text.unicodeScalars.append(kind)
            }
        }
        return text
    }

    /// An argument of one character, of two after `(`, or in brackets.
    private static func argument(_ rest: inout Substring.UnicodeScalarView) -> Substring {
        guard var first = rest.first else { return "" }
        if first == "+" || first == "-" {
            rest.removeFirst()
            guard let next = rest.first else { return "" }
            first = next
        }
        let start = rest.startIndex
        switch first {
        case "(":
            let name = rest.dropFirst().prefix(2)
            rest = rest[name.endIndex...]
            return Substring(name)
        case "[":
            guard let end = rest.prefix(longestName).firstIndex(of: "]") else { break }
            let name = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            return Substring(name)
        default: break
        }
        rest.removeFirst()
        return Substring(String(Character(first)))
    }

    /// What stands between two equal marks, or in brackets.
    private static func quoted(_ rest: inout Substring.UnicodeScalarView) -> Substring {
        guard let mark = rest.first else { return "" }
        let closing: Unicode.Scalar = mark == "[" ? "]" : mark
        let after = rest.dropFirst()
        guard let end = after.prefix(longestArgument).firstIndex(of: closing) else { return "" }
        let value = after[..<end]
        rest = after[after.index(after: end)...]
        return Substring(value)
    }

    /// A size of type: a sign, then a digit, two digits where the first is 1 to 3, or as other arguments.
    private static func skipSize(_ rest: inout Substring.UnicodeScalarView) {
        var isSigned = false
        if rest.first == "+" || rest.first == "-" {
            rest.removeFirst()
            isSigned = true
        }
        guard let first = rest.first else { return }
        if first == "'" {
            _ = quoted(&rest)
        } else if first == "(" || first == "[" {
            _ = argument(&rest)
        } else if ("0"..."9").contains(first) {
            rest.removeFirst()
            if !isSigned, ("1"..."3").contains(first), let next = rest.first, ("0"..."9").contains(next) {
                rest.removeFirst()
            }
        }
    }
}
