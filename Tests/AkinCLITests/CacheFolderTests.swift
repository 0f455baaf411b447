import AkinTestSupport
import Foundation
import Testing

/// Where models are looked for, and ids that name nothing.
@Suite struct CacheFolderTests {
    @Test(arguments: ["cache", "./cache", "../cache"]) func `a relative XDG_CACHE_HOME is ignored`(variable: String)
        throws
    {
        let program = try Program()
        let outcome = try program.shell("\"$AKIN\" model list", environment: ["XDG_CACHE_HOME": variable])
        #expect(
            outcome.text.contains("no model in \(program.folder.path("home/.cache/akin/models"))"), "\(outcome.text)")
    }

    @Test func `a relative HOME is ignored`() throws {
        let program = try Program()
        let outcome = try program.shell(
            "cd / && \"$AKIN\" model list", environment: ["XDG_CACHE_HOME": "", "HOME": "home"])
        #expect(
            !outcome.text.contains(" home/") && !outcome.text.contains("/home/.cache/akin/models\u{20}home"),
            "\(outcome.text)")
        #expect(outcome.status == 0)
    }

    @Test(arguments: ["", " ", "\t", "\u{A0}\u{2003}"]) func `a blank id is refused by every way in`(id: String) throws
    {
        let program = try Program()
        let put = try program.run("put", id, "--text", "ferry")
        #expect(put.status == 64 && put.errors.contains("id is empty"), "\(put.errors)")
        let json = try JSONSerialization.data(withJSONObject: ["id": id, "text": "ferry"])
        #expect(try program.run(["index", "-", "--format", "jsonl"], input: json).status == 65)
        let vector = try JSONSerialization.data(withJSONObject: ["id": id, "vector": [1, 2]])
        #expect(try program.run(["import", "-", "--db", "v.db"], input: vector).status == 65)
    }
}
