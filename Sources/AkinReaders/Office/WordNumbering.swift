import Foundation

/// The numbers that Word shows before paragraphs and headings and that no text of the document holds: `2.1`, `(a)`,
/// `Article IV`.
///
/// Lists of one definition count on from each other, unless one of them says where it starts. A paragraph starts the
/// levels below its own anew.
struct WordNumbering {
    private struct Level {
        var format = "decimal"
        /// With `%1` to `%9` for the numbers of the levels.
        var text = ""
        var start = 1
        /// Whether all its numbers are Arabic.
        var isLegal = false
        var restarts = true
        /// The style whose paragraphs stand on the level.
        var style: String?
    }

    private struct List {
        var definition: String
        /// Where levels start in this list.
        var starts: [Int: Int] = [:]
        /// Levels that differ from the definition's.
        var levels: [Int: Level] = [:]
    }

    private static let levelCount = 9
    /// Every paragraph has the text of its level, so that an endless one is cut.
    private static let longestText = 64
    private static let highestStart = 1 << 20

    private var definitions: [String: [Int: Level]] = [:]
    private var lists: [String: List] = [:]
    /// By definition and level; nil where a level begins with its next paragraph.
    private var numbers: [String: [Int?]] = [:]
    /// Lists with the levels that have begun where the list says.
    private var started: Set<[String]> = []

    /// - Parameter data: numbering.xml; nil where there is none.
    init(_ data: Data?) throws {
        guard let data else { return }
        // Definitions may name a style that another definition describes.
        var (described, referring): ([String: String], [String: String]) = ([:], [:])
        try XMLStream.read(data, as: "word/numbering.xml", elements: ["abstractNum", "num"]) { node, _ in
            if node.name == "num" {
                guard let id = node["w:numId"], let definition = node.child("abstractNumId")?["w:val"] else { return }
                var list = List(definition: definition)
                for change in node.children where change.name == "lvlOverride" {
                    guard let level = Self.level(change["w:ilvl"]) else { continue }
                    list.starts[level] = change.child("startOverride").map { Self.start($0["w:val"]) }
                    list.levels[level] = change.child("lvl").map(Self.level)
                }
                lists[id] = list
            } else if let id = node["w:abstractNumId"] {
                for child in node.children where child.name == "lvl" {
                    guard let level = Self.level(child["w:ilvl"]) else { continue }
                    definitions[id, default: [:]][level] = Self.level(child)
                }
                if let style = node.child("styleLink")?["w:val"] { described[style] = id }
                if let style = node.child("numStyleLink")?["w:val"] { referring[id] = style }
            }
        }
        for (id, list) in lists {
            if let style = referring[list.definition], let other = described[style] { lists[id]?.definition = other }
        }
    }

    private static func level(_ number: String?) -> Int? {
        number.flatMap { Int($0) }.flatMap { (0..<levelCount).contains($0) ? $0 : nil }
    }

    private static func start(_ value: String?) -> Int { max(0, min(value.flatMap { Int($0) } ?? 1, highestStart)) }

    private static func level(_ node: XMLNode) -> Level {
        Level(
            format: node.child("numFmt")?["w:val"] ?? "decimal",
            text: String((node.child("lvlText")?["w:val"] ?? "").unicodeScalars.prefix(longestText)),
            start: start(node.child("start")?["w:val"]), isLegal: node.child("isLgl") != nil,
            restarts: node.child("lvlRestart")?["w:val"] != "0", style: node.child("pStyle")?["w:val"])
    }

    /// Writes the numbers of all paragraphs of a node into them, as the document shows them.
    mutating func number(_ node: XMLNode, _ styles: WordStyles) {
        guard !lists.isEmpty else { return }
        if node.name == "p", let place = styles.listPlace(node.child("pPr")), let label = label(place),
            node.text.contains(where: { !$0.isWhitespace })
        {
            let text = XMLNode(name: "t", attributes: [:])
            text.append(label + " ")
            node.prepend(text)
        }
        for child in node.children where child.name != "pPr" { number(child, styles) }
    }

    /// Counts a paragraph.
    ///
    /// - Returns: what stands before it; nil for a mark that is no number.
    private mutating func label(_ place: WordStyles.ListPlace) -> String? {
        guard let list = lists[place.list], let definition = definitions[list.definition] else { return nil }
        func level(_ number: Int) -> Level { list.levels[number] ?? definition[number] ?? Level() }
        let ofStyle = place.style.flatMap { style in definition.first { $0.value.style == style }?.key }
        let own = max(0, min(ofStyle ?? place.level ?? 0, Self.levelCount - 1))
        var numbers = self.numbers[list.definition] ?? Array(repeating: nil, count: Self.levelCount)
        if let start = list.starts[own], started.insert([place.list, String(own)]).inserted {
            numbers[own] = start
        } else {
            numbers[own] = numbers[own].map { $0 + 1 } ?? level(own).start
        }
        for below in own + 1..<Self.levelCount where level(below).restarts { numbers[below] = nil }
        self.numbers[list.definition] = numbers

        let shown = level(own)
        guard shown.format != "bullet" else { return nil }
        var text = shown.text
        for number in 0...own where text.contains("%\(number + 1)") {
            let format = shown.isLegal ? "decimal" : level(number).format
            text = text.replacing("%\(number + 1)", with: Self.written(numbers[number] ?? level(number).start, format))
        }
        return text.contains { $0.isLetter || $0.isNumber } ? text.trimmed : nil
    }

    private static let ideographicFormats: Set = [
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand",
    ]

    /// A number in one of Word's formats; in Arabic figures where the format is another one.
    private static func written(_ number: Int, _ format: String) -> String {
        if ideographicFormats.contains(format), (1..<100).contains(number) { return ideographs(number) }
        return switch format {
        case "none": ""
        case "decimalZero" where number < 10: "0\(number)"
        case "lowerRoman" where (1..<4000).contains(number): roman(number).lowercased()
        case "upperRoman" where (1..<4000).contains(number): roman(number)
        case "lowerLetter" where (1...260).contains(number): letters(number)
        case "upperLetter" where (1...260).contains(number): letters(number).uppercased()
        default: String(number)
        }
    }

    private static func roman(_ number: Int) -> String {
        var (left, text) = (number, "")
        for (value, sign) in [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ] {
            text += String(repeating: sign, count: left / value)
            left %= value
        }
        return text
    }

    /// a, b, …, z, aa, bb, …
    private static func letters(_ number: Int) -> String {
        String(repeating: Character(Unicode.Scalar(UInt8(97 + (number - 1) % 26))), count: (number - 1) / 26 + 1)
    }

    private static func ideographs(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let tens = number < 10 ? "" : (number < 20 ? "" : digits[number / 10]) + "十"
        return tens + digits[number % 10]
    }
}
