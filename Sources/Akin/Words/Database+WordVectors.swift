import AkinWords
import AkinCore
import AkinStore

extension Database {
    /// The word vectors that were trained on the documents of this store.
    ///
    /// - Throws: `AkinError(.notFound)` when the store has none.
    public func wordVectors() async throws -> WordVectors {
        try await offload { [self] in
            try store.read { reader in
                guard let space = try wordSpace(reader),
                    let data = try reader.wordModel(space: space.id)
                else {
                    throw AkinError(
                        .notFound, "\(path) has no word vectors of its own.", remedy: .give(.wordVectors))
                }
                return WordVectors(WordEmbeddings(try EncoderResolver.wordModel(data)))
            }
        }
    }
}
