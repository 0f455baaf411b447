import AkinCore
import AkinEncoder

extension WordVectors {
    /// Writes a file under a passing name and gives it its own when it is complete.
    ///
    /// Text holds each component in the shortest form that reads back as the same float.
    ///
    /// - Parameter format: nil goes by the name: `.vec` and `.txt` for word2vec's text, `.bin` for its binary, `.npy`, `.akin`.
    /// - Throws: `AkinError`: `.invalidArgument` for a format that is only read, `.invalidData` for a word that the format cannot hold,
    ///   `.cannotCreate` or `.inputOutput` when the disk refuses.
    public func write(to path: String, format: WordVectorFileFormat? = nil) throws {
        guard let format = format ?? WordVectorFileFormat(writing: path) else {
            throw AkinError(.invalidArgument, "The name \(path) does not say what to write: name a format, or end it in .akin, .vec or .bin.")
        }
        switch format {
        case .npy: throw AkinError(.invalidArgument, "npy")
        case .akin: try embeddings.write(to: path, format: .akin)
        case .word2vecText: try embeddings.write(to: path, format: .word2vecText)
        case .word2vecBinary: try embeddings.write(to: path, format: .word2vecBinary)
        case .glove: try embeddings.write(to: path, format: .gloVe)
        case .fasttextVec: try embeddings.write(to: path, format: .fastTextText)
        case .fasttextModel: try embeddings.write(to: path, format: .fastTextModel)
        }
    }
}

extension WordVectorFileFormat {
    /// The form that a file's name stands for when one is written.
    public init?(writing path: String) {
        switch path.lowercased().split(separator: "/").last?.split(separator: ".").last {
        case "vec", "txt": self = .word2vecText
        case "bin": self = .word2vecBinary
        case "npy": self = .npy
        case "akin": self = .akin
        default: return nil
        }
    }
}
