import AkinCore
import Foundation

/// A file of a `MixedTree` that is the same but for a number in its text.
struct MixedFile {
    let name: String
    let data: Data
    let fate: MixedTree.Fate

    init(_ name: String, _ data: Data, _ fate: MixedTree.Fate = .documents([""])) {
        (self.name, self.data, self.fate) = (name, data, fate)
    }

    init(_ name: String, _ text: String, _ fate: MixedTree.Fate = .documents([""])) {
        self.init(name, Data(text.utf8), fate)
    }
}

/// The files that are in each folder of a `MixedTree`.
enum MixedFiles {
    /// Files that are one text each, in several encodings.
    static func texts(_ number: Int) -> [MixedFile] {
        let wide = "The quay number \(number) was rebuilt.\n"
        return [
            MixedFile("plain.txt", "The ferry number \(number) leaves at nine.\n\nIt comes back at noon.\n"),
            MixedFile("same.txt", "This text is the same in every folder.\n"),
            MixedFile("marked.txt", Data([0xEF, 0xBB, 0xBF]) + Data("Bread number \(number) needs flour.\r\n".utf8)),
            MixedFile("little.txt", Data([0xFF, 0xFE]) + wide.data(using: .utf16LittleEndian)!),
            MixedFile("big.txt", Data([0xFE, 0xFF]) + wide.data(using: .utf16BigEndian)!),
            MixedFile(
                "note.md", "---\ntitle: Note \(number)\ntags: [sea]\n---\n\n# One\n\nTides.\n\n## Two\n\nMore tides.\n"),
            MixedFile(
                "page.html",
                "<html><head><title>Page \(number)</title></head><body><main><h1>Pumps</h1><p>A pump leaks.</p></main></body></html>"
            ),
            MixedFile(
                "latin.html",
                Data("<meta charset=\"iso-8859-1\"><p>The caf".utf8) + Data([0xE9])
                    + Data(" number \(number) opens at ten.</p>".utf8)),
            MixedFile(
                "japanese.html",
                Data("<meta charset=\"shift_jis\"><p>".utf8) + Data([0x93, 0xFA, 0x96, 0x7B])
                    + Data(" \(number)</p>".utf8)),
            MixedFile("page.xhtml", "<html><script src=\"x\"/><body><p>Strict page \(number).</p></body></html>"),
            MixedFile("guide.rst", "Guide\n=====\n\nStep number \(number).\n"),
            MixedFile("guide.adoc", "= Guide\n\nStep number \(number).\n"),
            MixedFile("list.org", "* Top\n\nItem number \(number).\n"),
            MixedFile(
                "paper.tex", "\\documentclass{article}\\begin{document}\\section{Top}Number \(number).\\end{document}"),
            MixedFile("tool.1", ".TH TOOL 1\n.SH NAME\ntool \\- does \(number) things\n"),
            MixedFile("talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello number \(number).\n"),
            MixedFile("talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nGoodbye number \(number).\n"),
            MixedFile("code.swift", "/// Adds \(number).\nfunc add(_ x: Int) -> Int { x + \(number) }\n"),
            MixedFile("code.py", "def add(x):\n    \"\"\"Adds \(number).\"\"\"\n    return x + \(number)\n"),
            MixedFile("settings.yaml", "name: number \(number)\n"),
        ]
    }

    /// Files of records.
    static func records(_ number: Int) -> [MixedFile] {
        [
            MixedFile("one.json", "{\"text\": \"One object with number \(number).\"}", .documents([""])),
            MixedFile(
                "many.json", "[{\"text\": \"First of \(number).\"}, {\"text\": \"Second of \(number).\"}]",
                .documents(["#1", "#2"])),
            MixedFile(
                "rows.jsonl", "{\"text\": \"Row of \(number).\"}\n\n{\"text\": \"Other row.\", \"n\": 1}\n",
                .documents(["#1", "#2"])),
            MixedFile(
                "table.csv", "text;n\r\n\"A cell; of \(number)\";1\r\nAnother;2\r\n", .documents(["#1", "#2"])),
            MixedFile("table.tsv", "title\ttext\nA\tcell of \(number)\n", .documents(["#1"])),
            MixedFile("options.json", "{\"indent\": \(number)}", .notRead(kind: ".json", .noTexts)),
            MixedFile("empty.jsonl", "", .notRead(kind: ".jsonl", .empty)),
        ]
    }

    /// Files that are not read, or not as a whole.
    static func faults(_ number: Int) -> [MixedFile] {
        var files = [
            MixedFile("picture.png", Data([0x89, 0x50, 0x4E, 0x47]), .notRead(kind: ".png", .unknownKind)),
            MixedFile("program", Data([0x7F, 0x45, 0x4C, 0x46]), .notRead(kind: "no extension", .unknownKind)),
            MixedFile("binary.txt", Data([0x61, 0, 0x62]), .notRead(kind: ".txt", .notText)),
            MixedFile("empty.md", "", .notRead(kind: ".md", .empty)),
            MixedFile("blank.txt", " \n\n", .notRead(kind: ".txt", .empty)),
            MixedFile("server.log.1", "a log that was put aside\n", .notRead(kind: ".1", .empty)),
            MixedFile("broken.json", "{\"indent\": ", .notRead(kind: ".json", .broken)),
        ]
        guard number % 10 == 0 else { return files }
        files += [
            MixedFile("cut.json", "[{\"text\": \"Whole \(number).\"}, {\"text\": \"Cut", .problem(["#1"])),
            MixedFile(
                "bad-row.jsonl", "{\"text\": \"Good \(number).\"}\n{oops\n{\"text\": \"Good too.\"}\n",
                .problem(["#1", "#3"])),
            MixedFile("bytes.txt", Data([0x61, 0xFF, 0x62]), .problem([])),
            MixedFile("false.docx", "no zip", .problem([])),
            MixedFile("false.pdf", "no pdf", .problem([])),
        ]
        return files
    }
}
