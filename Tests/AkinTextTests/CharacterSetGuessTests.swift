import AkinTestSupport
import AkinText
import Foundation
import Testing

/// Texts that are not UTF-8 and say nothing of their character set.
@Suite struct CharacterSetGuessTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let codec: String
        let guess: String
        let text: String
        var testDescription: String { codec }

        /// The text as Python's codec writes it.
        func bytes(_ text: String) throws -> Data {
            let script = """
                import sys
                text = open(sys.argv[1], encoding="utf-8", newline="").read()
                sys.stdout.buffer.write(text.encode("\(codec)"))
                """
            return try Python.run(script, input: Data(text.utf8))
        }
    }

    private static let french =
        "Le café est fermé à Noël. « Où est l'élève ? », demande-t-il, naïf comme un bœuf à 5 €."
    private static let russian = "Все люди рождаются свободными и равными в своём достоинстве и правах."
    private static let japanese = "すべての人間は、生まれながらにして自由であり、尊厳と権利とについて平等である。"
    private static let chinese = "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。"

    static let samples = [
        Sample(codec: "cp1252", guess: "windows-1252", text: french),
        Sample(codec: "cp1252", guess: "windows-1252", text: "It’s a dog’s life – “isn’t it”? That’s what’s what."),
        Sample(codec: "latin-1", guess: "windows-1252", text: "Ärger über große Öfen in der Straße zum Fluß"),
        Sample(codec: "latin-1", guess: "windows-1252", text: "Åke är på ön, räksmörgås på sjön"),
        Sample(codec: "iso8859-15", guess: "ISO-8859-15", text: french),
        Sample(codec: "cp1251", guess: "windows-1251", text: russian),
        Sample(codec: "cp1251", guess: "windows-1251", text: russian.uppercased()),
        Sample(codec: "koi8-r", guess: "KOI8-R", text: russian),
        Sample(codec: "koi8-r", guess: "KOI8-R", text: russian.uppercased()),
        Sample(
            codec: "koi8-u", guess: "KOI8-U",
            text: "Усі люди народжуються вільними і рівними у своїй гідності та правах."),
        Sample(codec: "cp866", guess: "IBM866", text: russian),
        Sample(codec: "iso8859-5", guess: "ISO-8859-5", text: russian),
        Sample(
            codec: "cp1253", guess: "windows-1253",
            text: "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στα δικαιώματα."),
        Sample(codec: "cp1255", guess: "windows-1255", text: "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם."),
        Sample(codec: "cp1256", guess: "windows-1256", text: "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق."),
        Sample(codec: "cp874", guess: "windows-874", text: "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ"),
        Sample(codec: "cp932", guess: "Shift_JIS", text: japanese),
        Sample(codec: "euc-jp", guess: "EUC-JP", text: japanese),
        Sample(codec: "gb18030", guess: "gb18030", text: chinese),
        Sample(codec: "big5", guess: "Big5", text: "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心。"),
        Sample(codec: "euc-kr", guess: "EUC-KR", text: "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다."),
        Sample(codec: "utf-16-le", guess: "UTF-16LE", text: russian),
        Sample(codec: "utf-16-be", guess: "UTF-16BE", text: french),
    ]

    @Test(.enabled(if: Python.isInstalled), arguments: samples)
    func `a text of every format is read by a guess`(sample: Sample) throws {
        let bytes = try sample.bytes(sample.text)
        for name in ["a.txt", "a.md", "a.rst", "a.adoc", "a.org", "a.tex", "a.html"] {
            let found = try read(file: name, bytes)
            #expect(found.records.map(\.text) == [sample.text], "\(name): \(found.messages)")
            #expect(found.guesses == [sample.guess], "\(name)")
        }
        let folder = try TemporaryFolder()
        for (name, text) in [
            ("a.csv", "id,text\n7,\"\(sample.text)\"\n"), ("a.tsv", "id\ttext\n7\t\(sample.text)\n"),
            ("a.jsonl", #"{"id": 7, "text": "\#(sample.text)"}"#), ("a.py", "# \(sample.text)"),
            ("a.1", ".TH A 1\n.SH NAME\n\(sample.text)\n"),
        ] {
            try folder.write(name, try sample.bytes(text))
        }
        let found = try read([folder.url.path])
        #expect(
            found.records.count == 5 && found.records.allSatisfy { $0.text.contains(sample.text) }, "\(found.messages)")
        #expect(found.guesses == Array(repeating: sample.guess, count: 5) && found.summary.files == 5)
    }

    @Test func `the last of many records decides where the others are ASCII`() throws {
        let lines = Data((0..<80_000).map { #"{"id": \#($0), "text": "plain"}"# + "\n" }.joined().utf8)
        let found = try read(file: "a.jsonl", lines + Data(#"{"text": "caf"#.utf8) + [0xE9] + Data(#""}"#.utf8))
        #expect(found.records.count == 80_001 && found.records.last?.text == "café")
        #expect(found.guesses == ["windows-1252"])
    }

    @Test func `a character on the border of two pieces of a long file of records is whole`() throws {
        let text = String(repeating: "日本語の文章です。", count: 100)
        let line = try #require(text.data(using: .shiftJIS))
        for shift in 0..<2 {
            var bytes = Data("id,text\n".utf8) + Data(repeating: UInt8(ascii: " "), count: shift)
            for number in 0..<700 { bytes += Data("\(number),".utf8) + line + Data("\n".utf8) }
            let found = try read(file: "a.csv", bytes)
            #expect(found.records.count == 700 && found.records.allSatisfy { $0.text == text }, "\(found.messages)")
        }
    }

    private static let random: [Data] = [50, 300, 3000].map { count in
        var generator = RandomText(seed: UInt64(count))
        return Data((0..<count).map { _ in UInt8(1 + generator.integer(below: 255)) })
    }

    @Test func `what is no text, or damaged UTF-8, is no guess`() throws {
        let damaged = Data("größer, höher, weiter\n".utf8) + [0xFF] + Data("日本語の文章です".utf8)
        let cut = Data("日本語の文章です".utf8.dropLast())
        for bytes in Self.random + [damaged, cut, Data(String(repeating: "日本", count: 200_000).utf8) + [0x80]] {
            for name in ["a.txt", "a.jsonl", "a.csv"] {
                let found = try read(file: name, bytes)
                #expect(found.records.isEmpty && found.guesses.isEmpty, "\(name) \(bytes.count)")
                #expect(!found.problems.isEmpty)
            }
        }
        let folder = try TemporaryFolder()
        for count in [2, 3, 8] {
            // Small numbers of two bytes, as in sounds and pictures.
            try folder.write("\(count).txt", Data((0..<4000).flatMap { [UInt8($0 % 256), UInt8($0 * count / 4000)] }))
        }
        let found = try read([folder.url.path])
        #expect(found.records.isEmpty && found.notRead == "3 not read: 3 not text")
    }

    @Test func `JSON is Unicode and nothing else`() throws {
        let found = try read(file: "a.json", Data(#"[{"text": "caf"#.utf8) + [0xE9] + Data(#""}]"#.utf8))
        #expect(found.records.isEmpty && found.messages.first?.contains("is not valid UTF-8 at byte 14") == true)
    }

    @Test func `bytes that are not of the set guessed are a problem that says where`() throws {
        let text = try #require(String(repeating: "日本語の文章です。\n", count: 30_000).data(using: .shiftJIS))
        let found = try read(file: "a.txt", text + [0x81, 0x20])
        #expect(found.records.isEmpty)
        #expect(found.messages.first?.contains("Shift_JIS by its letters, but has no character of it at byte") == true)
        #expect(found.problems.first?.line == 30_001)
    }
}
