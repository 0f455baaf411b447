import AkinTestSupport
import Foundation
import Testing

@Suite("Backup, repair, and what hostile input cannot do")
struct CareTests {
    @Test func `a backup is a database of its own and replaces nothing`() throws {
        let program = try Program()
        try program.indexSample(count: 50)
        let made = try program.run("backup", "copy.db")
        #expect(
            made.status == 0 && made.lines.count == 1 && made.text.hasPrefix("copy.db: 50 documents of "),
            "\(made.text)\(made.errors)")
        #expect(try program.run("verify", "--db", "copy.db").status == 0)
        #expect(try program.run("export", "--db", "copy.db").text == program.run("export").text)
        let again = try program.run("backup", "copy.db")
        #expect(
            again.status == 73 && again.errorLines.count == 1 && again.errors.contains("exists already"),
            "\(again.errors)")
        let json = try program.run("backup", "other.db", "--json").object()
        #expect(json["documents"] as? Int == 50)
        #expect(try program.run("backup", "third.db", "--db", "nowhere.db").status == 66)
        let lost = try program.run("backup", "no-folder/copy.db")
        #expect(
            lost.status == 73 && lost.errors.contains("The backup")
                && lost.errors.contains("no-folder/copy.db cannot be written"), "\(lost.errors)")
    }

    @Test func `a database of an older Akin is reported, upgraded by optimize, and searched`() throws {
        let program = try Program()
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "../AkinStoreTests/Goldens/format-1.store")
        try program.folder.write("akin.db", Data(contentsOf: golden))
        let refused = try program.run("search", "tide")
        #expect(refused.status == 65 && refused.errors.contains("run akin optimize"), "\(refused.errors)")
        let upgraded = try program.run("optimize")
        #expect(
            upgraded.status == 0 && upgraded.lines.first == "The store was upgraded from format 1 to format 6.",
            "\(upgraded.text)")
        #expect(!(try program.run("optimize")).text.contains("format"))
        for mode in ["keyword", "semantic", "hybrid"] {
            let found = try program.run("search", "tide", "--mode", mode, "--json").object()
            let results = try #require(found["results"] as? [[String: Any]])
            #expect(!results.isEmpty, "\(mode)")
        }
        #expect(try program.run("verify").status == 0)
    }

    @Test func `verify names damage, repair saves what can be read, indexing again brings the rest back`() throws {
        let program = try Program()
        try program.indexSample(count: 300)
        let before = try program.run("export").text
        let whole = try program.run("repair")
        #expect(
            whole.status == 0 && whole.text.hasSuffix("is whole: 300 documents, 300 passages\n"),
            "\(whole.text)\(whole.errors)")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: program.database))
        // Every ninth page, the schema spared.
        for page in stride(from: 45, to: bytes.count / 8192, by: 9) {
            bytes.replaceSubrange(page * 8192..<(page + 1) * 8192, with: Data(repeating: 0x5A, count: 8192))
        }
        try program.folder.write("akin.db", bytes)
        let verified = try program.run("verify")
        #expect(verified.status == 65 && !verified.lines.isEmpty && verified.errors.contains("akin repair"))
        let repaired = try program.run("repair")
        #expect([0, 65].contains(repaired.status), "\(repaired.errors)")
        #expect(repaired.text.contains("akin.db-damaged-1"))
        #expect(try program.run("verify").status == 0)
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: program.folder.path("akin.db-damaged-1"))).count == bytes.count)
        #expect(try program.run("index", "corpus.jsonl").status == 0)
        let after = Set(try program.run("export").lines.filter { !$0.contains(#""id":"salvaged-"#) })
        #expect(after == Set(before.split(separator: "\n").map(String.init)))
    }

    @Test func `a file that is no database is left alone by repair`() throws {
        let program = try Program()
        let text = String(repeating: "This is a letter. ", count: 2000)
        try program.folder.write("akin.db", text)
        let outcome = try program.run("repair")
        #expect(outcome.status == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(try String(contentsOfFile: program.database, encoding: .utf8) == text)
        #expect(try program.run("repair", "--db", "none.db").status == 66)
    }

    @Test(arguments: ["html", "md"])
    func `what documents and file names hold is never markup in a report`(format: String) throws {
        let program = try Program()
        let attacks = [
            "<script>alert(1)</script>", "</script><script>alert(2)</script>", "\"><img src=x onerror=alert(3)>",
            "<!--<script>alert(4)",
            "' onmouseover='alert(5)", "</title><svg onload=alert(6)>", "]]><iframe src=javascript:alert(7)>",
        ]
        for (number, attack) in attacks.enumerated() {
            for copy in 0..<4 {
                let text = "\(attack) word\(copy) ferry harbour \(attack) tide"
                #expect(
                    try program.run("put", "\(attack)-\(copy)", "--title", attack, "--text", text, "--source", attack)
                        .status == 0)
            }
            try program.folder.write(
                "notes/<img src=x onerror=alert(\(number))>.txt", "A note about bread and \(attack) ovens.")
        }
        #expect(try program.run("index", "notes").status == 0)
        let clustered = try program.run("cluster", "-k", "3", "--report", "report.\(format)")
        #expect(clustered.status == 0, "\(clustered.errors)")
        let page = try String(contentsOfFile: program.folder.path("report.\(format)"), encoding: .utf8)
        #expect(page.contains("alert(1)") || page.contains("ferry"))
        for markup in ["<script>alert", "<img", "<svg onload", "<iframe", "<!--<script"] where format == "html" {
            #expect(!page.contains(markup), "\(markup)")
        }
    }

    @Test(arguments: [
        #"id = "x'; DROP TABLE document; --""#, #"`x'; DROP TABLE document; --` = 1"#, #"[a"] OR 1=1 --] = "b""#,
        #"title contains "%' OR '1'='1""#, #"source starts with "_%""#, #"`json_extract(metadata, '$')` exists"#,
    ])
    func `SQL in a filter is not run`(filter: String) throws {
        let program = try Program()
        try program.indexSample(count: 20)
        let outcome = try program.run("search", "ferry", "--where", filter)
        #expect([0, 64].contains(outcome.status), "\(outcome.errors)")
        #expect(outcome.text.isEmpty || outcome.status == 0)
        let deleted = try program.run("delete", "--where", filter)
        #expect(deleted.status != 70, "\(deleted.errors)")
        #expect(try program.run("export").lines.count == 20)
        #expect(try program.run("verify").status == 0)
    }

    @Test func `links do not lead out of the folder that is indexed`() throws {
        let program = try Program()
        try program.folder.write("secret.txt", "The password is swordfish.")
        try program.folder.write("secrets/other.txt", "The other password is anchovy.")
        try program.folder.write("notes/a.txt", "A note about a ferry.")
        for (name, target) in [("b.txt", "../secret.txt"), ("folder", "../secrets"), ("etc", "/etc")] {
            try FileManager.default.createSymbolicLink(
                atPath: program.folder.path("notes/\(name)"), withDestinationPath: target)
        }
        _ = try program.run("index", "notes")
        let export = try program.run("export").text
        #expect(
            export.contains("ferry") && !export.contains("swordfish") && !export.contains("anchovy")
                && !export.contains("root:"))
    }

    /// Archives are made by Python's own module, as pip makes wheels.
    private func runPython(_ script: String, in folder: URL) throws {
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", "-c", script]
        python.currentDirectoryURL = folder
        try python.run()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0)
    }

    @Test func `a wheel cannot write outside its folder`() throws {
        let program = try Program()
        let script = """
            import zipfile
            with zipfile.ZipFile('evil-1.0-py3-none-any.whl', 'w') as z:
                z.writestr('../../../escaped.txt', 'out')
                z.writestr('/tmp/akin-escaped.txt', 'out')
                z.writestr('model/config.json', '{}')
            """
        try runPython(script, in: program.folder.url)
        let outcome = try program.run("model", "fetch", "evil-1.0-py3-none-any.whl")
        #expect(outcome.status != 0)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/akin-escaped.txt"))
        let escaped = try FileManager.default.subpathsOfDirectory(atPath: program.folder.url.path).filter {
            $0.hasSuffix("escaped.txt")
        }
        #expect(escaped.allSatisfy { $0.contains("unpack") }, "\(escaped)")
    }

    @Test func `the error for a negative value says how to write it`() throws {
        let program = try Program()
        try program.indexSample(count: 10)
        let outcome = try program.run("search", "ferry", "-k", "-5")
        #expect(
            outcome.status == 64 && outcome.errors.contains("-5") && !outcome.errors.contains("Missing value"),
            "\(outcome.errors)")
    }

    @Test func `a sound model's archive is unpacked, and a hostile one is refused and leaves nothing`() throws {
        let program = try Program()
        let model = BuiltProgram.package.appending(path: "Tests/AkinTransformersTests/Goldens/bert/dense").path
        let make = """
            import pathlib, zipfile
            def archive(name, files):
                with zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED) as z:
                    for path, data in files.items(): z.writestr(path, data)
            root = pathlib.Path('\(model)')
            model = {'model/' + str(p.relative_to(root)): p.read_bytes() for p in root.rglob('*') if p.is_file()}
            archive('good.whl', model)
            archive('bomb.whl', model | {'model/zeros': bytes(400 << 20)})
            archive('out.whl', model | {'../../../out': b'no', '/tmp/akin-archive-out': b'no'})
            pathlib.Path('none.whl').write_bytes(b'no archive' * 1000)
            """
        try runPython(make, in: program.folder.url)
        let models = program.folder.path("home/.cache/akin/models")
        for (name, complaint) in [("bomb.whl", "16 times its size"), ("none.whl", "cannot be unpacked")] {
            let refused = try program.run("model", "fetch", name)
            #expect(refused.status == 65 && refused.errors.contains(complaint), "\(refused.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: models) == [])
        }
        let fetched = try program.run("model", "fetch", "good.whl")
        #expect(fetched.status == 0, "\(fetched.errors)")
        _ = try program.run("model", "fetch", "out.whl")
        #expect(!FileManager.default.fileExists(atPath: program.folder.path("out")))
        #expect(!FileManager.default.fileExists(atPath: "/tmp/akin-archive-out"))
    }
}
