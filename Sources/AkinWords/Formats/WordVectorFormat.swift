/// A format of files of word vectors.
package enum WordVectorFormat: String, Sendable, CaseIterable {
    /// Akin's own, mapped in place: quick to open, with n-grams and counts.
    case akin
    /// Word2vec's text: a line of the number of words and of components, then a line a word.
    case word2vecText = "word2vec-text"
    /// Word2vec's binary: the same first line, then each word, a space, and its components as floats.
    case word2vecBinary = "word2vec-bin"
    /// GloVe's text: a line a word, no first line; words may hold spaces.
    case gloVe = "glove"
    /// fastText's `.vec`, the same as word2vec's text.
    case fastTextText = "fasttext-vec"
    /// fastText's model, `.bin` or `.ftz`, with its n-grams; read only.
    case fastTextModel = "fasttext-bin"
}
