import AkinTestSupport
import Foundation
import Testing

@Suite("Dates of documents")
struct DateFieldTests {
    /// Indexes documents with a value each under a field, and clusters them into a report.
    private func cluster(_ values: [String], under field: String, _ arguments: String...) throws -> (
        Program.Outcome, [String: Any]
    ) {
        let program = try Program()
        let lines = values.enumerated().map {
            #"{"id": "\#($0)", "text": "ferry tide \#($0 % 3) anchor", "\#(field)": \#($1)}"#
        }
        try program.folder.write("dated.jsonl", lines.joined(separator: "\n"))
        let indexed = try program.run("index", "dated.jsonl")
        #expect(indexed.status == 0, "\(indexed.errors)")
        let outcome = try program.run(["cluster", "-k", "2", "--json"] + arguments, input: Data())
        return (outcome, outcome.status == 0 ? try outcome.object() : [:])
    }

    private static func periods(_ report: [String: Any]) -> [String] {
        report["periods"] as? [String] ?? []
    }

    @Test(arguments: [
        ("Date", [#""2021-03-01""#, #""2022-07-09T10:00:00Z""#]), ("PUBLISHED", [#""2021""#, "2022"]),
        ("timestamp", ["1614556800", "1657324800"]), ("created", ["1614556800000", "1657324800000"]),
        ("date", ["20210301", #""20220709""#]),
    ])
    func `dates are read in any spelling of the usual names and in every usual form`(field: String, values: [String])
        throws
    {
        let (outcome, report) = try cluster(values + values, under: field)
        #expect(outcome.status == 0 && !outcome.errors.contains("cannot be read"), "\(outcome.errors)")
        let periods = Self.periods(report)
        #expect(
            periods.first?.hasPrefix("2021") == true && periods.last?.hasPrefix("2022") == true,
            "\(outcome.text.prefix(300))")
    }

    @Test(arguments: [#""2024-02-31""#, #""2023-02-29""#, #""2024-13-01""#, #""soon""#, "true"])
    func `impossible dates are counted and named, and left out`(value: String) throws {
        let (outcome, _) = try cluster([#""2024-01-05""#, #""2024-03-05""#, value], under: "date")
        #expect(
            outcome.status == 0 && outcome.errors.contains("1 document has a date that cannot be read"),
            "\(outcome.errors)")
    }

    @Test func `a field of dates that no document has is refused before any work`() throws {
        let (outcome, _) = try cluster([#""2024-01-05""#, #""2024-03-05""#], under: "date", "--date-field", "nosuch")
        #expect(outcome.status == 66 && outcome.errors.contains("\"nosuch\""), "\(outcome.errors)")
    }
}
