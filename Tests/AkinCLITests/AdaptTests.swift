import AkinTestSupport
import Foundation
import Testing

@Suite("akin adapt")
struct AdaptTests {
    @Test func `Examples that do not go together are refused`() throws {
        let program = try Program()
        for arguments in [
            ["--queries", "q.jsonl"], ["--qrels", "r.tsv"], ["--undo", "--dry-run"],
            ["--queries", "q.jsonl", "--qrels", "r.tsv", "--clicks", "c.jsonl"],
        ] {
            let outcome = try program.run(["adapt"] + arguments, input: Data())
            #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
        }
    }

    @Test func `A database that is not there or has word vectors alone is refused in one line`() throws {
        let program = try Program()
        #expect(try program.run("adapt").status == 66)
        #expect(try program.indexSample().status == 0)
        let outcome = try program.run("adapt")
        #expect(outcome.status == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.contains("word vectors"))
        let undone = try program.run("adapt", "--undo")
        #expect(undone.status == 0 && undone.text.contains("nothing to remove"))
    }
}
