import Foundation

extension MixedFiles {
    /// Documents that the reader program reads, each with a number in its text.
    static func documents(_ number: Int) -> [MixedFile] {
        let word = wordBytes([(style: "Heading1", text: "Ferries"), (style: "", text: "Crossing number \(number).")])
        let cell = "<c r=\"A1\" t=\"inlineStr\"><is><t>Depth \(number)</t></is></c>"
        let container = "<container><rootfiles><rootfile full-path=\"c.opf\"/></rootfiles></container>"
        let package = """
            <package><metadata><dc:title>Tides</dc:title></metadata><manifest><item id="a" href="a.xhtml"/></manifest>
            <spine><itemref idref="a"/></spine></package>
            """
        let cells = """
            {"cells": [{"cell_type": "markdown", "source": ["# Plot\\n", "Number \(number)"]},
            {"cell_type": "code", "source": "x = \(number)", "outputs": []}], "nbformat": 4}
            """
        let mail = "From: Ann <a@example.org>\nSubject: Harbour \(number)\n\nThe quay was rebuilt.\n"
        let slide =
            "<p:sld><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Slide \(number)</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
        return [
            MixedFile("report.docx", word),
            MixedFile("letter.odt", openDocument("text", "<text:p>Letter number \(number).</text:p>")),
            MixedFile(
                "letter.fodt",
                "<?xml version=\"1.0\"?><office:document><office:body><office:text><text:p>Flat letter \(number).</text:p></office:text></office:body></office:document>"
            ),
            MixedFile(
                "sums.ods",
                openDocument(
                    "spreadsheet",
                    "<table:table table:name=\"S\"><table:table-row><table:table-cell><text:p>Sum \(number)</text:p></table:table-cell></table:table-row></table:table>"
                )),
            MixedFile(
                "talk.odp",
                openDocument("presentation", "<draw:page draw:name=\"A\"><text:p>Talk \(number)</text:p></draw:page>")),
            MixedFile(
                "sheet.xlsx",
                zipBytes([
                    (
                        name: "xl/workbook.xml",
                        text: "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"
                    ),
                    (
                        name: "xl/_rels/workbook.xml.rels",
                        text:
                            "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>"
                    ),
                    (name: "xl/s.xml", text: "<worksheet><sheetData><row>\(cell)</row></sheetData></worksheet>"),
                ])),
            MixedFile(
                "slides.pptx",
                zipBytes([
                    (
                        name: "ppt/presentation.xml",
                        text: "<p:presentation><p:sldIdLst><p:sldId r:id=\"a\"/></p:sldIdLst></p:presentation>"
                    ),
                    (
                        name: "ppt/_rels/presentation.xml.rels",
                        text:
                            "<Relationships><Relationship Id=\"a\" Type=\"x/slide\" Target=\"s.xml\"/></Relationships>"
                    ),
                    (name: "ppt/s.xml", text: slide),
                ])),
            MixedFile(
                "book.epub",
                zipBytes([
                    (name: "META-INF/container.xml", text: container), (name: "c.opf", text: package),
                    (name: "a.xhtml", text: "<html><body><h1>Tides</h1><p>Tide \(number) comes.</p></body></html>"),
                ])),
            MixedFile("letter.eml", mail),
            MixedFile(
                "box.mbox", "From a Mon\n\(mail)\nFrom b Tue\nSubject: Second\n\nMore of \(number).\n",
                .documents(["#1", "#2"])),
            MixedFile("plot.ipynb", cells),
            MixedFile("letter.rtf", "{\\rtf1 Letter \(number)}", .program("unrtf")),
            number == 0 || number % 10 == 5
                ? MixedFile("paper.pdf", pdfBytes([[(text: "Page of number \(number)", size: 12, y: 700)]]))
                : MixedFile("more.docx", word),
        ]
    }

    private static func openDocument(_ kind: String, _ body: String) -> Data {
        zipBytes([
            (
                name: "content.xml",
                text:
                    "<office:document-content><office:body><office:\(kind)>\(body)</office:\(kind)></office:body></office:document-content>"
            )
        ])
    }

    /// Archives and compressed files.
    static func packed(_ number: Int) -> [MixedFile] {
        let inner = "Packed number \(number).\n"
        return [
            MixedFile(
                "texts.zip",
                zipBytes([
                    (name: "a/inner.txt", text: inner), (name: "rows.jsonl", text: "{\"text\": \"Packed row.\"}\n"),
                    (name: "picture.png", text: "x"), (name: "package.json", text: "{\"name\": \"x\"}"),
                    (name: "binary.txt", text: "a\0b"),
                ]), .documents(["/a/inner.txt", "/rows.jsonl#1"])),
            MixedFile(
                "texts.tar", tarBytes([(name: "inner.md", text: "# Inner\n\n\(inner)")]), .documents(["/inner.md"])),
            MixedFile("log.txt.gz", gzipBytes(Data(inner.utf8))),
            MixedFile("texts.tgz", gzipBytes(tarBytes([(name: "b.txt", text: inner)])), .documents(["/b.txt"])),
            MixedFile(
                "tide.txt.bz2",
                Data(
                    base64Encoded:
                        "QlpoOTFBWSZTWWUmnHAAAATbgAAQQAEQAAQAPmxcsCAAMUDTQyMmIRGg0ZBkyDhzkxKXhQwmXfIrO7aiITmwnKgfF3JFOFCQZSaccA=="
                )!),
            MixedFile(
                "tide.txt.xz",
                Data(
                    base64Encoded:
                        "/Td6WFoAAATm1rRGAgAhARAAAACocI6GAQAiVGhlIHRpZGUgdGFibGVzIHdlcmUgcGFja2VkIGJ5IHh6LgoAAJeZEfDgMn3GAAE7I2ErU74ftvN9AQAAAAAEWVo="
                )!),
        ]
    }
}

/// The bytes of a tar archive.
private func tarBytes(_ files: [(name: String, text: String)]) -> Data {
    var bytes = Data()
    for (name, text) in files {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at place: Int) {
            header.replaceSubrange(place..<(place + text.utf8.count), with: text.utf8)
        }
        func octal(_ number: Int, _ digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: digits - text.utf8.count) + text
        }
        put(name, at: 0)
        put("0000644", at: 100)
        put(octal(text.utf8.count, 11), at: 124)
        put(octal(1_750_000_000, 11), at: 136)
        put("        0", at: 148)
        put("ustar", at: 257)
        put("00", at: 263)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        bytes += Data(header) + Data(text.utf8) + Data(count: (512 - text.utf8.count % 512) % 512)
    }
    return bytes + Data(count: 1024)
}

/// The bytes of a gzip file that holds its contents as they are, 65,535 bytes at most.
private func gzipBytes(_ data: Data) -> Data {
    func number(_ value: Int, _ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    return Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1]) + number(data.count, 2) + number(~data.count, 2) + data
        + number(Int(checksum(data)), 4) + number(data.count, 4)
}
