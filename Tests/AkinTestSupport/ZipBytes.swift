package import Foundation

/// The bytes of a zip archive of files that are not compressed.
package func zipBytes(_ files: [(name: String, data: Data)], isEncrypted: Bool = false) -> Data {
    var (bytes, directory) = (Data(), Data())
    func number(_ value: Int, _ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    for (name, data) in files {
        let offset = bytes.count
        let fields =
            number(20, 2) + number(isEncrypted ? 1 : 0x800, 2) + number(0, 2) + number(0, 4)
            + number(Int(checksum(data)), 4)
            + number(data.count, 4) + number(data.count, 4) + number(name.utf8.count, 2) + number(0, 2)
        bytes += Data("PK\u{3}\u{4}".utf8) + fields + Data(name.utf8) + data
        directory +=
            Data("PK\u{1}\u{2}".utf8) + number(20, 2) + fields + number(0, 10) + number(offset, 4) + Data(name.utf8)
    }
    let start = bytes.count
    return bytes + directory + Data("PK\u{5}\u{6}".utf8) + number(0, 4) + number(files.count, 2)
        + number(files.count, 2)
        + number(directory.count, 4) + number(start, 4) + number(0, 2)
}

package func zipBytes(_ files: [(name: String, text: String)]) -> Data {
    zipBytes(files.map { (name: $0.name, data: Data($0.text.utf8)) })
}

/// CRC-32, as zip and gzip have it.
func checksum(_ data: Data) -> UInt32 {
    ~data.reduce(~UInt32(0)) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
}

/// The bytes of a docx with paragraphs of given styles; no style for plain text.
package func wordBytes(_ paragraphs: [(style: String, text: String)], title: String? = nil) -> Data {
    let body = paragraphs.map { style, text in
        let properties = style.isEmpty ? "" : "<w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr>"
        return "<w:p>\(properties)<w:r><w:t>\(text)</w:t></w:r></w:p>"
    }.joined()
    return zipBytes([
        (name: "word/document.xml", text: "<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>"),
        (name: "docProps/core.xml", text: "<c><title>\(title ?? "")</title></c>"),
    ])
}

/// The bytes of a PDF whose pages hold lines: text, size of its letters, and the place of its foot from the page's foot
/// (792 points high).
package func pdfBytes(
    _ pages: [[(text: String, size: Int, y: Int)]], attached: [(name: String, text: String)] = []
) -> Data {
    let first = 4 + 2 * pages.count
    let names = attached.enumerated().map { place, file in "(\(file.name)) \(first + 2 * place) 0 R" }
    var objects = [
        "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [\(names.joined(separator: " "))] >> >> >>",
        "<< /Type /Pages /Count \(pages.count) /Kids [\(pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " "))] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for (place, lines) in pages.enumerated() {
        let content = lines.map { "BT /F1 \($0.size) Tf 72 \($0.y) Td (\($0.text)) Tj ET" }.joined(separator: "\n")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents \(5 + 2 * place) 0 R "
                + "/Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
    }
    for (place, file) in attached.enumerated() {
        objects.append("<< /Type /Filespec /F (\(file.name)) /EF << /F \(first + 2 * place + 1) 0 R >> >>")
        objects.append(
            "<< /Type /EmbeddedFile /Length \(file.text.utf8.count) >>\nstream\n\(file.text)\nendstream")
    }
    var text = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (place, object) in objects.enumerated() {
        offsets.append(text.utf8.count)
        text += "\(place + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
        let digits = String(offset)
        text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    return Data((text + "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n").utf8)
}
