package import AkinTokenizers
package import AkinVectors

/// An encoder that static models can be distilled from: it has a vector for each sequence of tokens, and a tokenizer
/// whose vocabulary can be given more words.
package protocol DistillationTeacher: FolderEncoder {
    /// - Throws: `AkinError(.incompatible)` where its tokenizer has no vocabulary of word pieces.
    func wordPieceTokenizer() throws -> WordPieceTokenizer

    /// The vectors of sequences of tokens, as if each were a text without a prompt. Shape: (sequences, dimension).
    ///
    /// - Throws: `AkinError(.invalidArgument)` for ids outside the vocabulary.
    func vectors(ofTokens sequences: [[Int32]], threads: Int) throws -> Matrix
}
