import AkinTestSupport
import Foundation
import Testing

/// `akin model`, on models that stand in the library's folder.
@Suite struct ModelCommandTests {
    private let program: Program

    init() throws {
        program = try Program()
        let golden = BuiltProgram.package.appending(path: "Tests/AkinTransformersTests/Goldens/bert/half")
        let models = program.folder.url.appending(path: "home/.cache/akin/models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: golden, to: models.appending(path: "half"))
        let origin = """
            {"endpoint":"https://hub.example","repository":"owner/half","revision":"main",
             "commit":"5c38ec7c405ec4b44b94cc5a9bb96e735b38267a","license":"mit","digests":{}}
            """
        try program.folder.write("home/.cache/akin/models/half/akin-origin.json", origin)
    }

    private var isThere: Bool {
        FileManager.default.fileExists(atPath: program.folder.path("home/.cache/akin/models/half/config.json"))
    }

    @Test func `a model is not removed without an answer or --yes`() throws {
        let outcome = try program.run("model", "remove", "half", input: "y\n")
        #expect(outcome.status == 64 && outcome.errors.contains("--yes") && isThere, "\(outcome.errors)")
    }

    @Test(arguments: ["half", "HALF", "owner/half"]) func `a model is removed by either name`(name: String) throws {
        let outcome = try program.run("model", "remove", name, "--yes", "--json")
        let object = try outcome.object()
        #expect(outcome.status == 0 && !isThere && object["removed"] as? Bool == true)
        #expect(object["name"] as? String == "half" && (object["bytes"] as? Int ?? 0) > 10_000)
        #expect(try program.run("model", "remove", name, "--yes").status != 0)
    }

    @Test func `what is no installed model is left alone`() throws {
        for name in ["..", "../models/half", "none", "other/half", program.folder.path("home")] {
            let outcome = try program.run("model", "remove", name, "--yes")
            #expect([64, 69].contains(outcome.status) && isThere, "\(outcome.errors)")
        }
    }

    @Test func `where a model comes from is printed`() throws {
        let text = try program.run("model", "info", "owner/half")
        #expect(text.text.contains("https://hub.example/owner/half") && text.text.contains("mit"), "\(text.errors)")
        let origin = try program.run("model", "info", "half", "--json").object()["origin"] as? [String: Any]
        #expect(origin?["license"] as? String == "mit" && (origin?["commit"] as? String)?.count == 40)
        let listed = try program.run("model", "list", "--json")
        #expect(listed.text.contains("owner/half"))
    }

    @Test func `a revision goes with a model on a hub`() throws {
        let outcome = try program.run("model", "fetch", "minilm", "--revision", "main")
        #expect(outcome.status == 64 && outcome.errors.contains("OWNER/NAME"), "\(outcome.errors)")
    }
}
