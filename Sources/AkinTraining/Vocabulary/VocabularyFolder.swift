import AkinCore
package import AkinTokenizers
import AkinVectors
package import Foundation

/// A folder with a vocabulary in the files that a BERT model's folder has for it.
package enum VocabularyFolder {
    /// Files that say that a folder is a model's: its rows and its vocabulary belong together.
    private static let modelFiles = ["config.json", "model.safetensors", "pytorch_model.bin", "tokenizer.json"]

    /// Refuses a folder that a vocabulary must not be written into.
    ///
    /// - Throws: `AkinError(.cannotCreate)`.
    package static func requireWritable(_ folder: URL) throws {
        if let status = FileStatus(of: folder.path), status.kind != .folder {
            throw AkinError(
                .cannotCreate, "\(folder.path) is \(status.kind.rawValue); name a folder for the vocabulary.")
        }
        if let file = modelFiles.first(where: { FileStatus(of: folder.appending(path: $0).path) != nil }) {
            throw AkinError(
                .cannotCreate,
                "\(folder.path) holds \(file) of a model, whose vocabulary belongs to its weights; name another folder."
            )
        }
    }

    /// Writes `vocab.txt` and `tokenizer_config.json`, each whole or not at all, and reads them again.
    ///
    /// - Throws: `AkinError(.cannotCreate)` and `.inputOutput`.
    package static func write(_ entries: [String], options: VocabularyOptions, to folder: URL) throws
        -> WordPieceTokenizer
    {
        try requireWritable(folder)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw AkinError(.cannotCreate, "The folder \(folder.path) cannot be created.", cause: error)
        }
        var settings = JSONWriter(escaping: .required)
        settings.syntax(#"{"tokenizer_class":"BertTokenizer","do_lower_case":"#)
        settings.bool(options.lowercases)
        settings.syntax(#","strip_accents":null,"tokenize_chinese_chars":true,"model_max_length":512,"#)
        settings.syntax(#""pad_token":"[PAD]","unk_token":"[UNK]","cls_token":"[CLS]","sep_token":"[SEP]","#)
        settings.syntax(#""mask_token":"[MASK]"}"#)
        settings.newline()
        try write(settings.bytes, to: folder.appending(path: "tokenizer_config.json"))
        try write(Array(entries.map { $0 + "\n" }.joined().utf8), to: folder.appending(path: "vocab.txt"))
        return try WordPieceTokenizer(folder: folder)
    }

    private static func write(_ bytes: [UInt8], to file: URL) throws {
        let output = try TemporaryFile(besides: file.path)
        try unsafe bytes.withUnsafeBytes { try unsafe output.write($0) }
        try output.publish()
    }
}
