import AkinWords
import AkinCore
import AkinVectors
import Foundation

extension WordVectors {
    /// Reads a file of word vectors.
    ///
    /// Akin's own format is used in place; of all others the vectors are copied into memory.
    ///
    /// - Parameters:
    ///   - format: nil goes by the file's first bytes.
    ///   - words: the list of words of a `.npy` file, a line each; nil takes the file of the same name that ends in
    ///     `.txt`.
    /// - Throws: `AkinError`: `.noInput` when there is no such file, `.invalidData` when it is damaged: cut short,
    ///   components that are not numbers, sizes that the file cannot hold, or no word in UTF-8.
    public init(contentsOf path: String, format: WordVectorFileFormat? = nil, words: String? = nil) throws {
        let isNPY = format == .npy || format == nil && path.lowercased().hasSuffix(".npy")
        let read =
            try isNPY ? Self.readNPY(path, words: words) : WordEmbeddings.read(path, format: format)
        self.init(read.embeddings, repeatedWords: read.duplicates, unreadableWords: read.unreadable)
    }

    private static func readNPY(_ path: String, words: String?) throws -> ReadVectors {
        let list = words ?? (path as NSString).deletingPathExtension + ".txt"
        guard FileManager.default.fileExists(atPath: list) else {
            throw AkinError(
                .noInput, "The words of \(path) are looked for in \(list), which does not exist: name their file.")
        }
        let file = try VectorFile(path: path, format: .npy, ids: list)
        var (names, values) = ([String](), [Float]())
        while let entry = try file.next() {
            switch entry {
            case .record(let record, _, _):
                names.append(record.id)
                values.append(contentsOf: record.vector)
            case .problem(let problem):
                throw AkinError(.invalidData, "\(problem.path): \(problem.message)", remedy: problem.remedy)
            }
        }
        return ReadVectors(joining: names, values: values, dimension: file.dimension ?? 0)
    }

    /// Writes a file under a temporary name and renames it when it is complete.
    ///
    /// Text holds each component in the shortest form that reads back as the same float. Beside a `.npy` file a `.txt`
    /// file of the same name gets the words, a line each.
    ///
    /// - Parameter format: nil goes by the name: `.vec` and `.txt` for word2vec's text, `.bin` for its binary, `.npy`,
    ///   `.akin`.
    /// - Throws: `AkinError`: `.invalidArgument` for a format that is only read, `.invalidData` for a word that the
    ///   format cannot hold, `.cannotCreate` or `.inputOutput` when the file cannot be written.
    public func write(to path: String, format: WordVectorFileFormat? = nil) throws {
        guard let format = format ?? WordVectorFileFormat(writing: path) else {
            throw AkinError(
                .invalidArgument,
                "The name \(path) does not say what to write: name a format, or end it in .akin, .vec, .bin or .npy.")
        }
        try embeddings.write(to: path, format: format)
    }
}
