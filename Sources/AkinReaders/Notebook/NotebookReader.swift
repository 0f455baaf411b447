import AkinCore
import AkinText
import Foundation

/// ipynb: the cells of text and code in their order, without what the code has put out.
struct NotebookReader {
    /// The largest notebook; pictures among the outputs make them large.
    private static let limit = 256 << 20

    func read(_ file: FileToRead) throws -> TextRecord {
        let data = try Data(contentsOf: URL(filePath: file.path), options: .alwaysMapped)
        guard data.count <= Self.limit else { throw FileRefusal("is larger than \(Self.limit >> 20) MiB") }
        let value: JSONValue
        do {
            value = try JSONReader.value(of: [UInt8](data))
        } catch {
            throw FileRefusal("is no notebook: it is not valid JSON")
        }
        guard case .object(let notebook) = value, let cells = Self.cells(of: notebook) else {
            throw FileRefusal("is no notebook: it has no cells")
        }
        var text = DocumentText()
        var title: String?
        for case .object(let cell) in cells {
            let source = Self.source(of: cell)
            switch cell["cell_type"] {
            case .string("markdown"), .string("heading"), .string("raw"):
                Self.add(markdown: source, to: &text)
                title = title ?? text.headings.first
            case .string("code"): text.add(source, .code)
            default: break
            }
        }
        return try text.requiredRecord(file, title: title, otherwise: "has no text in its cells")
    }

    /// Cells of the formats 4 and 3.
    private static func cells(of notebook: [String: JSONValue]) -> [JSONValue]? {
        if case .array(let cells)? = notebook["cells"] { return cells }
        guard case .array(let sheets)? = notebook["worksheets"] else { return nil }
        return sheets.flatMap { sheet -> [JSONValue] in
            if case .object(let sheet) = sheet, case .array(let cells)? = sheet["cells"] { cells } else { [] }
        }
    }

    private static func source(of cell: [String: JSONValue]) -> String {
        switch cell["source"] ?? cell["input"] {
        case .string(let text): text
        case .array(let lines):
            lines.map { if case .string(let line) = $0 { line } else { "" } }.joined()
        default: ""
        }
    }

    /// Headings of one cell stand over the cells that follow.
    private static func add(markdown: String, to text: inout DocumentText) {
        var paragraph: [Substring] = []
        var isCode = false
        func flush() {
            text.add(paragraphs: paragraph.joined(separator: "\n"))
            paragraph = []
        }
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let marks = line.prefix { $0 == "#" }.count
            if line.hasPrefix("```") || line.hasPrefix("~~~") {
                if isCode { text.add(paragraph.joined(separator: "\n"), .code) } else { flush() }
                paragraph = []
                isCode.toggle()
            } else if !isCode, (1...6).contains(marks), line.dropFirst(marks).first == " " {
                flush()
                text.addHeading(String(line.dropFirst(marks)), level: marks)
            } else {
                paragraph.append(line)
            }
        }
        flush()
    }
}
