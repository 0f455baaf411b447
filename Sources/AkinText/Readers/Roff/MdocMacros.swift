/// The macros of mdoc (mdoc(7)), by which pages of BSD are written: what a line of them is read as.
struct MdocMacros {
    /// Whether the line before began an item.
    var lastWasItem = false
    /// The name that the page is about.
    private var name: String?
    private var isTable: [Bool] = []

    var isInTable: Bool { isTable.last ?? false }

    mutating func beginList(_ options: Substring) {
        if isTable.count < 100 { isTable.append(options.contains("-column")) }
    }

    mutating func endList() { _ = isTable.popLast() }

    /// The text of a line that begins with a macro, and whether it follows what is before it without a blank; nil for a
    /// macro that is not known.
    mutating func line(_ macro: String, _ rest: Substring, escapes: RoffEscapes) -> (text: String, isAttached: Bool)? {
        guard Self.known(macro) else { return nil }
        let words = [Word(text: macro, isMacro: true)] + self.words(rest, escapes)
        if macro == "Nm", name == nil, words.count > 1 { name = words[1].text }
        return (
            evaluate(words), ["Ns", "Oc", "Pc", "Bc", "Dc", "Qc", "Sc", "Brc", "Ac", "Ec", "Xc", "Ap"].contains(macro)
        )
    }

    /// The text of arguments in which macros may be called.
    func text(of rest: Substring, escapes: RoffEscapes) -> String { evaluate(words(rest, escapes)) }

    private struct Word {
        let text: String
        let isMacro: Bool
    }

    private func words(_ rest: Substring, _ escapes: RoffEscapes) -> [Word] {
        RoffLines.arguments(rest).map { argument in
            Word(text: escapes.text(argument), isMacro: Self.known(String(argument)))
        }
    }

    private static let enclosures: [String: (open: String, close: String)] = [
        "Op": ("[", "]"), "Bq": ("[", "]"), "Aq": ("<", ">"), "Pq": ("(", ")"), "Dq": ("“", "”"), "Sq": ("‘", "’"),
        "Qq": ("\"", "\""), "Ql": ("‘", "’"), "Brq": ("{", "}"), "Eq": ("", ""),
    ]
    private static let openings = [
        "Oo": "[", "Bo": "[", "Ao": "<", "Po": "(", "Do": "“", "So": "‘", "Qo": "\"", "Bro": "{", "Xo": "", "Eo": "",
    ]
    private static let closings = [
        "Oc": "]", "Bc": "]", "Ac": ">", "Pc": ")", "Dc": "”", "Sc": "’", "Qc": "\"", "Brc": "}", "Xc": "", "Ec": "",
    ]
    private static let systems = [
        "Ux": "UNIX", "Bx": "BSD", "Nx": "NetBSD", "Fx": "FreeBSD", "Ox": "OpenBSD", "Dx": "DragonFly", "Bsx": "BSD/OS",
    ]
    private static let plain: Set<String> = [
        "Ad", "An", "Ar", "Cd", "Cm", "Dv", "Em", "Er", "Ev", "Fa", "Fd", "Ic", "Li", "Ms", "Mt", "No", "Pa", "Sy",
        "Tn", "Va",
        "Vt", "Ft", "Lb", "Lk", "Bf", "Ef", "Tg", "Fr", "Ot", "Hf", "%A", "%B", "%C", "%D", "%I", "%J", "%N", "%O",
        "%P", "%Q",
        "%R", "%T", "%U", "%V", "At", "St", "Nd", "Ta",
    ]

    private static func known(_ macro: String) -> Bool {
        plain.contains(macro) || enclosures[macro] != nil || openings[macro] != nil || closings[macro] != nil
            || systems[macro] != nil
            || ["Nm", "Fl", "Xr", "Fn", "Fo", "Fc", "In", "Ns", "Pf", "Ap", "Ex", "Rv", "Cm"].contains(macro)
    }

    /// Puts words together, with blanks between them as mdoc has them.
    private struct Line {
        var text = ""
        var isAttached = true

        mutating func add(_ word: String) {
            guard !word.isEmpty else { return }
            let closes = word.count == 1 && ".,:;)]?!".contains(word)
            if !isAttached, !closes { text += " " }
            text += word
            isAttached = word.count == 1 && "([".contains(word)
        }
    }

    private func evaluate(_ words: [Word]) -> String {
        var line = Line()
        var macro = ""
        var closers: [String] = []
        var index = 0
        /// The words that are arguments of the macro at `index`.
        func arguments() -> ArraySlice<Word> { words[min(index + 1, words.count)...].prefix { !$0.isMacro } }
        while index < words.count {
            let word = words[index]
            guard word.isMacro else {
                let isMark = word.text.count == 1 && ".,:;()[]?!|".contains(word.text)
                line.add(macro == "Fl" && !isMark ? "-" + word.text : word.text)
                if macro == "Pf" {
                    line.isAttached = true
                    macro = ""
                }
                index += 1
                continue
            }
            macro = word.text
            let own = arguments()
            if let pair = Self.enclosures[macro] {
                line.add(pair.open)
                line.isAttached = true
                closers.append(pair.close)
            } else if let open = Self.openings[macro] {
                line.add(open)
                line.isAttached = true
            } else if let close = Self.closings[macro] {
                line.isAttached = true
                line.add(close)
            } else if let system = Self.systems[macro] {
                line.add(system)
            } else {
                switch macro {
                case "Nm" where own.first.map({ $0.text.count == 1 && !$0.text.allSatisfy(\.isLetter) }) ?? true:
                    line.add(name ?? "")
                case "Fl" where own.isEmpty:
                    line.add("-")
                    line.isAttached = true
                case "Ar" where own.isEmpty: line.add("file ...")
                case "Pa" where own.isEmpty: line.add("~")
                case "Nd": line.add("–")
                case "Ns", "Ap":
                    line.isAttached = true
                    if macro == "Ap" {
                        line.add("'")
                        line.isAttached = true
                    }
                case "Xr":
                    if let page = own.first {
                        let section =
                            own.dropFirst().first.map { $0.text.first?.isNumber == true ? "(\($0.text))" : "" } ?? ""
                        line.add(page.text + section)
                        index += section.isEmpty ? 1 : 2
                    }
                case "Fn", "Fo":
                    if let function = own.first {
                        let isWhole = macro == "Fn"
                        let parameters =
                            isWhole ? own.dropFirst().prefix { !($0.text.count == 1 && ".,;:".contains($0.text)) } : []
                        line.add(
                            function.text + "(" + parameters.map(\.text).joined(separator: ", ") + (isWhole ? ")" : ""))
                        index += 1 + parameters.count
                    }
                case "Fc":
                    line.isAttached = true
                    line.add(")")
                case "In":
                    if let file = own.first {
                        line.add("#include <\(file.text)>")
                        index += 1
                    }
                case "Ex": line.add("The \(name ?? "program") utility exits 0 on success, and >0 if an error occurs.")
                case "Rv": line.add("The function returns 0 if successful; otherwise -1 is returned and errno is set.")
                default: break
                }
                if macro == "Ex" || macro == "Rv" { index += own.count }
            }
            index += 1
        }
        // A mark at the end of the line stands behind what is enclosed.
        var trailing = ""
        if !closers.isEmpty, let last = words.last, !last.isMacro, last.text.count == 1, ".,:;".contains(last.text) {
            line.text.removeLast()
            trailing = last.text
        }
        return line.text + closers.reversed().joined() + trailing
    }
}
