import AkinTestSupport
import Foundation
import Testing

@Suite("Imported vectors")
struct VectorImportTests {
    /// NumPy's array file of float32, or of int8 for whole numbers.
    private static func npy(_ rows: [[Float]], type: String = "<f4") -> Data {
        let shape = "(\(rows.count), \(rows.first?.count ?? 0))"
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
        let header = text + String(repeating: " ", count: 128 - 10 - text.utf8.count - 1) + "\n"
        var data = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]) + Data(header.utf8)
        for value in rows.joined() {
            let bits = value.bitPattern
            data +=
                type == "|i1"
                ? [UInt8(bitPattern: Int8(value))] : (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
        return data
    }

    private static let rows: [[Float]] = [[1, 0], [0, 2], [-3, 1], [0.5, 0.25]]

    private func program(_ rows: [[Float]] = rows, type: String = "<f4", _ options: String...) throws -> Program {
        let program = try Program()
        try program.folder.write("a.npy", VectorImportTests.npy(rows, type: type))
        let outcome = try program.run(["import", "a.npy"] + options, input: Data())
        try #require(outcome.status == 0, "\(outcome.errors)")
        return program
    }

    @Test(arguments: ["<f4", "|i1"])
    func `vectors go in, are found, and come out byte for byte`(type: String) throws {
        let rows: [[Float]] = type == "|i1" ? [[1, -2], [127, -128], [0, 3]] : VectorImportTests.rows
        let program = try program(rows, type: type, "--metric", "l2")
        let found = try program.run("search", "--vector", "\(rows[1])", "-k", "1", "--json").object()
        let result = try #require((found["results"] as? [[String: Any]])?.first)
        #expect(
            result["id"] as? String == "1" && result["score"] as? Double == 0
                && result["encoder"] as? String == "external")
        #expect(try program.run("export", "--format", "npy").output == VectorImportTests.npy(rows, type: type))
        let objects = try program.run("export", "--vectors").objects()
        #expect(objects.map { $0["vector"] as? [Float] } == rows)
        #expect(try program.run("export", "--format", "fvecs").output.count == rows.count * 12)
        #expect(try program.run("verify").status == 0)
        let info = try program.run("info").text
        #expect(
            info.contains("2 dimensions, l2, \(type == "|i1" ? "int8" : "f32")")
                && info.contains("of external (user, serves search)"))
    }

    @Test func `a summary says what was done, and nothing else goes to standard output`() throws {
        let program = try Program()
        try program.folder.write("a.npy", VectorImportTests.npy(VectorImportTests.rows))
        try program.folder.write("ids.txt", "a\nb\nc\nb\n")
        let outcome = try program.run("import", "a.npy", "--ids", "ids.txt")
        #expect(outcome.status == 0)
        #expect(outcome.lines.first == "akin.db: 3 added, 1 updated")
        #expect(outcome.lines.last?.hasPrefix("2 dimensions, f32, cosine in ") == true)
        #expect(outcome.errors == "note: 1 id came more than once and the last vector was kept: 'b'\n")
        let again = try program.run("import", "a.npy", "--id-prefix", "x", "--json")
        #expect(again.status == 0 && again.errors == "")
        let object = try again.object()
        #expect(
            object["added"] as? Int == 4 && object["element_type"] as? String == "f32"
                && object["metric"] as? String == "cosine")
        #expect(try program.run("import", "a.npy", "--id-prefix", "x", "--quiet").output.isEmpty)
    }

    @Test func `rows that cannot be stored are reported and skipped, with status 65`() throws {
        let program = try Program()
        try program.folder.write("a.npy", VectorImportTests.npy([[1, 2], [.nan, 1], [0, 0]]))
        let outcome = try program.run("import", "a.npy")
        #expect(outcome.status == 65 && outcome.lines.first == "akin.db: 1 added, 2 skipped")
        #expect(outcome.errorLines.count == 2)
        #expect(outcome.errorLines.first == "a.npy: row 1 has nan as component 0; every component must be finite")
        try program.folder.write("b.jsonl", "{\"vector\": [1, 2, 3]}\n")
        #expect(
            try program.run("import", "b.jsonl").errorLines.first?.hasPrefix("b.jsonl:1: the vector has 3 components")
                == true)
    }

    @Test(arguments: ["cut", "empty", "missing", "type"])
    func `a file that is not what it claims makes no database`(kind: String) throws {
        let program = try Program()
        let whole = VectorImportTests.npy(VectorImportTests.rows)
        switch kind {
        case "cut": try program.folder.write("a.npy", whole.dropLast())
        case "empty": try program.folder.write("a.npy", Data())
        case "type": try program.folder.write("a.npy", VectorImportTests.npy(VectorImportTests.rows, type: "<i4"))
        default: break
        }
        let outcome = try program.run("import", "a.npy")
        #expect(outcome.status == (kind == "missing" ? 66 : 65))
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains("a.npy") && outcome.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: program.database))
    }

    @Test func `several vectors are searched for in one go, one in a file like a question`() throws {
        let program = try program()
        try program.folder.write("one.npy", VectorImportTests.npy([[0, 1]]))
        let one = try program.run("search", "--vector-file", "one.npy", "-k", "1", "--scores")
        #expect(one.status == 0 && one.lines.first?.contains("1") == true && one.text.contains("semantic"))
        #expect(!one.text.contains("0–0"))
        let several = try program.run("search", "--vector-file", "a.npy", "-k", "1").objects()
        #expect(several.map { $0["id"] as? String } == ["0", "1", "2", "3"])
        let best = several.map { ($0["results"] as? [[String: Any]])?.first?["id"] as? String }
        #expect(best == ["0", "1", "2", "3"])
        let piped = try program.run(
            "search", "--vector-file", "-", "-k", "1", input: "{\"id\": \"q\", \"vector\": [0, 9]}\n[1, 0]\n")
        #expect(try piped.objects().map { $0["id"] as? String } == ["q", "1"])
        let broken = try program.run("search", "--vector-file", "-", input: "[1, 0]\n[1, \n")
        #expect(broken.status == 65 && broken.errors.contains("-:2:"))
        #expect(try program.run("search", "--vector-file", "-").status == 66)
    }

    @Test(
        arguments: [
            (["search", "--vector", "[1, 2, 3]"], 64), (["search", "--vector", "[0, 0]"], 64),
            (["search", "boat"], 65),
            (["search", "boat", "--mode", "semantic"], 65), (["put", "x", "--text", "A boat."], 65),
            (["optimize", "--encoder", "words"], 65),
            (["import", "a.npy", "--metric", "dot"], 65), (["export", "--vectors", "--encoder", "minilm"], 66),
            (["import", "a.npy", "--format", "fvecs"], 65), (["import", "-", "--format", "npy"], 64),
        ] as [([String], Int32)])
    func `what does not fit is reported in one line with the right status`(arguments: [String], status: Int32) throws {
        let program = try program()
        let outcome = try program.run(arguments, input: Data())
        #expect(
            outcome.status == status && outcome.errorLines.count == 1 && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(try program.run("export").lines.count == 4)
    }

    @Test func `records with texts go out with their vectors and in again`() throws {
        let program = try Program()
        let lines = """
            {"id":"a","title":"Ferry","text":"The boat leaves.","source":"s","metadata":{"year":1999},"vector":[0.1,-2.0]}
            {"id":"b","vector":[1e-08,3.0]}

            """
        #expect(try program.run("import", "-", input: lines).status == 0)
        let exported = try program.run("export", "--with-vectors")
        #expect(exported.text == lines)
        let other = try Program()
        #expect(try other.run("import", "-", input: exported.text).status == 0)
        #expect(try other.run("export", "--with-vectors").text == lines)
        let words = try program.run("search", "boat")
        #expect(words.status == 0 && words.text.contains("Ferry") && words.errors.contains("warning: "))
    }

    @Test func `clusters, neighbors and the graph's recall work as for texts`() throws {
        let rows = (0..<60).map { row -> [Float] in
            let angle = Float(row) / 7
            return [cos(angle), sin(angle), Float(row % 3)]
        }
        let program = try program(rows)
        #expect(try program.run("similar", "5", "-k", "3", "--json").object()["results"] as? [Any] != nil)
        let clusters = try program.run("cluster", "-k", "3", "--json")
        #expect(clusters.status == 0)
        #expect((try clusters.object()["assignments"] as? [String: Int])?.count == 60)
        let recall = try program.run("recall", "--vector-file", "a.npy", "--min", "0.9", "--json")
        #expect(recall.status == 0, "\(recall.errors)")
        #expect(try recall.object()["queries"] as? Int == 120)
        #expect(try program.run("optimize").status == 0)
    }
}
