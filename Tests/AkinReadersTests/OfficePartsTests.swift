import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite("Parts of office documents beside their text")
struct OfficePartsTests {
    private func relations(_ targets: [(id: String, type: String, target: String)]) -> String {
        let entries = targets.map { "<Relationship Id=\"\($0.id)\" Type=\"x/\($0.type)\" Target=\"\($0.target)\"/>" }
        return "<Relationships>\(entries.joined())</Relationships>"
    }

    @Test func `comments of a docx stand at its end, and parts that are HTML in their place`() throws {
        let document = """
            <w:document><w:body><w:p><w:r><w:t>before</w:t></w:r></w:p><w:altChunk r:id="h"/>
            <w:p><w:r><w:t>af\u{AD}ter</w:t></w:r></w:p></w:body></w:document>
            """
        let found = try reading(
            "a.docx",
            zipBytes([
                (name: "word/document.xml", text: document), (name: "word/part.html", text: "<p>from a page</p>"),
                (
                    name: "word/comments.xml",
                    text: "<w:comments><w:comment><w:p><w:r><w:t>is it so?</w:t></w:r></w:p></w:comment></w:comments>"
                ),
                (
                    name: "word/_rels/document.xml.rels",
                    text: relations([("h", "aFChunk", "part.html"), ("c", "comments", "comments.xml")])
                ),
            ]))
        #expect(
            found.blocks == [
                "paragraph : before", "paragraph : from a page", "paragraph : after", "quote : is it so?",
            ])
    }

    @Test func `a cell over several columns leaves those after it in their columns`() throws {
        let document = """
            <w:document><w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc>
            <w:tc><w:p><w:r><w:t>last</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>
            """
        let found = try reading("a.docx", zipBytes([(name: "word/document.xml", text: document)]))
        #expect(found.blocks == ["tableRow : wide\t\tlast"])
    }

    @Test func `comments of an odt stand at its end, and a table in a cell keeps its cells apart`() throws {
        let content = """
            <d><office:body><office:text><text:p>one<office:annotation><dc:creator>A</dc:creator><text:p>why?</text:p></office:annotation> two</text:p>
            <table:table><table:table-row><table:table-cell><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>
            </office:text></office:body></d>
            """
        let found = try reading("a.odt", zipBytes([(name: "content.xml", text: content)]))
        #expect(found.blocks == ["paragraph : one two", "tableRow : x y", "quote : why?"])
    }

    @Test func `numbers and feet of slides are left out, in their notes too`() throws {
        let content = """
            <d><office:body><office:presentation><draw:page draw:name="p1"><draw:frame presentation:class="title"><draw:text-box><text:p>Deck</text:p></draw:text-box></draw:frame>
            <draw:frame presentation:class="footer"><draw:text-box><text:p>foot</text:p></draw:text-box></draw:frame>
            <presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>whisper</text:p></draw:text-box></draw:frame>
            <draw:frame presentation:class="page-number"><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation></office:body></d>
            """
        let found = try reading("a.odp", zipBytes([(name: "content.xml", text: content)]))
        #expect(found.blocks == ["heading p1 : Deck", "paragraph p1 Deck: whisper"])
    }

    @Test func `hours of a duration are more than a day's`() throws {
        let sheet =
            "<w><sheetData><row><c r=\"A1\" s=\"1\"><v>1.25</v></c><c r=\"B1\" s=\"2\"><v>0.5</v></c></row></sheetData></w>"
        let styles = """
            <s><numFmts><numFmt numFmtId="170" formatCode="[h]:mm:ss"/><numFmt numFmtId="171" formatCode="[Red]h:mm"/></numFmts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></s>
            """
        let found = try reading(
            "a.xlsx",
            zipBytes([
                (name: "xl/workbook.xml", text: "<w><sheets><sheet name=\"S\" r:id=\"x\"/></sheets></w>"),
                (
                    name: "xl/_rels/workbook.xml.rels",
                    text: relations([("x", "worksheet", "s.xml"), ("t", "styles", "styles.xml")])
                ),
                (name: "xl/s.xml", text: sheet), (name: "xl/styles.xml", text: styles),
            ]))
        #expect(found.blocks.last == "tableRow p1 S: 30:00:00\t12:00:00")
    }

    @Test func `a slide's chart gives rows and its diagram a list`() throws {
        func frame(_ data: String) -> String {
            "<p:graphicFrame><a:graphic><a:graphicData>\(data)</a:graphicData></a:graphic></p:graphicFrame>"
        }
        func values(_ values: [String]) -> String { values.map { "<c:pt><c:v>\($0)</c:v></c:pt>" }.joined() }
        let chart = """
            <c:chartSpace><c:chart><c:title><c:tx>Trips</c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx>\(values(["Ferries"]))</c:tx>
            <c:cat>\(values(["North", "South"]))</c:cat><c:val>\(values(["1", "2"]))</c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>
            """
        let found = try reading(
            "a.pptx",
            zipBytes([
                (name: "ppt/presentation.xml", text: "<p><p:sldIdLst><p:sldId r:id=\"a\"/></p:sldIdLst></p>"),
                (name: "ppt/_rels/presentation.xml.rels", text: relations([("a", "slide", "slides/1.xml")])),
                (
                    name: "ppt/slides/1.xml",
                    text:
                        "<p:sld><p:cSld><p:spTree>\(frame("<c:chart r:id=\"c\"/>") + frame("<dgm:relIds r:dm=\"d\"/>"))</p:spTree></p:cSld></p:sld>"
                ),
                (
                    name: "ppt/slides/_rels/1.xml.rels",
                    text: relations([("c", "chart", "../c.xml"), ("d", "diagramData", "../d.xml")])
                ),
                (name: "ppt/c.xml", text: chart),
                (
                    name: "ppt/d.xml",
                    text: "<d><dgm:pt><dgm:t><a:p><a:r><a:t>step one</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt/></d>"
                ),
            ]))
        #expect(
            found.blocks == [
                "paragraph p1 Slide 1: Trips", "tableRow p1 Slide 1: Ferries\tNorth: 1\tSouth: 2",
                "listItem p1 Slide 1: step one",
            ])
    }

    @Test(arguments: ["toc.ncx", "nav.xhtml"])
    func `a chapter without a heading stands under its name in the table of contents`(contents: String) throws {
        let table =
            contents == "toc.ncx"
            ? "<ncx><navMap><navPoint><navLabel><text>The Flood</text></navLabel><content src=\"a.xhtml#x\"/></navPoint></navMap></ncx>"
            : "<html><body><nav epub:type=\"landmarks\"><a href=\"a.xhtml\">Start</a></nav><nav epub:type=\"toc\"><ol><li><a href=\"a.xhtml\">The Flood</a></li></ol></nav></body></html>"
        let package = """
            <package><metadata/><manifest><item id="n" href="\(contents)" \(contents == "toc.ncx" ? "media-type=\"application/x-dtbncx+xml\"" : "properties=\"nav\"")/>
            <item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>
            """
        let found = try reading(
            "a.epub",
            zipBytes([
                (
                    name: "META-INF/container.xml",
                    text: "<c><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></c>"
                ),
                (name: "p.opf", text: package), (name: contents, text: table),
                (name: "a.xhtml", text: "<html><body><p>wa\u{AD}ter</p></body></html>"),
                (name: "b.xhtml", text: "<html><body><h1>Ebb</h1><p>sand</p></body></html>"),
            ]))
        #expect(
            found.blocks == ["paragraph p1 The Flood: water", "heading p2 : Ebb", "paragraph p2 Ebb: sand"])
    }

    @Test func `a book that is protected against copying is refused with the reason`() throws {
        let locked = """
            <encryption><EncryptedData><CipherData><CipherReference URI="a.xhtml"/></CipherData></EncryptedData></encryption>
            """
        #expect(throws: FileRefusal("is protected against copying (DRM); give it without")) {
            try reading(
                "a.epub",
                zipBytes([
                    (
                        name: "META-INF/container.xml",
                        text: "<c><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></c>"
                    ),
                    (name: "META-INF/encryption.xml", text: locked),
                    (
                        name: "p.opf",
                        text:
                            "<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"
                    ),
                    (name: "a.xhtml", text: "\u{1}\u{2}"),
                ]))
        }
    }
}
