import AkinTestSupport
import Foundation
import Testing

/// Texts, names and messages of others on a terminal.
@Suite struct OutsideTextTests {
    /// A title of the window, a colour, C1's CSI, overrides and isolates of direction, DEL, tags, a byte order mark, a
    /// line separator.
    private static let evil =
        "ev\u{1B}]0;owned\u{7}\u{1B}[31m\u{9B}2J\u{202E}\u{2066}\u{200F}\u{61C}\u{7F}\u{E0041}\u{FEFF}\u{2028}\u{8}il"

    /// What acts on a terminal in an output, without the program's own styles and progress bars and the terminal's line
    /// ends.
    private func acting(_ data: Data) -> [String] {
        var text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
        for own in ["\u{1B}[0m", "\u{1B}[1m", "\u{1B}[2m", "\u{1B}[36m", "\r\u{1B}[K"] {
            text = text.replacingOccurrences(of: own, with: "")
        }
        text.replace(/\u{1B}\]8;;(file:\/\/[!-~]*)?\u{1B}\\/, with: "")
        return text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x20...0x7E: false
            case ..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xE0000...0xE007F: true
            default: false
            }
        }.map { String($0.value, radix: 16) }
    }

    /// A store in which everything that may hold text of others does.
    private func planted() throws -> Program {
        let program = try Program()
        let evil = Self.evil
        try program.indexSample(count: 40)
        let stored = try program.run(
            "put", evil, "--title", "Title \(evil)", "--text", "The ferry \(evil)\nand\ta second line", "--source",
            evil,
            "--metadata", "\(evil)=\(evil)")
        try #require(stored.status == 0, "\(stored.errors)")
        let file = evil.replacingOccurrences(of: "\u{2028}", with: "")
        try program.folder.write("in/\(file).txt", "A ferry \(evil) in a file")
        try program.folder.write("in/\(file).jsonl", "{\"id\": 1, \"text\": \"x\", \"\(evil)\"\n")
        try program.folder.write("in/\(file).csv", "id,text,\(evil)\n1,ferry,\(evil)\n1,2,3,4,5\n")
        try program.folder.write("words.txt", String(repeating: "ferry \(evil) tide harbour\n", count: 30))
        try program.folder.write("evil.vec", "3 2\n\(evil) 1 0\nferry 1 0.1\ntide 0 1\n")
        try FileManager.default.copyItem(
            at: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "AkinTransformersTests/Goldens/bert/half"),
            to: program.folder.url.appending(path: "model\(file)"))
        return program
    }

    /// Arguments as a shell writes them; `EVIL` and `FILE` stand for the planted text.
    private static let commands = [
        "get EVIL", "get EVIL --json", "search ferry", "search ferry --mode keyword --explain", "search ferry --json",
        "search EVIL", "search ferry -C 2", "open 1 --print", "open 2 --print", "get EVIL --lines 1",
        "similar EVIL", "index in", "index in --json", "cluster -k 2", "cluster -k 2 --json", "cluster list",
        "cluster show",
        "cluster rename 1 EVIL", "cluster show", "cluster rename --run 1 EVIL", "cluster list --json",
        "cluster show EVIL",
        "cluster show --json", "search ferry --cluster EVIL", "search ferry --cluster NO", "info", "info --json",
        "verify", "doctor",
        "doctor --json", "delete NOEVIL", "get NOEVIL", "similar NOEVIL", "search x --mode EVIL", "EVIL", "--EVIL",
        "search x --EVIL",
        "search x -k EVIL", "index NOEVIL", "index EVIL/x", "info --db EVIL", "search x --where EVIL",
        "search x --where '`EVIL` = 3'",
        "cluster --date-field EVIL", "words neighbors ferry --vectors evil.vec",
        "words odd ferry tide EVIL --vectors evil.vec",
        "words neighbors EVIL --vectors evil.vec", "words neighbors NOEVIL --vectors evil.vec",
        "words train words.txt --tokens whitespace --dimension 4 --epochs 1 --output o.vec",
        "words neighbors ferry --vectors o.vec",
        "words neighbors ferry --vectors EVIL", "words export --vectors evil.vec --output EVIL", "model info modelFILE",
        "model info NOEVIL",
        "model fetch NOEVIL", "embed --model modelFILE", "tokenize --model EVIL", "put a --text x --metadata EVIL",
        "export --encoder EVIL --vectors",
        "import EVIL.jsonl", "import in/FILE.jsonl", "eval --queries EVIL --qrels EVIL",
        "search --queries in/FILE.jsonl", "search --vector EVIL",
        "index in/FILE.txt --db modelFILE.db --model modelFILE", "info --db modelFILE.db",
        "search ferry --db modelFILE.db",
        "backup EVIL", "backup EVIL", "export", "export --vectors", "optimize --encoder EVIL", "repair", "delete EVIL",
        "--help",
    ]

    @Test func `nothing of others acts on a terminal, whatever the command`() throws {
        let program = try planted()
        func quoted(_ text: String) -> String { "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'" }
        let file = Self.evil.replacingOccurrences(of: "\u{2028}", with: "")
        for (place, command) in Self.commands.enumerated() {
            let words = command.split(separator: " ").map { word -> String in
                let planted = word.replacingOccurrences(of: "EVIL", with: Self.evil).replacingOccurrences(
                    of: "FILE", with: file)
                return word.contains("EVIL") || word.contains("FILE")
                    ? quoted(planted.replacingOccurrences(of: "'", with: "")) : String(word)
            }
            let script = "echo hi | \"$AKIN\" \(words.joined(separator: " "))"
            let seen = try program.shell(
                script, environment: place.isMultiple(of: 2) ? ["NO_COLOR": "1"] : [:], terminal: true)
            #expect(acting(seen.output).isEmpty, "\(command): \(seen.text.debugDescription)")
            #expect(
                !seen.output.isEmpty
                    || ["embed", "words train", "cluster rename --run"].contains { command.hasPrefix($0) },
                "\(command) says nothing")
        }
    }

    @Test func `messages are clean where standard error is a file too`() throws {
        let program = try planted()
        for arguments in [
            ["get", "no" + Self.evil], [Self.evil], ["index", "in"], ["search", "x", "--mode", Self.evil],
        ] {
            let outcome = try program.run(arguments, input: Data())
            #expect(
                outcome.status != 0 && acting(Data(outcome.errors.utf8)).isEmpty, "\(outcome.errors.debugDescription)")
        }
    }

    @Test func `a text goes through a pipe as it is, and on a terminal keeps its lines and tabs`() throws {
        let program = try planted()
        #expect(try program.run("get", Self.evil).text.hasSuffix("The ferry \(Self.evil)\nand\ta second line\n"))
        let seen = try program.shell("\"$AKIN\" get '\(Self.evil)'", environment: ["NO_COLOR": "1"], terminal: true)
        #expect(seen.text.contains("The ferry ev\\u{1B}]0;owned\\u{7}"), "\(seen.text.debugDescription)")
        #expect(seen.text.contains("\r\nand") && seen.text.contains("a second line"))
    }

    @Test func `JSON means the same to every reader and holds nothing that acts`() throws {
        let program = try planted()
        for arguments in [["get", Self.evil, "--json"], ["search", "ferry", "--json"], ["export"]] {
            let outcome = try program.run(arguments, input: Data())
            #expect(acting(outcome.output).isEmpty && outcome.text.contains("\\u202e"), "\(arguments)")
        }
        #expect(try program.run("get", Self.evil, "--json").object()["id"] as? String == Self.evil)
    }
}
