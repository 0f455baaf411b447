import Akin
import AkinCore
import AkinText
import ArgumentParser
import Foundation

/// How input files are read and their texts are cut.
struct RecordOptions: ParsableArguments {
    @OptionGroup var fields: RecordFieldOptions

    @Option(
        name: .customLong("convert"),
        help: ArgumentHelp(
            """
            Read files with an extension by a command that writes text or HTML, {} being the file's path; may be given again.
            """,
            valueName: "ext=command {}"))
    var converters: [ConverterOption] = []

    @OptionGroup var chunks: ChunkOptions

    /// The readers of documents, mail and archives.
    var readers: [any FileReader] {
        [
            ReaderProgram(
                at: ReaderLocation.path,
                converters: Dictionary(converters.map { ($0.extensionName, $0.command) }, uniquingKeysWith: { $1 }),
                searchPath: ProcessInfo.processInfo.environment["PATH"])
        ]
    }

    func options(prune: Bool = false, selection: FileSelection = FileSelection()) -> IndexingOptions {
        var options = IndexingOptions(
            chunkTokens: chunks.chunkTokens, chunkOverlap: chunks.chunkOverlap, prune: prune, selection: selection)
        fields.apply(to: &options)
        return options
    }
}

/// Which format input files have, and where their records have what.
struct RecordFieldOptions: ParsableArguments {
    @Option(help: "The format of all input (default: found from each file's name).")
    var format: TextFormat?

    @Option(help: ArgumentHelp("The field of a record that is its id (default: id).", valueName: "name"))
    var idField: String?

    @Option(
        help: ArgumentHelp(
            "The field of a record that is its text (default: text, and the usual names for it).", valueName: "name"))
    var textField: String?

    @Option(help: ArgumentHelp("The field of a record that is its title (default: title).", valueName: "name"))
    var titleField: String?

    @Option(
        name: .customLong("metadata-field"),
        help: ArgumentHelp(
            "A field to keep as metadata; may be given again (default: all other fields).", valueName: "name"))
    var metadataFields: [String] = []

    /// Whether nothing was said.
    var isEmpty: Bool {
        format == nil && idField == nil && textField == nil && titleField == nil && metadataFields.isEmpty
    }

    func apply(to options: inout IndexingOptions) {
        options.format = format
        options.idField = idField
        options.textField = textField
        options.titleField = titleField
        options.metadataFields = metadataFields.isEmpty ? nil : metadataFields
    }
}

/// How texts are cut into passages.
struct ChunkOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            The most tokens of a passage; 0 keeps each document whole, cut at the model's limit (default: the database's own, else the \
            encoder's).
            """,
            valueName: "n"))
    var chunkTokens: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Tokens that neighbouring passages share (default: an eighth of --chunk-tokens).", valueName: "n"))
    var chunkOverlap: Int?

    func validate() throws {
        if let chunkTokens, chunkTokens < 0 {
            throw ValidationError("--chunk-tokens must be 0 or more, not \(chunkTokens).")
        }
        guard let chunkOverlap else { return }
        guard chunkOverlap >= 0 else {
            throw ValidationError("--chunk-overlap must be 0 or more, not \(chunkOverlap).")
        }
        if let chunkTokens, chunkTokens > 0, chunkOverlap >= chunkTokens {
            throw ValidationError(
                "--chunk-overlap (\(chunkOverlap)) must be smaller than --chunk-tokens (\(chunkTokens)).")
        }
    }
}

/// A converter as it is written: an extension, `=`, and a command with `{}` for the file's path.
struct ConverterOption: ExpressibleByArgument {
    let extensionName: String
    let command: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let name = parts.first?.drop(while: { $0 == "." }), !name.isEmpty,
            !name.contains(where: { $0 == "." || $0 == "/" || $0.isWhitespace })
        else { return nil }
        extensionName = name.lowercased()
        command = String(parts[1])
        guard (try? FileConverter(command: command)) != nil else { return nil }
    }
}

/// Where the program is that reads documents: beside this one.
enum ReaderLocation {
    static var path: String {
        let own = Bundle.main.executableURL?.resolvingSymlinksInPath() ?? URL(filePath: CommandLine.arguments[0])
        return own.deletingLastPathComponent().appending(path: "akin-reader").path
    }
}
