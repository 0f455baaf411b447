import Akin
import AkinTestSupport
import Foundation
import Testing

/// Reading files of vectors, whole and broken ones.
@Suite struct VectorFileTests {
    private static let rows: [[Float]] = [[1, -2, 0.5], [0, 4, -8], [0.25, 3, 1]]

    /// The records and problems of a file.
    private static func read(_ file: VectorFile) throws -> (records: [VectorRecord], problems: [InputProblem]) {
        var (records, problems): ([VectorRecord], [InputProblem]) = ([], [])
        while let entry = try file.next() {
            switch entry {
            case .record(let record, _, _): records.append(record)
            case .problem(let problem): problems.append(problem)
            }
        }
        return (records, problems)
    }

    private static func read(_ name: String, _ contents: Data) throws -> (
        records: [VectorRecord], problems: [InputProblem]
    ) {
        let folder = try TemporaryFolder()
        return try read(VectorFile(path: try folder.write(name, contents)))
    }

    // MARK: Arrays

    @Test(arguments: VectorElement.allCases) func `arrays of each type are read`(_ element: VectorElement) throws {
        let folder = try TemporaryFolder()
        // More than one block of rows.
        let rows = SampleVectors.make(element == .f32 ? 9000 : 300, dimension: 37, element: element)
        let file = try VectorFile(path: try folder.write("a.npy", VectorFiles.npy(rows, element)))
        #expect(file.format == .npy && file.element == element && file.dimension == 37 && file.count == rows.count)
        let (records, problems) = try Self.read(file)
        #expect(problems.isEmpty && records.map(\.vector) == rows)
        #expect(records.map(\.id) == rows.indices.map(String.init))
        #expect(try file.next() == nil)
    }

    @Test func `double precision is rounded to single`() throws {
        let values = [0.1, -1e300, 1e-60, 3]
        let data = VectorFiles.npy(
            dictionary: "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }",
            payload: values.flatMap { VectorFiles.littleEndian($0.bitPattern) })
        let records = try Self.read("d.npy", data).records
        #expect(records.map(\.vector) == [[0.1, -.infinity], [0, 3]])
    }

