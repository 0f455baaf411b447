/// What stands before an opening brace, read as the head of a definition.
struct SourceHeader {
    struct Found {
        let names: [String]
        let holdsDefinitions: Bool
        /// Where the definition begins, in bytes of the file.
        let start: Int
    }

    private struct Word {
        let text: String
        let start: Int
        /// Whether it is the first of its line.
        let isFirst: Bool
        /// The bytes that are no blank before and after it.
        let before: UInt8
        let after: UInt8
    }

    private let bytes: ArraySlice<UInt8>
    private let language: SourceLanguage

    init(lines: SourceLines, range: Range<Int>, language: SourceLanguage) {
        (bytes, self.language) = (lines.masked[range], language)
    }

    /// - Parameter isMember: Whether the brace stands in something that holds definitions.
    func definition(inContainer isMember: Bool) -> Found? {
        let words = words()
        guard !words.isEmpty else { return nil }
        return defined(by: words) ?? plainFunction(words, isMember: isMember)
    }

    /// The words outside of parentheses, brackets and attributes.
    private func words() -> [Word] {
        var words: [Word] = []
        var (depth, isFirst, before): (Int, Bool, UInt8) = (0, true, 0)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if Self.isWordByte(byte) {
                let start = index
                while index < bytes.endIndex, Self.isWordByte(bytes[index]) { index += 1 }
                let after = bytes[index...].first { $0 > 0x20 } ?? 0
                if depth == 0, before != UInt8(ascii: "@") {
                    words.append(
                        Word(
                            text: String(decoding: bytes[start..<index], as: UTF8.self), start: start, isFirst: isFirst,
                            before: before, after: after))
                }
                (isFirst, before) = (false, bytes[index - 1])
                continue
            }
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            case 0x0A: if depth == 0 { isFirst = true }
            default: break
            }
            if byte > 0x20 { before = byte }
            index += 1
        }
        return words
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
            || byte == UInt8(ascii: "~")
    }

    /// A definition that a word such as `class` or `func` begins: the last one that stands before its name.
    private func defined(by words: [Word]) -> Found? {
        let (containers, leaves) = (language.containers, language.leaves)
        for (index, word) in words.enumerated().reversed() {
            let isContainer = containers.contains(word.text)
            guard isContainer || leaves.contains(word.text), word.before != UInt8(ascii: ".") else { continue }
            guard isBegun(by: words[..<index]) else { continue }
            // `enum class` of C++ and Kotlin, `class func` of Swift.
            guard let names = names(after: word, words[(index + 1)...]) else { continue }
            let holds = isContainer && !(language == .go)
            return Found(names: names, holdsDefinitions: holds, start: lineStart(words, index))
        }
        return nil
    }

    /// Whether only modifiers and types stand on the line before a defining word.
    private func isBegun(by before: ArraySlice<Word>) -> Bool {
        guard let line = before.lastIndex(where: \.isFirst) else { return true }
        if before.last.map({ $0.after == 0x0A }) == true { return true }
        return !before[line...].contains { Self.control.contains($0.text) }
    }

    /// Where the line begins on which the statement of a word starts.
    private func lineStart(_ words: [Word], _ index: Int) -> Int {
        var first = index
        while first > 0, !words[first].isFirst { first -= 1 }
        return words[first].start
    }

    private func names(after keyword: Word, _ rest: ArraySlice<Word>) -> [String]? {
        let isFunction = ["func", "fn", "fun", "function", "def"].contains(keyword.text)
        switch (language, keyword.text) {
        case (.swift, "init"), (.swift, "deinit"), (.swift, "subscript"), (.kotlin, "constructor"), (.kotlin, "init"):
            return [
                keyword.text + (keyword.text == "deinit" || language == .kotlin && keyword.text == "init" ? "" : "()")
            ]
        case (.go, "func"):
            if let receiver = receiver(from: keyword.start), let name = rest.first {
                return [receiver, name.text + "()"]
            }
        case (.rust, "impl"):
            // `impl Trait for Type`.
            let target = rest.firstIndex { $0.text == "for" }.map { rest[($0 + 1)...] } ?? rest
            return target.first { $0.before != UInt8(ascii: "<") && $0.text != "dyn" }.map { [$0.text] }
        case (.swift, "extension"), (.c, "namespace"), (.java, "namespace"):
            return dottedName(rest).map { [$0] }
        case (.kotlin, "object") where rest.isEmpty: return ["companion object"]
        default: break
        }
        guard let name = rest.first, !Self.notNames.contains(name.text) else {
            // A function assigned to a name.
            return nil
        }
        if isFunction {
            if language == .swift, let symbol = operatorName(after: keyword) { return [symbol + "()"] }
            // `fun Type.name()`.
            if language == .kotlin, let last = rest.prefix(while: { $0.after != UInt8(ascii: "(") }).last,
                let full = rest.first(where: { $0.start > last.start }), name.after == UInt8(ascii: ".")
            {
                return [name.text, full.text + "()"]
            }
            return [name.text + "()"]
        }
        if language == .c {
            // A macro for visibility may stand before the name, and a function may return the type.
            guard !bytes.contains(UInt8(ascii: "(")) || rest.count == 1 else { return nil }
            let named = rest.prefix { $0.before != UInt8(ascii: ":") || $0.start == name.start }
            return [(named.last { !Self.notNames.contains($0.text) } ?? name).text]
        }
        if language == .go, keyword.text == "type" || keyword.text == "interface" { return [name.text] }
        return [name.text]
    }

    private func operatorName(after keyword: Word) -> String? {
        let rest = bytes[(keyword.start + keyword.text.utf8.count)...].drop { $0 <= 0x20 }
        guard let first = rest.first, !Self.isWordByte(first), first != UInt8(ascii: "`") else { return nil }
        return String(
            decoding: rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: "<") }, as: UTF8.self)
    }

    /// The type in the parentheses after `func` of Go.
    private func receiver(from start: Int) -> String? {
        let rest = bytes[(start + 4)...].drop { $0 <= 0x20 }
        guard rest.first == UInt8(ascii: "("), let end = rest.firstIndex(of: UInt8(ascii: ")")) else { return nil }
        let inner = rest[..<end].dropFirst().prefix { $0 != UInt8(ascii: "[") }
        return inner.split { !Self.isWordByte($0) }.last.map { String(decoding: $0, as: UTF8.self) }
    }

    private func dottedName(_ rest: ArraySlice<Word>) -> String? {
        guard let first = rest.first else { return nil }
        let name = bytes[first.start...].prefix {
            Self.isWordByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":")
        }
        let text = String(decoding: name, as: UTF8.self)
        return text.hasSuffix(":") ? String(text.dropLast()) : text
    }

    /// A function of C, Java or JavaScript: a name and its arguments in parentheses.
    private func plainFunction(_ words: [Word], isMember: Bool) -> Found? {
        guard language.hasPlainFunctions else { return nil }
        if language == .javaScript {
            if let arrow = arrowFunction(words) { return arrow }
            guard isMember else { return nil }
        }
        let last = words.lastIndex(where: \.isFirst) ?? 0
        // Without semicolons, what stands on lines before belongs to another statement.
        let candidates = language == .javaScript ? words[last...] : words[...]
        guard
            let index = candidates.firstIndex(where: { $0.after == UInt8(ascii: "(") && !Self.macros.contains($0.text) }
            )
        else { return nil }
        let name = candidates[index]
        guard !Self.control.contains(name.text), !Self.digit(name.text) else { return nil }
        guard !bytes[candidates[candidates.startIndex].start..<name.start].contains(UInt8(ascii: "=")) else {
            return nil
        }
        guard !candidates[..<index].contains(where: { Self.control.contains($0.text) }) else { return nil }
        // A call, rather than a definition, has nothing before it, but so has a constructor.
        guard
            isMember || index > candidates.startIndex || language == .c && candidates.count == 1
                || name.before == UInt8(ascii: ":")
        else { return nil }
        var names = [name.text + "()"]
        if language == .c {
            var scope = index
            while scope > candidates.startIndex, candidates[scope].before == UInt8(ascii: ":") {
                scope -= 1
                names.insert(candidates[scope].text, at: 0)
                if names.count > 3 { break }
            }
        }
        return Found(names: names, holdsDefinitions: false, start: candidates[candidates.startIndex].start)
    }

    /// `const name = (a) => {`, and `name = function () {`.
    private func arrowFunction(_ words: [Word]) -> Found? {
        let text = bytes.reversed().drop { $0 <= 0x20 }.prefix(2).reversed()
        let isArrow = Array(text) == Array("=>".utf8)
        guard isArrow || words.last?.text == "function" || words.dropLast().last?.text == "function" else { return nil }
        let last = words.lastIndex(where: \.isFirst) ?? 0
        guard let name = words[last...].first(where: { $0.after == UInt8(ascii: "=") || $0.after == UInt8(ascii: ":") })
        else {
            return nil
        }
        return Found(names: [name.text + "()"], holdsDefinitions: false, start: words[last].start)
    }

    private static func digit(_ text: String) -> Bool { text.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? true }

    private static let control: Set<String> = [
        "if", "for", "while", "switch", "catch", "do", "else", "return", "sizeof", "try", "using", "lock", "foreach",
        "case",
        "new", "throw", "in", "await", "synchronized", "fixed", "checked", "unchecked", "when", "guard", "let",
    ]
    /// What looks like a call before the name of a function.
    private static let macros: Set<String> = [
        "__attribute__", "__declspec", "alignas", "noexcept", "decltype", "explicit",
    ]
    private static let notNames: Set<String> = ["class", "struct", "final", "alignas", "func", "var", "let", "enum"]
}
