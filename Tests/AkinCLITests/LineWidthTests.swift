import AkinTestSupport
import Foundation
import Testing

@Suite("Results fit the terminal")
struct LineWidthTests {
    /// The columns of a line as `wcwidth` counts those of the characters used here.
    private static func columns(_ line: String) -> Int {
        line.unicodeScalars.reduce(0) {
            $0 + ((0x3000...0x9FFF).contains($1.value) || (0x1F300...0x1F6FF).contains($1.value) ? 2 : 1)
        }
    }

    @Test(arguments: [20, 21, 40, 79, 80, 81, 120, 200])
    func `no line is wider than the terminal, whatever the title`(columns: Int) throws {
        let program = try Program()
        let titles =
            (0..<40).map { String(repeating: "x", count: columns - 20 + $0) }
            + (1...20).map { String(repeating: "港", count: $0 * 6) }
        let lines = titles.enumerated().map { #"{"id": "\#($0)", "title": "\#($1)", "text": "ferry \#($0)"}"# }
        try program.folder.write("wide.jsonl", lines.joined(separator: "\n"))
        #expect(try program.run("index", "wide.jsonl").status == 0)
        let found = try program.run(["search", "ferry", "-k", "60"], input: Data(), columns: columns)
        #expect(found.status == 0 && found.lines.count > 100, "\(found.errors)")
        for line in found.lines { #expect(Self.columns(line) <= columns, "\(line)") }
    }
}
