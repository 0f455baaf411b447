import AkinCore
@testable import AkinReaders
import AkinText
import Foundation

/// The readers of documents, mail and archives. Formats of XML in a zip archive get the XML, so that the fuzzer need not
/// find out how archives are made.
enum DocumentFuzz {
    static func run(_ target: FuzzTarget, _ data: Data) throws {
        switch target {
        case .pdf: check(PDFReader.record(ofXML: [UInt8](data), FileToRead(path: "", id: "a", source: "a")))
        case .word:
            try read("a.docx", data, ["word/document.xml", "word/styles.xml", "word/footnotes.xml"]) { parts in
                ("word/_rels/document.xml.rels", relations(["officeDocument", "styles", "footnotes"], to: parts))
            }
        case .opendocument: try read("a.odt", data, ["content.xml", "meta.xml"])
        case .epub:
            try read("a.epub", data, ["p", "a.xhtml", "META-INF/encryption.xml"]) { _ in
                ("META-INF/container.xml", "<c><rootfiles><rootfile full-path=\"p\"/></rootfiles></c>")
            }
        case .slides:
            try read("a.pptx", data, ["ppt/s.xml", "ppt/n.xml", "ppt/_rels/s.xml.rels", "docProps/core.xml"]) { parts in
                ("ppt/_rels/presentation.xml.rels", relations(["slide", "notesSlide"], to: parts))
            } more: {
                [("ppt/presentation.xml", "<p><sldIdLst><s r:id=\"i0\"/></sldIdLst></p>")]
            }
        case .sheet:
            try read("a.xlsx", data, ["xl/s.xml", "xl/styles.xml", "xl/strings.xml"]) { parts in
                ("xl/_rels/workbook.xml.rels", relations(["worksheet", "styles", "sharedStrings"], to: parts))
            } more: {
                [("xl/workbook.xml", "<w><sheets><s name=\"S\" r:id=\"i0\"/></sheets></w>")]
            }
        case .mail: try read("a.eml", data)
        case .mailbox: try read("a.mbox", data)
        case .notebook: try read("a.ipynb", data)
        case .packed: try read(data.first == 0x1F ? "a.gz" : "a.zip", data)
        default: try frames(data)
        }
    }

    /// Reads a zip archive of parts. They come one after another with NUL between them, which XML cannot hold.
    private static func read(
        _ name: String, _ data: Data, _ parts: [String], relations: (([String]) -> (String, String))? = nil,
        more: () -> [(String, String)] = { [] }
    ) throws {
        let pieces = data.split(separator: 0, maxSplits: parts.count - 1, omittingEmptySubsequences: false)
        let fixed = (relations.map { [$0(parts)] } ?? []) + more()
        try read(
            name,
            zipBytes(
                zip(parts, pieces).map { (name: $0, data: Data($1)) }
                    + fixed.map { (name: $0.0, data: Data($0.1.utf8)) }))
    }

    private static func relations(_ types: [String], to parts: [String]) -> String {
        let items = zip(types, parts).enumerated().map { place, item in
            "<Relationship Id=\"i\(place)\" Type=\"\(item.0)\" Target=\"/\(item.1)\"/>"
        }
        return "<R>\(items.joined())</R>"
    }

    /// Whatever a file holds, its texts can be stored, and reading ends within limits.
    private static func read(_ name: String, _ data: Data) throws {
        var limits = ReaderLimits()
        limits.files = 100
        limits.unpacked = 1 << 20
        try DocumentReaders(limits: limits).read(FileToRead(path: file(name, data), id: name, source: name)) { event in
            if case .record(let record) = event { check(record) }
        }
    }

    private static func check(_ record: TextRecord) { precondition(record.isSound, "a record that cannot be stored") }

    private static func frames(_ data: Data) throws {
        var frames = ReaderFrames()
        for start in stride(from: 0, to: data.count, by: 7) {
            frames.add([UInt8](data.dropFirst(start).prefix(7)))
            while let reply = try frames.next(ReaderReply.self) {
                if case .record(let record) = reply { _ = record.isSound }
            }
        }
    }
}
