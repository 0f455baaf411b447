/// Definitions in languages with braces: what stands before an opening brace says what the braces hold.
struct BracedDefinitions {
    private enum Frame {
        case container, leaf, other
    }

    private struct Open {
        var frame: Frame
        /// The open parentheses and brackets around it.
        var parentheses: Int
        var definition: Int?
    }

    private(set) var definitions: [SourceDefinition] = []
    private let lines: SourceLines
    private let language: SourceLanguage
    private var stack: [Open] = []
    private var parentheses = 0
    /// The open frames that hold no definitions.
    private var (leaves, others) = (0, 0)
    /// Where what stands before the next brace begins.
    private var headerStart = 0

    /// A longer text before a brace is data, in bytes.
    private static let longestHeader = 4000

    init(lines: SourceLines, language: SourceLanguage) {
        (self.lines, self.language) = (lines, language)
        var line = 0
        for (index, byte) in lines.masked.enumerated() {
            switch byte {
            case 0x0A:
                line += 1
                resynchronize(at: index + 1, line: line)
            case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): parentheses = max(stack.last?.parentheses ?? 0, parentheses - 1)
            case UInt8(ascii: ";") where parentheses == (stack.last?.parentheses ?? 0): headerStart = index + 1
            case UInt8(ascii: "{"): open(at: index, line: line)
            case UInt8(ascii: "}"): close(at: index, line: line)
            default: break
            }
        }
        while !stack.isEmpty { close(at: lines.masked.count, line: max(0, lines.count - 1)) }
    }

    /// Branches of the preprocessor may open a brace twice and close it once. A closing brace at the margin ends what
    /// began at the margin.
    private mutating func resynchronize(at index: Int, line: Int) {
        guard language == .c, index < lines.masked.count, lines.masked[index] == UInt8(ascii: "}"), stack.count > 1,
            case .leaf = stack[0].frame
        else { return }
        while stack.count > 1 { close(at: index, line: line) }
    }

    private mutating func open(at index: Int, line: Int) {
        let isDeclared = leaves == 0 && (others == 0 || language == .javaScript)
        var new = Open(frame: .other, parentheses: parentheses, definition: nil)
        if parentheses == (stack.last?.parentheses ?? 0), isDeclared, index - headerStart <= Self.longestHeader {
            let header = headerStart..<index
            if isInitializer(header) {
                push(new)
                return
            }
            if let found = SourceHeader(lines: lines, range: header, language: language).definition(
                inContainer: stack.last?.frame == .container)
            {
                new.frame = found.holdsDefinitions ? .container : .leaf
                new.definition = definitions.count
                definitions.append(SourceDefinition(names: found.names, lines: self.line(of: found.start)...line))
            }
        }
        push(new)
        headerStart = index + 1
    }

    private mutating func push(_ open: Open) {
        if open.frame == .leaf { leaves += 1 } else if open.frame == .other { others += 1 }
        stack.append(open)
    }

    /// Whether a brace gives a member of C++ its first value, before the body of a constructor.
    private func isInitializer(_ header: Range<Int>) -> Bool {
        guard language == .c, let before = lines.masked[header].last else { return false }
        return (before.isASCIILetterOrDigit || before == UInt8(ascii: "_"))
            && lines.masked[header].contains(UInt8(ascii: ")"))
            && lines.masked[header].contains(UInt8(ascii: ":"))
    }

    private mutating func close(at index: Int, line: Int) {
        guard let open = stack.popLast() else { return }
        if open.frame == .leaf { leaves -= 1 } else if open.frame == .other { others -= 1 }
        parentheses = open.parentheses
        if let definition = open.definition {
            definitions[definition].lines = definitions[definition].lines.lowerBound...line
        }
        headerStart = min(index + 1, lines.masked.count)
    }

    private func line(of place: Int) -> Int {
        var (low, high) = (0, lines.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if lines.ranges[middle].lowerBound <= place { low = middle } else { high = middle }
        }
        return low
    }
}
