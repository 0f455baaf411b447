/// A format of files of word vectors.
public enum WordVectorFileFormat: String, Sendable, CaseIterable, Codable {
    /// Akin's own, mapped in place: quick to open, with counts and n-grams.
    case akin
    /// word2vec's text: a line with the number of words and of components, then a line a word.
    case word2vecText = "word2vec-text"
    /// word2vec's binary format.
    case word2vecBinary = "word2vec-bin"
    /// GloVe's text: a line a word and no first line; words may hold spaces.
    case glove
    /// fastText's `.vec`, the same as word2vec's text.
    case fasttextVec = "fasttext-vec"
    /// fastText's `.bin` and `.ftz`, with their n-grams; read only.
    case fasttextModel = "fasttext-bin"
    /// NumPy's array, with the words in a text file of the same name that ends in `.txt`, a line each.
    case npy

    /// The form that a file's name stands for when one is written.
    public init?(writing path: String) {
        switch path.lastPathPart?.nameExtension?.lowercased() {
        case "vec", "txt": self = .word2vecText
        case "bin": self = .word2vecBinary
        case "npy": self = .npy
        case "akin": self = .akin
        default: return nil
        }
    }
}
