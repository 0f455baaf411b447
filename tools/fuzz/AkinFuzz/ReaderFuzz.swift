import AkinCore
import AkinReaders
import AkinText
import Foundation

/// The readers of documents, mail and archives. Formats of XML in a zip archive get the XML, so that the fuzzer need not
/// find out how archives are made.
enum ReaderFuzz {
    static func run(_ target: FuzzTarget, _ data: Data) throws {
        switch target {
        case .pdf: check(PDFReader.record(ofXML: [UInt8](data), FileToRead(path: "", id: "a", source: "a")))
        case .word: try read("a.docx", zipBytes([(name: "word/document.xml", data: data)]))
        case .opendocument: try read("a.odt", zipBytes([(name: "content.xml", data: data)]))
        case .epub:
            try read(
                "a.epub",
                zipBytes([
                    (
                        name: "META-INF/container.xml",
                        data: Data("<c><rootfiles><rootfile full-path=\"p\"/></rootfiles></c>".utf8)
                    ),
                    (name: "p", data: data), (name: "a.xhtml", data: Data("<p>x</p>".utf8)),
                ]))
        case .slides:
            try read(
                "a.pptx",
                zipBytes([
                    (name: "ppt/presentation.xml", data: Data("<p><sldIdLst><s r:id=\"a\"/></sldIdLst></p>".utf8)),
                    (
                        name: "ppt/_rels/presentation.xml.rels",
                        data: Data("<R><Relationship Id=\"a\" Type=\"slide\" Target=\"s.xml\"/></R>".utf8)
                    ),
                    (name: "ppt/s.xml", data: data),
                ]))
        case .sheet:
            try read(
                "a.xlsx",
                zipBytes([
                    (name: "xl/workbook.xml", data: Data("<w><sheets><s name=\"S\" r:id=\"a\"/></sheets></w>".utf8)),
                    (
                        name: "xl/_rels/workbook.xml.rels",
                        data: Data(
                            "<R><Relationship Id=\"a\" Type=\"worksheet\" Target=\"s.xml\"/><Relationship Id=\"b\" Type=\"styles\" Target=\"s.xml\"/></R>"
                                .utf8)
                    ),
                    (name: "xl/s.xml", data: data),
                ]))
        case .mail: try read("a.eml", data)
        case .mailbox: try read("a.mbox", data)
        case .notebook: try read("a.ipynb", data)
        case .packed: try read(data.first == 0x1F ? "a.gz" : "a.zip", data)
        default: try frames(data)
        }
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
