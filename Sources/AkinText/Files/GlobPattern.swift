/// A pattern of names as `.gitignore` has it: `*`, `?`, `[a-z]`, `**` and `\` before what is meant literally.
///
/// `*`, `?` and classes match no slash. `**/` matches any folders, or none; `/**` all that is below. It compares bytes.
///
/// A failed match goes back to the last `*` of the name at hand and else to the last `**`, never further: whatever the
/// earlier ones could take, the last one can take too. So time is at most the product of the lengths of pattern and
/// path, times the folders in the path.
struct GlobPattern: Hashable {
    private enum Token: Hashable {
        case byte(UInt8)
        case anyByte
        /// The place of the class in `classes`.
        case oneOf(Int)
        /// `*`
        case star
        /// `**/`: nothing, or anything up to a slash and the slash.
        case folders
        /// `**` at the end or before an escaped slash: anything.
        case everything
    }

    private var tokens: [Token] = []
    private var classes: [ByteSet] = []

    /// The byte that every match begins with, and the one that it ends with; nil where there are several.
    private(set) var first: UInt8?
    private(set) var last: UInt8?

    /// Nil for a pattern that matches nothing: a class without end, or a `\` with nothing after it.
    init?(_ pattern: ArraySlice<UInt8>) {
        // Git takes the part before the first special character away and matches what is left by itself. So `**` counts
        // as folders where it comes after letters, if it is the first special character.
        var start = pattern.startIndex
        while start < pattern.endIndex, !Self.isSpecial(pattern[start]) {
            tokens.append(.byte(pattern[start]))
            start += 1
        }
        guard parse(pattern[start...]) else { return nil }
        if case .byte(let byte)? = tokens.first { first = byte }
        if case .byte(let byte)? = tokens.last { last = byte }
    }

    static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
            || byte == UInt8(ascii: "\\")
    }

    private mutating func parse(_ pattern: ArraySlice<UInt8>) -> Bool {
        var place = pattern.startIndex
        while place < pattern.endIndex {
            let byte = pattern[place]
            place += 1
            switch byte {
            case UInt8(ascii: "?"): tokens.append(.anyByte)
            case UInt8(ascii: "\\"):
                guard place < pattern.endIndex else { return false }
                tokens.append(.byte(pattern[place]))
                place += 1
            case UInt8(ascii: "["):
                guard let found = GlobClass.parse(pattern, &place) else { return false }
                tokens.append(.oneOf(classes.count))
                classes.append(found)
            case UInt8(ascii: "*"):
                let isAtStart = place - 1 == pattern.startIndex || pattern[place - 2] == UInt8(ascii: "/")
                let begin = place
                while place < pattern.endIndex, pattern[place] == UInt8(ascii: "*") { place += 1 }
                let rest = pattern[place...]
                if place == begin || !isAtStart {
                    tokens.append(.star)
                } else if rest.first == UInt8(ascii: "/") {
                    tokens.append(.folders)
                    place += 1
                } else if rest.isEmpty || rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "/")]) {
                    tokens.append(.everything)
                } else {
                    tokens.append(.star)
                }
            default: tokens.append(.byte(byte))
            }
        }
        return true
    }

    /// Whether all of `text` from `start` on matches.
    func matches(_ text: [UInt8], from start: Int) -> Bool {
        // Where to go on after a failure: a token, and the place it is tried at.
        var star: (token: Int, place: Int)?
        var deep: (token: Int, place: Int)?
        var token = 0
        var place = start
        while true {
            if token == tokens.count {
                if place == text.count { return true }
            } else {
                switch tokens[token] {
                case .byte(let byte):
                    if place < text.count, text[place] == byte {
                        (token, place) = (token + 1, place + 1)
                        continue
                    }
                case .anyByte:
                    if place < text.count, text[place] != UInt8(ascii: "/") {
                        (token, place) = (token + 1, place + 1)
                        continue
                    }
                case .oneOf(let index):
                    if place < text.count, text[place] != UInt8(ascii: "/"), classes[index].contains(text[place]) {
                        (token, place) = (token + 1, place + 1)
                        continue
                    }
                case .star:
                    star = (token, place)
                    token += 1
                    continue
                case .folders, .everything:
                    deep = (token, place)
                    star = nil
                    token += 1
                    continue
                }
            }
            // A star takes one more byte of its name.
            if let last = star, last.place < text.count, text[last.place] != UInt8(ascii: "/") {
                star = (last.token, last.place + 1)
                (token, place) = (last.token + 1, last.place + 1)
                continue
            }
            star = nil
            guard let last = deep, last.place < text.count else { return false }
            var next = last.place + 1
            if tokens[last.token] == .folders {
                while next <= text.count, text[next - 1] != UInt8(ascii: "/") { next += 1 }
                if next > text.count { return false }
            }
            deep = (last.token, next)
            (token, place) = (last.token + 1, next)
        }
    }
}