    @Test(arguments: [
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }", UInt8(1)),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }", 2),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }", 3),
        ("{\"shape\": (3L, 3L), \"fortran_order\": False, \"descr\": \"<f4\"}   ", 1),
        ("{ 'shape' : ( 3 ,3, ) ,'descr':'<f4','fortran_order':False}", 1),
    ]) func `headers of every shape are understood`(_ dictionary: String, _ version: UInt8) throws {
        let payload = Self.rows.flatMap { VectorFiles.bytes($0, .f32) }
        let records = try Self.read(
            "a.npy", VectorFiles.npy(dictionary: dictionary, version: version, payload: payload)
        ).records
        #expect(records.map(\.vector) == Self.rows)
    }

    @Test func `an array of one axis is one vector`() throws {
        let data = VectorFiles.npy(
            dictionary: "{'descr': '|i1', 'fortran_order': False, 'shape': (4,), }", payload: [1, 2, 0xFF, 0x80])
        #expect(try Self.read("q.npy", data).records.map(\.vector) == [[1, 2, -1, -128]])
    }

    /// Headers around the payload of a 3 × 3 array of f4, and what is said of them.
    private static let badHeaders: [(dictionary: String, reason: String)] = [
        ("{'descr': '>f4', 'fortran_order': False, 'shape': (3, 3), }", "type >f4"),
        ("{'descr': '<i4', 'fortran_order': False, 'shape': (3, 3), }", "astype('<f4')"),
        ("{'descr': '<c8', 'fortran_order': False, 'shape': (3, 3), }", "type <c8"),
        ("{'descr': '|O', 'fortran_order': False, 'shape': (3, 3), }", "type |O"),
        ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (9,), }", "array of records"),
        ("{'descr': '<f4', 'fortran_order': True, 'shape': (3, 3), }", "ascontiguousarray"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3, 1), }", "3 axes"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "0 axes"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 0), }", "0 components"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 4097), }", "4097 components"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 3), }", "cut short"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 4096), }", "cut short"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000, 3), }", "cut short"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 3), }", "64 bits"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-3, 3), }", "whole number"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", "follow its last row"),
        ("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (3, 3), }", "True or False"),
        ("{'descr': '<f4', 'shape': (3, 3), }", "no 'fortran_order'"),
        ("{'descr': '<f4', 'fortran_order': False}", "no 'shape'"),
        ("{'fortran_order': False, 'shape': (3, 3)}", "no 'descr'"),
        ("{'descr': '<f4', 'color': 'red'}", "unknown key 'color'"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3)", "'}' was expected"),
        ("{'descr: '<f4'", "expected"),
        ("{'descr': '<f4", "no end"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3)} {}", "follows its closing brace"),
        ("", "'{' was expected"), ("\u{FFFD}\u{0}", "'{' was expected"), ("[]", "'{' was expected"),
    ]

    @Test(arguments: badHeaders) func `arrays that are not rows of numbers are refused`(
        _ dictionary: String, _ reason: String
    )
        async throws
    {
        let payload = Self.rows.flatMap { VectorFiles.bytes($0, .f32) }
        await expectRefusal(.invalidData, saying: "bad.npy", reason) {
            try Self.read("bad.npy", VectorFiles.npy(dictionary: dictionary, payload: payload))
        }
    }

    @Test func `a file cut anywhere is refused`() async throws {
        let whole = VectorFiles.npy(Self.rows)
        for end in 0..<whole.count { await expectRefusal(.invalidData) { try Self.read("cut.npy", whole.prefix(end)) } }
        #expect(try Self.read("whole.npy", whole).records.map(\.vector) == Self.rows)
    }

    @Test(arguments: [
        (Data("not an array at all".utf8), "not a NumPy array"),
        (Data(VectorFiles.npy(rows)[..<6] + [9, 0] + Data(count: 90)), "version is 9.0"),
        (Data(VectorFiles.npy(rows)[..<6] + [1, 7] + Data(count: 90)), "version is 1.7"),
        (
            Data(VectorFiles.npy(rows)[..<6] + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF] + Data(count: 90)),
            "header of 4294967295 bytes"
        ),
        (Data(VectorFiles.npy(rows)[..<6] + [2, 0, 0, 0, 2, 0] + Data(count: 1 << 18)), "too long"),
    ]) func `what is no array file is refused`(_ contents: Data, _ reason: String) async throws {
        await expectRefusal(.invalidData, saying: reason) { try Self.read("bad.npy", contents) }
    }

    // MARK: Rows with their dimension

    @Test(arguments: [(VectorElement.f32, "a.fvecs"), (.uint8, "a.bvecs")])
    func `rows with their dimension before them are read`(_ element: VectorElement, _ name: String) throws {
        let folder = try TemporaryFolder()
        let rows = SampleVectors.make(700, dimension: 19, element: element)
        let file = try VectorFile(path: try folder.write(name, VectorFiles.vecs(rows, element)))
        #expect(file.element == element && file.dimension == 19 && file.count == 700)
        #expect(try Self.read(file).records.map(\.vector) == rows)
    }

    @Test(arguments: [
        (VectorFiles.vecs(rows).dropLast(), "cut short"), (VectorFiles.vecs(rows).dropLast(12), "cut short"),
        (VectorFiles.vecs(rows).prefix(3), "within the dimension"),
        (VectorFiles.vecs([[1, 2, 3], [1, 2], [1, 2, 3]]), "row 1 claims 2"),
        // As long as rows of three would be.
        (VectorFiles.vecs([[1, 2, 3], [1, 2], [1, 2, 3, 4]]), "row 1 claims 2"),
        (VectorFiles.vecs([[], [1]]), "claims 0"),
        (Data(VectorFiles.littleEndian(UInt32(4097))), "claims 4097"),
        (Data([0xFF, 0xFF, 0xFF, 0xFF, 0, 0]), "claims -1"),
        (Data([0xFF, 0xFF, 0xFF, 0x7F, 0, 0]), "claims 2147483647"),
    ]) func `rows that do not agree are refused`(_ contents: Data, _ reason: String) async throws {
        await expectRefusal(.invalidData, saying: "bad.fvecs", reason) { try Self.read("bad.fvecs", contents) }
    }

    @Test func `an empty file has no vectors`() throws {
        #expect(try Self.read("a.fvecs", Data()).records == [])
        #expect(try Self.read("a.jsonl", Data()).records == [])
        let none = VectorFiles.npy(dictionary: "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }")
        #expect(try Self.read("a.npy", none).records == [])
    }

    // MARK: Ids

    @Test(arguments: ["a\nb\nc\n", "a\nb\nc", "a\r\nb\r\nc\r\n"]) func `ids come from a file beside the vectors`(
        _ text: String
    ) throws {
        let folder = try TemporaryFolder()
        let (path, ids) = (try folder.write("a.npy", VectorFiles.npy(Self.rows)), try folder.write("ids.txt", text))
        #expect(try Self.read(VectorFile(path: path, ids: ids)).records.map(\.id) == ["a", "b", "c"])
        #expect(
            try Self.read(VectorFile(path: path, idPrefix: "row ")).records.map(\.id) == ["row 0", "row 1", "row 2"])
    }

    @Test func `many ids are read block by block`() throws {
        let folder = try TemporaryFolder()
        // Lines that fall across the blocks' ends.
        let ids = (0..<60_000).map { "picture number \($0) of many, with a name of some length.jpeg" }
        let rows = ids.indices.map { [Float($0 % 100 + 1)] }
        let path = try folder.write("a.npy", VectorFiles.npy(rows, .uint8))
        let file = try VectorFile(path: path, ids: try folder.write("ids.txt", ids.joined(separator: "\n")))
        #expect(try Self.read(file).records.map(\.id) == ids)
    }

    @Test(arguments: [
        (Data("a\nb\n".utf8), "2 ids for the 3 rows"), (Data("a\nb\nc\nd\n".utf8), "4 ids"), (Data(), "0 ids"),
        (Data("a\n\nc\n".utf8), "ids.txt:2: the id is empty"),
        (Data("a\nb\u{0}\nc\n".utf8), "ids.txt:2: the id holds a NUL"),
        (Data([0x61, 0x0A, 0xFF, 0x0A, 0x63]), "ids.txt:2: the id is not valid UTF-8"),
        (Data("a\nb\n".utf8) + Data(repeating: 0x78, count: 3 << 20), "longer than"),
    ]) func `ids that do not fit are refused`(_ ids: Data, _ reason: String) async throws {
        let folder = try TemporaryFolder()
        let (path, ids) = (try folder.write("a.npy", VectorFiles.npy(Self.rows)), try folder.write("ids.txt", ids))
        await expectRefusal(.invalidData, saying: reason) { try VectorFile(path: path, ids: ids) }
    }

    // MARK: JSON lines

    @Test func `records are read with all they have`() throws {
        let text = """
            {"id": "a", "vector": [1, -0.5, 1e-3]}
            {"vector": [1, 2, 3], "text": "A ferry.", "title": "Ferry", "year": 1999, "passage": 7}

            {"id": 12, "vector": [0, 0, -0.0], "metadata": {"tag": ["x", "y"]}, "source": "here", "tag": "z", "more": null}
            [4, 5, 6]
            """
        let (records, problems) = try Self.read("a.jsonl", Data(text.utf8))
        #expect(problems.isEmpty)
        try #require(records.map(\.id) == ["a", "1", "12", "3"])
        #expect(records.map(\.vector) == [[1, -0.5, 1e-3], [1, 2, 3], [0, 0, 0], [4, 5, 6]])
        #expect(records[2].vector[2].sign == .minus)
        #expect(
            records[1].title == "Ferry" && records[1].text == "A ferry."
                && records[1].metadata == ["year": .number(1999)])
        #expect(records[2].source == "here" && records[2].metadata == ["tag": .array([.string("x"), .string("y")])])
        #expect(records[0].source.hasSuffix("a.jsonl"))
    }

    @Test(arguments: [
        (#"{"id": "a"}"#, "no field 'vector'"), (#"{"vector": "1,2"}"#, "not an array"),
        (#"{"vector": [1, "2"]}"#, "component 1"),
        (#"{"vector": [1, null]}"#, "component 1"), (#"{"vector": [1, NaN]}"#, "broken JSON"),
        (#"{"vector": [1, 1e999]}"#, "broken JSON"),
        (#"{"vector": [1, 2"#, "broken JSON"), (#"{"vector": [1], "id": ""}"#, "id is not"),
        (#"{"vector": [1], "id": 1.5}"#, "id is not"),
        (#"{"vector": [1], "text": 3}"#, "'text' is not a text"), (#""vector""#, "not an array"),
        ("null", "not an array"),
    ]) func `bad lines are reported with their number`(_ line: String, _ reason: String) throws {
        let text = "[1, 2]\n\(line)\n[3, 4]\n"
        let (records, problems) = try Self.read("a.jsonl", Data(text.utf8))
        #expect(records.map(\.id) == ["0", "2"])
        #expect(
            problems.count == 1 && problems.first?.line == 2 && problems.first?.message.contains(reason) == true,
            "\(problems)")
    }

    @Test func `lines that are not UTF-8 are reported, and endless ones end the reading`() throws {
        let (records, problems) = try Self.read(
            "a.jsonl", Data("[1]\n{\"text\": \"".utf8) + Data([0xFF]) + Data("\"}\n[2]".utf8))
        #expect(records.count == 2 && problems.first?.message.contains("UTF-8") == true)
        let endless = Data("[1]\n[".utf8) + Data(repeating: 0x20, count: 18 << 20)
        let (few, told) = try Self.read("a.jsonl", endless)
        #expect(
            few.count == 1 && told.count == 1 && told.first?.line == 2
                && told.first?.message.contains("16 MiB") == true, "\(told)")
    }

    // MARK: Files

    @Test(arguments: ["nothing.npy", "nothing.fvecs", "nothing.jsonl"])
    func `a missing file is reported as missing input`(_ name: String)
        async throws
    {
        let folder = try TemporaryFolder()
        await expectRefusal(.noInput, saying: name) { try VectorFile(path: folder.path(name)) }
        try FileManager.default.createDirectory(
            atPath: folder.path("folder.\(name)"), withIntermediateDirectories: true)
        await expectRefusal(.noInput, saying: "folder.\(name)") { try VectorFile(path: folder.path("folder.\(name)")) }
    }

    @Test func `names that do not say the format need it given`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("vectors", VectorFiles.npy(Self.rows))
        await expectRefusal(.invalidArgument, saying: "npy|fvecs|bvecs|jsonl") { try VectorFile(path: path) }
        #expect(try Self.read(VectorFile(path: path, format: .npy)).records.count == 3)
        await expectRefusal(.invalidArgument, saying: "Standard input") { try VectorFile(path: "-", format: .npy) }
        await expectRefusal(.noInput, saying: "Standard input") { try VectorFile(path: "-") }
        let lines = try folder.write("a.jsonl", "[1]")
        await expectRefusal(.invalidArgument, saying: "own ids") { try VectorFile(path: lines, ids: path) }
    }

    @Test func `a file that shrinks while it is read ends the reading`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.npy", VectorFiles.npy(SampleVectors.make(3000, dimension: 200)))
        let file = try VectorFile(path: path)
        _ = try file.next()
        try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 1 << 20)
        await expectRefusal(.inputOutput, saying: "became shorter") { try Self.read(file) }
    }

    /// Whatever stands in a file, reading it ends in records, problems or an error of ours.
    @Test(arguments: ["npy", "fvecs", "bvecs", "jsonl"]) func `random damage never crashes`(_ format: String) throws {
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let lines = Self.rows.map { "{\"id\": \"x\", \"vector\": \($0), \"metadata\": {\"a\": [1]}}\n" }.joined()
        let whole =
            switch format {
            case "npy": VectorFiles.npy(Self.rows)
            case "fvecs": VectorFiles.vecs(Self.rows)
            case "bvecs": VectorFiles.vecs([[1, 2, 3], [4, 5, 6]], .uint8)
            default: Data(lines.utf8)
            }
        var (read, refused) = (0, 0)
        let folder = try TemporaryFolder()
        for round in 0..<1500 {
            var bytes = Array(whole)
            for _ in 0...random(3) {
                switch random(3) {
                case 0: bytes[random(bytes.count)] = UInt8(random(256))
                case 1: bytes.remove(at: random(bytes.count))
                default: bytes.insert(UInt8(random(256)), at: random(bytes.count))
                }
            }
            if round % 5 == 0 { bytes = Array(bytes.prefix(random(bytes.count))) }
            do {
                let file = try VectorFile(path: try folder.write("f.\(format)", Data(bytes)))
                let (records, problems) = try Self.read(file)
                #expect(records.count + problems.count <= 20)
                read += 1
            } catch is AkinError {
                refused += 1
            }
        }
        #expect(read > 0 && (refused > 0 || format == "jsonl"))
    }
}
