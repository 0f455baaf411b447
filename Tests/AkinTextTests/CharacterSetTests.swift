import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Documents in other character sets than UTF-8.
@Suite struct CharacterSetTests {
    private static let declarations = [
        "<meta charset=LABEL>", "<META content='text/html; charset=\"LABEL\"' HTTP-EQUIV='Content-Type'/>",
        "<!-- <meta charset=big5> --><title>x</title><meta name=a><meta charset = \"LABEL\">",
        "<?xml version='1.0' encoding='LABEL'?><html>",
    ]

    @Test(arguments: declarations)
    func `a page is read in the character set it declares`(declaration: String) throws {
        for label in ["ISO-8859-1", "windows-1252", "us-ascii", "Latin1"] {
            let page =
                Data(declaration.replacing("LABEL", with: label).utf8) + Data("<p>caf".utf8) + [0xE9, 0x20, 0x80]
            #expect(try read(file: "a.html", page).records.first?.text == "café €", "\(label)")
        }
        let japanese =
            Data(declaration.replacing("LABEL", with: "Shift_JIS").utf8) + Data("<p>".utf8) + [0x93, 0xFA, 0x96, 0x7B]
        #expect(try read(file: "a.html", japanese).records.first?.text == "日本")
    }

    @Test(.enabled(if: Python.isInstalled))
    func `pages of every character set of the web read as Python's codecs read them`() throws {
        let script = """
            import base64, json
            cyrillic, greek, latin = "Съешь ещё этих булок", "Ξεσκεπάζω ψυχοφθόρα", "Zażółć gęślą jaźń"
            sets = [
                ("ibm866", "cp866", cyrillic), ("latin2", "iso8859-2", latin), ("iso-8859-3", "iso8859-3", "ĉiuĵaŭde"),
                ("iso-8859-4", "iso8859-4", "mūsų"), ("iso-8859-5", "iso8859-5", cyrillic), ("arabic", "iso8859-6", "نص عربي"),
                ("greek", "iso8859-7", greek), ("hebrew", "iso8859-8", "טקסט"), ("latin6", "iso8859-10", "þæŋ"),
                ("iso-8859-13", "iso8859-13", "Žąsų"), ("iso-8859-14", "iso8859-14", "ŵyŷ"), ("iso-8859-15", "iso8859-15", "prix: 5 €, œuf"),
                ("iso-8859-16", "iso8859-16", "șțăî"), ("koi8-r", "koi8-r", cyrillic), ("koi8-u", "koi8-u", "їжак"),
                ("macintosh", "mac-roman", "naïve Ω"), ("x-mac-cyrillic", "mac-cyrillic", cyrillic), ("tis-620", "cp874", "ภาษาไทย"),
                ("windows-1250", "cp1250", latin), ("CP1251", "cp1251", cyrillic), ("windows-1253", "cp1253", greek),
                ("iso-8859-9", "cp1254", "İstanbul ığdır"), ("windows-1255", "cp1255", "טקסט"), ("windows-1256", "cp1256", "نص عربي"),
                ("windows-1257", "cp1257", "Žąsų"), ("windows-1258", "cp1258", "ơ ư đ"), ("GB2312", "gb18030", "简体中文网页"),
                ("gbk", "gbk", "简体中文网页"), ("gb18030", "gb18030", "简体 𠀀"), ("big5", "big5", "繁體中文網頁"), ("euc-jp", "euc-jp", "日本語の頁"),
                ("iso-2022-jp", "iso2022-jp", "日本語の頁"), ("x-sjis", "cp932", "日本語①の頁"), ("ks_c_5601-1987", "cp949", "한국어 웹페이지 똠"),
            ]
            print(json.dumps([[label, text, base64.b64encode(text.encode(codec)).decode()] for label, codec, text in sets]))
            """
        for sample in try JSONDecoder().decode([[String]].self, from: try Python.run(script)) {
            let bytes = try #require(Data(base64Encoded: sample[2]))
            let found = try read(file: "a.html", Data("<meta charset=\(sample[0])><p>".utf8) + bytes)
            #expect(found.records.first?.text == sample[1], "\(sample[0]): \(found.messages)")
        }
    }

