import AkinTestSupport
import Foundation
import Testing

@Suite("Mistakes on the command line are answered with what helps")
struct DashAndSuggestionTests {
    @Test(arguments: ["-5 degrees", "--no-verify", "-5", "--amend"])
    func `a query that begins with a dash is answered with how to ask it`(query: String) throws {
        let program = try Program()
        try program.indexSample(count: 20)
        for arguments in [["search", query], ["search", "commit", query]] {
            let refused = try program.run(arguments, input: Data())
            #expect(
                refused.status == 64 && refused.errors.contains("akin search -- '\(query)'"),
                "\(arguments): \(refused.errors)")
        }
        let asked = try program.run("search", "--mode", "keyword", "--", query)
        #expect(asked.status == 0, "\(asked.errors)")
    }

    @Test func `a query that is missing beside options of the command is not taken for one with a dash`() throws {
        let refused = try Program().run("search", "--json", "-k", "5", "--no-unique")
        #expect(
            refused.status == 64 && refused.errors.contains("There is no query") && !refused.errors.contains("dash"),
            "\(refused.errors)")
    }

    @Test(arguments: [
        (["serch", "boat"], "akin search"), (["idnex", "notes"], "akin index"), (["verfy"], "akin verify"),
        (["words", "trian", "a.txt"], "akin words train"), (["cluster", "shwo"], "akin cluster show"),
        (["modle", "list"], "akin model"),
    ])
    func `a mistyped command is answered with the one that is meant`(arguments: [String], meant: String) throws {
        let refused = try Program().run(arguments, input: Data())
        #expect(refused.status == 64 && refused.errors.contains("Did you mean '\(meant)'?"), "\(refused.errors)")
    }

    @Test func `a word that is like no command is named, without a guess`() throws {
        let refused = try Program().run("photosynthesis", "\u{1B}[2J")
        #expect(
            refused.status == 64 && refused.errors.contains("'photosynthesis' is no command of akin."),
            "\(refused.errors)")
        #expect(!refused.errors.contains("Did you mean") && !refused.errors.contains("\u{1B}"))
    }
}
