import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite("Office documents and books")
struct OfficeTests {
    @Test func `a docx gives headings, lists, rows and notes of its text`() throws {
        let document = """
            <w:document xmlns:w="w"><w:body>
            <w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Harbour</w:t></w:r></w:p>
            <w:p><w:pPr><w:pStyle w:val="Top"/></w:pPr><w:r><w:t>Ferries</w:t></w:r></w:p>
            <w:p><w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:r><w:t>leave</w:t><w:br/><w:t>at nine.</w:t></w:r></w:p>
            <w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>one item</w:t></w:r></w:p>
            <w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Fares</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Who</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Price</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:p><w:r><w:t>Child</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            </w:body></w:document>
            """
        let styles = """
            <w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Top"><w:name w:val="My top"/><w:basedOn w:val="H1"/></w:style>
            <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>
            """
        let relations = """
            <Relationships><Relationship Id="a" Type="x/styles" Target="styles.xml"/></Relationships>
            """
        let found = try reading(
            "a.docx",
            zipBytes([
                (name: "word/document.xml", text: document), (name: "word/styles.xml", text: styles),
                (name: "word/_rels/document.xml.rels", text: relations),
            ]))
        #expect(found.records.first?.title == "Harbour")
        #expect(
            found.blocks == [
                "heading : Harbour", "heading : Ferries", "paragraph Ferries: They leave\nat nine.",
                "listItem Ferries: one item", "heading Ferries: Fares", "tableRow Ferries/Fares: Who\tPrice",
                "tableRow Ferries/Fares: Child\t3",
            ])
    }

    /// A paragraph of a docx in a style or a list.
    private func paragraph(_ text: String, style: String? = nil, list: Int? = nil, level: Int = 0) -> String {
        let style = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
        let list = list.map { "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\($0)\"/></w:numPr>" } ?? ""
        return "<w:p><w:pPr>\(style)\(list)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
    }

    @Test func `a docx has the numbers of its headings and lists, as Word shows them`() throws {
        func level(_ number: Int, _ format: String, _ text: String, _ more: String = "") -> String {
            "<w:lvl w:ilvl=\"\(number)\"><w:start w:val=\"1\"/><w:numFmt w:val=\"\(format)\"/>\(more)<w:lvlText w:val=\"\(text)\"/></w:lvl>"
        }
        let numbering = """
            <w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">\(level(0, "upperRoman", "Article %1.", "<w:pStyle w:val=\"H1\"/>"))\(level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"H2\"/><w:isLgl/>"))</w:abstractNum>
            <w:abstractNum w:abstractNumId="1">\(level(0, "decimal", "%1)"))\(level(1, "lowerLetter", "(%2)"))\(level(2, "bullet", "\u{F0B7}"))</w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
            <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>
            """
        let styles = """
            <w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>
            """
        let body = [
            paragraph("Ferries", style: "H1"), paragraph("Fares", style: "H2"), paragraph("Times", style: "H2"),
            paragraph("Boats", style: "H1"), paragraph("Sails", style: "H2"),
            paragraph("one", list: 2), paragraph("two", list: 2), paragraph("below", list: 2, level: 1),
            paragraph("beside", list: 2, level: 1), paragraph("mark", list: 2, level: 2), paragraph("", list: 2),
            "<w:tbl><w:tr><w:tc>\(paragraph("cell", list: 2))</w:tc></w:tr></w:tbl>", paragraph("later", list: 3),
            paragraph("below", list: 3, level: 1), paragraph("latest", list: 3),
            paragraph("out of it", style: "H2", list: 0),
        ].joined()
        let found = try reading(
            "a.docx",
            zipBytes([
                (name: "word/document.xml", text: "<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>"),
                (name: "word/styles.xml", text: styles), (name: "word/numbering.xml", text: numbering),
                (
                    name: "word/_rels/document.xml.rels",
                    text:
                        "<Relationships><Relationship Id=\"a\" Type=\"x/styles\" Target=\"styles.xml\"/><Relationship Id=\"b\" Type=\"x/numbering\" Target=\"numbering.xml\"/></Relationships>"
                ),
            ]))
        #expect(
            found.records.first?.text.split(separator: "\n").map(String.init) == [
                "Article I. Ferries", "1.1 Fares", "1.2 Times", "Article II. Boats", "2.1 Sails", "1) one", "2) two",
                "(a) below", "(b) beside", "mark", "4) cell", "7) later", "(a) below", "8) latest", "out of it",
            ])
    }

    @Test func `an odt keeps its outline, and its notes stand at the end`() throws {
        let content = """
            <office:document-content><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Preformatted_20_Text"/></office:automatic-styles>
            <office:body><office:text><text:h text:outline-level="1">Top</text:h>
            <text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>aside</text:p></text:note-body></text:note> two<text:s text:c="2"/>three</text:p>
            <text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>
            <text:p text:style-name="P1">let x = 1</text:p><text:p text:style-name="P1">let y = 2</text:p>
            <text:h text:outline-level="2">Below</text:h><text:p>end</text:p></office:text></office:body></office:document-content>
            """
        let found = try reading("a.odt", zipBytes([(name: "content.xml", text: content)]))
        #expect(
            found.blocks == [
                "heading : Top", "paragraph Top: One two three", "listItem Top: item", "code Top: let x = 1\nlet y = 2",
                "heading Top: Below", "paragraph Top/Below: end", "paragraph : aside",
            ])
    }

    @Test func `chapters of an epub are numbered in the order of reading`() throws {
        let package = """
            <package><metadata><dc:title>Tides</dc:title><dc:creator>A. Writer</dc:creator></metadata><manifest>
            <item id="n" href="nav.xhtml" properties="nav"/><item id="b" href="b.xhtml"/><item id="a" href="sub/a%20b.xhtml"/></manifest>
            <spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>
            """
        let found = try reading(
            "a.epub",
            zipBytes([
                (
                    name: "META-INF/container.xml",
                    text: "<c><rootfiles><rootfile full-path=\"OPS/p.opf\"/></rootfiles></c>"
                ),
                (name: "OPS/p.opf", text: package), (name: "OPS/nav.xhtml", text: "<html><body>contents</body></html>"),
                (name: "OPS/b.xhtml", text: "<html><body><p>ebb</p></body></html>"),
                (name: "OPS/sub/a b.xhtml", text: "<html><body><p>flood</p></body></html>"),
            ]))
        #expect(found.records.first?.title == "Tides")
        #expect(found.records.first?.metadata["author"] == "A. Writer")
        #expect(found.blocks == ["paragraph p1 : flood", "paragraph p2 : ebb"])
    }

    @Test func `a chapter that declares no character set is read by a guess that is told`() throws {
        let package =
            "<package><manifest><item id=\"a\" href=\"a.html\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"
        let chapter = "<html><body><p>Die Fähre fährt über den Fluß und kommt später zurück.</p></body></html>"
        let container = "<c><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></c>"
        let found = try reading(
            "a.epub",
            zipBytes([
                (name: "META-INF/container.xml", data: Data(container.utf8)),
                (name: "p.opf", data: Data(package.utf8)),
                (name: "a.html", data: try #require(chapter.data(using: .isoLatin1))),
            ]))
        #expect(found.blocks == ["paragraph p1 : Die Fähre fährt über den Fluß und kommt später zurück."])
        #expect(found.guesses == ["/a.epub windows-1252"])
    }

    @Test func `a sheet's values come with the names of their columns, and dates are dates`() throws {
        let workbook = """
            <workbook><sheets><sheet name="People" sheetId="1" r:id="x"/></sheets></workbook>
            """
        let relations = """
            <Relationships><Relationship Id="x" Type="x/worksheet" Target="worksheets/s.xml"/>
            <Relationship Id="s" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="t" Type="x/styles" Target="styles.xml"/></Relationships>
            """
        let sheet = """
            <worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Age</t></is></c><c r="D1" t="str"><v>Born</v></c></row>
            <row><c r="A2" t="s"><v>1</v></c><c r="B2"><v>33</v></c><c r="D2" s="1"><v>32937</v></c></row></sheetData></worksheet>
            """
        let found = try reading(
            "a.xlsx",
            zipBytes([
                (name: "xl/workbook.xml", text: workbook), (name: "xl/_rels/workbook.xml.rels", text: relations),
                (name: "xl/worksheets/s.xml", text: sheet),
                (
                    name: "xl/strings.xml",
                    text: "<sst><si><t>Name</t></si><si><r><t>An</t></r><r><t>na</t></r></si></sst>"
                ),
                (name: "xl/styles.xml", text: "<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></s>"),
            ]))
        #expect(
            found.blocks == [
                "heading p1 : People", "tableRow p1 People: Name\tAge\t\tBorn",
                "tableRow p1 People: Name: Anna; Age: 33; Born: 1990-03-05",
            ])
    }

    @Test func `an ods row that is repeated to the sheet's edge is not read a million times`() throws {
        let content = """
            <d><office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></d>
            """
        let found = try reading("a.ods", zipBytes([(name: "content.xml", text: content)]))
        #expect(found.blocks == ["heading p1 : S", "tableRow p1 S: 7\t7"])
    }

    @Test func `slides come in their order with title, list and notes`() throws {
        func slide(_ shapes: String) -> String { "<p:sld><p:cSld><p:spTree>\(shapes)</p:spTree></p:cSld></p:sld>" }
        func shape(_ type: String, _ paragraphs: [String]) -> String {
            let text = paragraphs.map { "<a:p><a:r><a:t>\($0)</a:t></a:r></a:p>" }.joined()
            return
                "<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"\(type)\"/></p:nvPr></p:nvSpPr><p:txBody>\(text)</p:txBody></p:sp>"
        }
        let found = try reading(
            "a.pptx",
            zipBytes([
                (
                    name: "ppt/presentation.xml",
                    text: "<p><p:sldIdLst><p:sldId id=\"1\" r:id=\"b\"/><p:sldId id=\"2\" r:id=\"a\"/></p:sldIdLst></p>"
                ),
                (
                    name: "ppt/_rels/presentation.xml.rels",
                    text:
                        "<R><Relationship Id=\"a\" Type=\"slide\" Target=\"slides/1.xml\"/><Relationship Id=\"b\" Type=\"slide\" Target=\"slides/2.xml\"/></R>"
                ),
                (name: "ppt/slides/1.xml", text: slide(shape("body", ["alpha", "beta"]) + shape("sldNum", ["9"]))),
                (name: "ppt/slides/2.xml", text: slide(shape("ctrTitle", ["Deck"]))),
                (
                    name: "ppt/slides/_rels/1.xml.rels",
                    text: "<R><Relationship Id=\"n\" Type=\"notesSlide\" Target=\"../notes/n.xml\"/></R>"
                ),
                (name: "ppt/notes/n.xml", text: slide(shape("body", ["whisper"]))),
            ]))
        #expect(
            found.blocks == [
                "heading p1 : Deck", "listItem p2 Slide 2: alpha", "listItem p2 Slide 2: beta",
                "paragraph p2 Slide 2: whisper",
            ])
    }

    @Test func `the cells of a notebook are read without what they put out`() throws {
        let notebook = """
            {"cells": [{"cell_type": "markdown", "source": ["# Top\\n", "words\\n", "```\\n# code\\n```"]},
            {"cell_type": "code", "source": "x = 1", "outputs": [{"text": "noise"}]}, {"cell_type": "markdown", "source": "## Sub"}]}
            """
        let found = try reading("a.ipynb", notebook)
        #expect(found.records.first?.title == "Top")
        #expect(
            found.blocks == [
                "heading : Top", "paragraph Top: words", "code Top: # code", "code Top: x = 1", "heading Top: Sub",
            ])
    }
}
