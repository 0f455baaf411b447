import AkinCore

extension WordEmbeddings {
    /// Reads a file of word vectors.
    ///
    /// The file is mapped. Its vectors are copied into one matrix, except in Akin's own format, which is used in place.
    ///
    /// - Parameter format: nil goes by the file's first bytes.
    /// - Throws: `AkinError(.noInput)` when there is no such file, `.invalidData` when it is damaged: cut short,
    ///   components that are not numbers, sizes that the file cannot hold, or no word in UTF-8.
    package static func read(_ path: String, format: WordVectorFormat? = nil) throws -> ReadVectors {
        let file = try WordVectorFile(path: path)
        switch try format ?? file.format() {
        case .akin: return ReadVectors(embeddings: try WordEmbeddings(packed: path))
        case .word2vecText, .fastTextText: return try TextVectorReader(file: file).read(hasHeader: true)
        case .gloVe: return try TextVectorReader(file: file).read(hasHeader: false)
        case .word2vecBinary: return try BinaryVectorReader(file: file).read()
        case .fastTextModel: return try FastTextModelReader.read(file)
        }
    }
}
