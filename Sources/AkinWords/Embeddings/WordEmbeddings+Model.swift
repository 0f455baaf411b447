import AkinVectors

extension WordEmbeddings {
    /// The words and n-grams of a model that was trained on a store's documents.
    package init(_ model: WordVectorModel) {
        self.init(
            table: model.vocabulary.table, vectors: model.wordVectors, counts: model.vocabulary.counts,
            subwords: model.buckets.isEmpty
                ? nil
                : SubwordVectors(hashing: model.hashing, buckets: model.buckets, rows: .matrix(model.bucketVectors)))
    }
}
