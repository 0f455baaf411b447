import Akin
import AkinCore
import ArgumentParser
import Foundation

struct PutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Store one document, replacing the one with the same id.",
        discussion: """
            The text comes from --text, else from standard input.

              akin put note-1 --text "The pump leaks when it is cold." --title "Pump"
              akin put letter --metadata year=1912 --metadata zip=01234 < letter.txt
              akin put shop --text "Closed." --metadata 'tags:=["a", "b"]'
            """)

    @Argument(help: "The document's id.")
    var id: String

    @Option(help: "The text (default: all of standard input).")
    var text: String?

    @Option(help: "The title.")
    var title: String?

    @Option(help: "Where the text is from.")
    var source: String = ""

    @Option(
        name: .customLong("metadata"),
        help: ArgumentHelp(
            """
            A field of metadata; may be given again. What is written as JSON writes numbers, true, false and null is taken as such, \
            everything else is text; name:=JSON gives any JSON value.
            """, valueName: "name=value"))
    var fields: [MetadataField] = []

    @OptionGroup(title: "Encoder") var family: EncoderFamilyOptions
    @OptionGroup(title: "Encoder") var encoding: EncoderOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if id.allSatisfy(\.isWhitespace) {
            throw ValidationError("The id is empty: give the document a name of its own.")
        }
        var names: Set<String> = []
        if let twice = fields.first(where: { !names.insert($0.name).inserted }) {
            throw ValidationError(
                "The metadata field '\(twice.name)' is given twice, which may look different where letters have accents; give it once."
            )
        }
    }

    func run() async throws {
        let text = try text ?? PutCommand.standardInput()
        guard !text.allSatisfy(\.isWhitespace) || title?.allSatisfy(\.isWhitespace) == false else {
            throw AkinError(.invalidData, "Document '\(id)' has neither a text nor a title, so nothing was stored.")
        }
        let document = Document(
            id: id, title: title, text: text, source: source,
            metadata: Dictionary(fields.map { ($0.name, $0.value) }) { _, last in last })
        let summary = try await store.withDatabase(.create, configuration: encoding.configuration(family: family)) {
            try await $0.put([document])
        }
        output.talk.notes(summary.notes)
        if output.json {
            try StandardOutput.printJSON(summary)
        } else if !output.talk.quiet {
            let change = summary.added > 0 ? "added" : summary.updated > 0 ? "replaced" : "unchanged"
            try StandardOutput.print([
                "\(String(DisplayText.oneLine(id))): \(change), \(Figures.count(summary.passages, "passage"))"
            ])
        }
    }

    private static func standardInput() throws -> String {
        var bytes: [UInt8] = []
        do {
            while let block = try FileHandle.standardInput.read(upToCount: 1 << 20), !block.isEmpty {
                bytes.append(contentsOf: block)
            }
        } catch {
            throw AkinError(.inputOutput, "Standard input cannot be read.", cause: error)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AkinError(
                .invalidData, "Standard input is not valid UTF-8; convert it, for example with iconv -t UTF-8.")
        }
        return ByteOrderMark.removed(from: text)
    }
}
