import Akin
import AkinCore
import ArgumentParser

/// How input files are read and their texts are cut.
struct RecordOptions: ParsableArguments {
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

    @OptionGroup var chunks: ChunkOptions

    func options(prune: Bool = false, selection: FileSelection = FileSelection()) -> IndexingOptions {
        IndexingOptions(
            format: format, idField: idField, textField: textField, titleField: titleField,
            metadataFields: metadataFields.isEmpty ? nil : metadataFields,
            chunkTokens: chunks.chunkTokens, chunkOverlap: chunks.chunkOverlap, prune: prune,
            selection: selection)
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