    @Test func `valid UTF-8 is read as such whatever the page declares`() throws {
        for label in ["iso-8859-1", "shift_jis", "utf-16", "klingon"] {
            #expect(try read(file: "a.html", "<meta charset=\(label)><p>naïve 日本").records.first?.text == "naïve 日本")
        }
    }

    @Test func `what does not fit is a problem that says where`() throws {
        func messages(_ head: String, _ bytes: [UInt8]) throws -> ReadResult {
            try read(file: "a.html", Data(head.utf8) + bytes)
        }
        let unknown = try messages("<meta charset=klingon>\n<p>", [0xE9])
        #expect(unknown.messages.first?.contains("\"klingon\"") == true && unknown.problems.first?.line == 2)
        let wrong = try messages("<meta charset=Shift_JIS>\n\n", [0x93, 0xFA, 0x81, 0x20])
        #expect(
            wrong.messages.first?.contains("Shift_JIS") == true && wrong.messages.first?.contains("at byte 28") == true)
        #expect(wrong.problems.first?.line == 3)
        // Only pages declare anything.
        #expect(
            try read(file: "a.txt", Data("<meta charset=koi8-r>".utf8) + [0xE9, 0x20]).guesses == ["windows-1252"])
    }

    enum Wide: String, CaseIterable {
        case utf16LE, utf16BE, utf32LE, utf32BE

        func data(_ text: String) -> Data {
            switch self {
            case .utf16LE: Data([0xFF, 0xFE]) + (text.data(using: .utf16LittleEndian) ?? Data())
            case .utf16BE: Data([0xFE, 0xFF]) + (text.data(using: .utf16BigEndian) ?? Data())
            case .utf32LE: Data([0xFF, 0xFE, 0, 0]) + (text.data(using: .utf32LittleEndian) ?? Data())
            case .utf32BE: Data([0, 0, 0xFE, 0xFF]) + (text.data(using: .utf32BigEndian) ?? Data())
            }
        }
    }

    @Test(arguments: Wide.allCases)
    func `documents with a byte order mark of UTF-16 or UTF-32 are read`(wide: Wide) throws {
        let text = "Grüße 日本 🙂\nline two\n"
        #expect(try read(file: "a.txt", wide.data(text)).records.first?.text == text)
        #expect(try read(file: "a.md", wide.data("# Titel\nText")).records.first?.title == "Titel")
        #expect(try read(file: "a.html", wide.data("<meta charset=utf-8><p>größer")).records.first?.text == "größer")
        #expect(try read(file: "a.txt", wide.data("a\0b")).messages.first?.contains("NUL") == true)
        let folder = try TemporaryFolder()
        try folder.write("a.txt", wide.data("found in a folder"))
        #expect(try read([folder.url.path]).records.first?.text == "found in a folder")
    }

    @Test(arguments: Wide.allCases)
    func `records with a byte order mark of UTF-16 or UTF-32 are read`(wide: Wide) throws {
        let rows = ["a.csv": "id,text\n1,größer 日本 🙂\n", "a.tsv": "id\ttext\r\n1\tgrößer 日本 🙂\r\n"]
        let values = ["a.json", "a.jsonl"].map { ($0, #"{"id": 1, "text": "größer 日本 🙂"}"#) }
        for (name, text) in rows.map({ ($0, $1) }) + values {
            let found = try read(file: name, wide.data(text))
            #expect(found.records.map(\.text) == ["größer 日本 🙂"], "\(name): \(found.messages)")
            #expect(found.guesses.isEmpty)
        }
    }

    @Test func `broken UTF-16 is refused with the reason`() throws {
        let broken = try read(file: "a.txt", Data([0xFF, 0xFE, 0x41, 0x00, 0x00, 0xD8, 0x42, 0x00]))
        #expect(broken.messages.first?.contains("UTF-16LE by its byte order mark") == true)
    }
}
