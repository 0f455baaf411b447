import AkinTestSupport
import Foundation
import Testing

@Suite("Vectors from standard input")
struct StreamTests {
    @Test func `each line has a vector, empty and last lines too, in the same order`() throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run("embed", input: "ferry tide\n\noven bread")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let vectors = try outcome.objects().map { try #require($0["vector"] as? [Double]) }
        try #require(vectors.count == 3)
        #expect(Set(vectors.map(\.count)).count == 1)
        let alone = try program.run("embed", input: "oven bread\n").objects()
        #expect(alone.first?["vector"] as? [Double] == vectors[2])
    }

    @Test func `ids of JSON lines come back`() throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run(
            "embed", input: #"{"id": "a", "text": "ferry"}"# + "\n" + #"{"id": 2, "text": "oven"}"# + "\n")
        let objects = try outcome.objects()
        #expect(objects.first?["id"] as? String == "a")
        #expect(objects.last?["id"] as? Int == 2)
    }

    @Test func `npy has the right header and the same numbers as JSON, through a pipe and into a file`() throws {
        let program = try Program()
        try program.indexSample()
        let input = "ferry tide\noven bread\n"
        let expected = try program.run("embed", input: input).objects().flatMap {
            ($0["vector"] as? [Double] ?? []).map { Float($0) }
        }
        let piped = try program.run("embed", "--format", "npy", input: input).output
        try #require(piped.count > 128)
        #expect(piped.prefix(8) == Data([0x93] + Array("NUMPY".utf8) + [1, 0]))
        let header = String(decoding: piped[10..<128], as: UTF8.self)
        #expect(header.contains("'shape': (2, \(expected.count / 2))"))
        #expect(header.contains("'descr': '<f4', 'fortran_order': False"))
        #expect(StreamTests.floats(piped.dropFirst(128)) == expected)

        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "exec \"$0\" embed --format npy < in.txt > out.npy", try Program.executable().path]
        shell.currentDirectoryURL = program.folder.url
        try program.folder.write("in.txt", input)
        try shell.run()
        shell.waitUntilExit()
        #expect(try Data(contentsOf: URL(fileURLWithPath: program.folder.path("out.npy"))) == piped)
    }

    @Test func `fvecs puts the dimension before each row`() throws {
        let program = try Program()
        try program.indexSample()
        let input = "ferry tide\noven bread\n"
        let expected = try program.run("embed", input: input).objects().flatMap {
            ($0["vector"] as? [Double] ?? []).map { Float($0) }
        }
        let bytes = try program.run("embed", "--format", "fvecs", input: input).output
        let row = 4 + expected.count / 2 * 4
        try #require(bytes.count == 2 * row && row > 4)
        #expect(bytes[0] == UInt8(expected.count / 2 & 0xFF))
        #expect(StreamTests.floats(bytes[4..<row]) + StreamTests.floats(bytes[(row + 4)...]) == expected)
    }

    @Test func `input that is not UTF-8 is refused with its line`() throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run(["embed"], input: Data("ferry\n".utf8) + Data([0xFF, 0xFE, 0x0A]))
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(":2:"))
    }

    @Test func `without a model or a database there is nothing to embed with`() throws {
        let outcome = try Program().run("embed", input: "ferry\n")
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("akin model fetch"))
        #expect(outcome.output.isEmpty)
    }

    private static func floats(_ bytes: Data) -> [Float] {
        let bytes = Array(bytes)
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
        }
    }
}
