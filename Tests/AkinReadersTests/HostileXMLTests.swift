import AkinTestSupport
import AkinText
import Foundation
import Testing

/// XML that is large, or made to take long.
struct HostileXMLTests {
    private func flat(_ body: String, head: String = "") -> Data {
        Data(
            """
            <?xml version="1.0" encoding="UTF-8"?>\(head)<office:document xmlns:office="o" xmlns:text="t"><office:body>\
            <office:text>\(body)</office:text></office:body></office:document>
            """.utf8)
    }

    @Test func `a document of more than 10 MB in one line is read whole`() throws {
        let body = String(repeating: "<text:p>The ferry leaves at nine.</text:p>", count: 300_000)
        let text = try reading("a.fodt", flat(body)).text
        #expect(text.utf8.count == 300_000 * 25 + 299_999 * 2)
    }

    @Test func `a text of a million references is put together in one pass`() throws {
        let text = try reading("a.fodt", flat("<text:p>" + String(repeating: "&amp;", count: 1_000_000) + "</text:p>"))
            .text
        #expect(text == String(repeating: "&", count: 1_000_000))
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY b \"ferry\">]>", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
        "<!-- x --><!DOCTYPE a [<!ENTITY % b \"x\"> %b;]>",
    ])
    func `a document that defines entities is refused`(head: String) throws {
        let error = #expect(throws: FileRefusal.self) {
            try reading("a.fodt", flat("<text:p>x &b; y</text:p>", head: head))
        }
        #expect(error?.message == "defines entities of its own in the file, which are not read; write them out")
    }

    @Test func `a document type without entities and marks of one in the text are no entities`() throws {
        let text = try reading(
            "a.fodt", flat("<text:p><![CDATA[<!ENTITY b \"x\">]]></text:p>", head: "<!DOCTYPE a SYSTEM \"a.dtd\">")
        ).text
        #expect(text == "<!ENTITY b \"x\">")
    }

    /// Names that are not UTF-8 would end the process.
    @Test(arguments: ["", "encoding=\n", "encoding=\"x\"", "encoding=utf-8", "encoding=\"iso-8859-1"])
    func `names that are not UTF-8 are survived whatever the document declares`(encoding: String) throws {
        var data = Data("<?xml version=\"1.0\" \(encoding)?><office:document xmlns:office=\"o\"><a".utf8)
        data += [0xFF, 0xC3, 0x28]
        data += Data(" b=\"c\">x</a></office:document>".utf8)
        #expect(throws: FileRefusal.self) { try reading("a.fodt", data) }
    }
}
