extension WordPieceTokenizer {
    /// Whether each token continues a word, by id.
    package var continuations: [Bool] {
        var continues = [Bool](repeating: false, count: vocabularySize)
        let prefix = Array(configuration.continuingPrefix.utf8)
        vocabulary.forEach { id, token in
            if token.count > prefix.count, token.starts(with: prefix) { continues[Int(id)] = true }
        }
        return continues
    }

    /// The word that pieces make up.
    package func word(ofPieces pieces: [Int32]) -> String {
        let prefix = configuration.continuingPrefix
        return pieces.enumerated().reduce(into: "") { word, piece in
            let text = token(piece.element)
            word += piece.offset > 0 && text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
        }
    }
}
