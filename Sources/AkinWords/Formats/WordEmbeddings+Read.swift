package import AkinCore

extension WordEmbeddings {
    /// Reads a file of word vectors.
    ///
    /// The file is mapped. Its vectors are copied into one matrix, except in Akin's own format, which is used in place.
    ///
    /// - Parameter format: nil goes by the file's first bytes.
    /// - Throws: `AkinError(.invalidArgument)` for NumPy's array, whose words are in another file, `.noInput` when there is no such file, `.invalidData` when it is damaged: cut short,
    ///   numbers that are not, sizes that the file cannot hold, no word that is UTF-8.
    package static func read(_ path: String, format: WordVectorFileFormat? = nil) throws -> ReadVectors {
        let file = try WordVectorFile(path: path)
        switch try format ?? file.format() {
        case .akin: return ReadVectors(embeddings: try WordEmbeddings(packed: path))
        case .word2vecText, .fasttextVec: return try TextVectorReader(file: file).read(hasHeader: true)
        case .glove: return try TextVectorReader(file: file).read(hasHeader: false)
        case .word2vecBinary: return try BinaryVectorReader(file: file).read()
        case .fasttextModel: return try FastTextModelReader.read(file)
        case .npy: throw AkinError(.invalidArgument, "The words of \(path) are in another file: read it with them.")
        }
    }
}
