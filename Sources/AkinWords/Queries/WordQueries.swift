import AkinCore
import AkinVectors

/// Questions to word vectors by cosine.
///
/// Making one measures every vector once; a question then costs words × dimension multiplications.
package struct WordQueries: Sendable {
    package let embeddings: WordEmbeddings
    /// Only words of a lower rank are answers; the rarer ones are often noise.
    package let limit: Int
    // 1 / length of each vector; 0 for a vector of zeros
    private let scales: [Float]

    /// A word and how near it is.
    package struct Neighbor: Sendable {
        package let index: Int
        package let score: Float
    }

    /// What an analogy is scored by.
    package enum AnalogyMethod: String, Sendable, CaseIterable {
        /// cos(x, b − a + c) (Mikolov, Yih and Zweig 2013).
        case additive = "add"
        /// cos(x, b)·cos(x, c) / (cos(x, a) + ε), each cosine moved to 0 … 1 (Levy and Goldberg 2014).
        case multiplicative = "mul"
    }

    package init(_ embeddings: WordEmbeddings, limit: Int? = nil) {
        self.embeddings = embeddings
        self.limit = min(limit ?? embeddings.count, embeddings.count)
        let vectors = embeddings.vectors
        scales = unsafe vectors.withUnsafePointer { base in
            (0..<vectors.rows).map { row in
                let squares = unsafe VectorMath.dot(
                    base + row * vectors.columns, base + row * vectors.columns, vectors.columns)
                return squares > 0 ? 1 / squares.squareRoot() : 0
            }
        }
    }

    /// The word as it is, else in lower case, where it has a vector of its own or one by its n-grams.
    package func unitVector(of word: String) -> [Float]? {
        for form in [word, word.lowercased()] {
            if let index = embeddings.index(of: form) { return VectorMath.unit(embeddings.vectors.row(index)) }
        }
        return embeddings.vector(of: word).map(VectorMath.unit)
    }

    /// The rank of a word as it is, else in lower case.
    package func index(of word: String) -> Int? {
        embeddings.index(of: word) ?? embeddings.index(of: word.lowercased())
    }

    /// - Throws: `AkinError(.notFound)` for a word without a vector.
    package func known(_ word: String) throws -> [Float] {
        guard let vector = unitVector(of: word) else {
            let reason = embeddings.subwords == nil ? "" : ", nor has any of its n-grams"
            throw AkinError(.notFound, "\"\(word)\" has no vector\(reason).")
        }
        return vector
    }

    /// The words nearest to a vector, best first, `excluding` some ranks.
    package func nearest(to vector: [Float], count: Int, excluding: Set<Int> = []) -> [Neighbor] {
        let query = VectorMath.unit(vector)
        var best = TopSelection(capacity: count)
        embeddings.vectors.forEachProduct(with: query, rows: limit) { index, product in
            if scales[index] > 0, !excluding.contains(index) { best.offer(id: index, score: product * scales[index]) }
        }
        return best.sorted().map { Neighbor(index: $0.id, score: $0.score) }
    }

    package func neighbors(of word: String, count: Int) throws -> [Neighbor] {
        nearest(to: try known(word), count: count, excluding: Set([index(of: word)].compactMap { $0 }))
    }

    /// The cosine of two words.
    package func similarity(_ first: String, _ second: String) throws -> Float {
        VectorMath.dot(try known(first), try known(second))
    }

    /// What is to c as b is to a; the three words themselves are left out.
    package func analogy(_ a: String, _ b: String, _ c: String, method: AnalogyMethod, count: Int) throws -> [Neighbor]
    {
        let vectors = (try known(a), try known(b), try known(c))
        let excluding = Set([a, b, c].compactMap(index))
        switch method {
        case .additive:
            let target = vectors.0.indices.map { vectors.1[$0] - vectors.0[$0] + vectors.2[$0] }
            return nearest(to: target, count: count, excluding: excluding)
        case .multiplicative:
            let matrix = embeddings.vectors
            var scores = [Float](repeating: 0, count: limit)
            func shifted(_ product: Float, _ index: Int) -> Float { (1 + product * scales[index]) / 2 }
            matrix.forEachProduct(with: vectors.1, rows: limit) { scores[$0] = shifted($1, $0) }
            matrix.forEachProduct(with: vectors.2, rows: limit) { scores[$0] *= shifted($1, $0) }
            matrix.forEachProduct(with: vectors.0, rows: limit) { scores[$0] /= shifted($1, $0) + Self.epsilon }
            var best = TopSelection(capacity: count)
            for index in 0..<limit where scales[index] > 0 && !excluding.contains(index) {
                best.offer(id: index, score: scores[index])
            }
            return best.sorted().map { Neighbor(index: $0.id, score: $0.score) }
        }
    }

    /// Keeps a quotient finite (Levy and Goldberg 2014, section 6; the value of gensim).
    static let epsilon: Float = 1e-6

    /// The word that is farthest from the mean of all, and each word's cosine to it.
    package func oddOneOut(_ words: [String]) throws -> [(word: String, similarity: Float)] {
        guard words.count >= 3 else {
            throw AkinError(.invalidArgument, "The odd one out is found among three words or more.")
        }
        let vectors = try words.map(known)
        var mean = [Float](repeating: 0, count: embeddings.dimension)
        for vector in vectors {
            for component in mean.indices { mean[component] += vector[component] / Float(words.count) }
        }
        let unit = VectorMath.unit(mean)
        return zip(words, vectors).map { ($0, VectorMath.dot($1, unit)) }
    }

    /// Answers many analogies at a time: for each the best rank except its own three, by products of whole matrices.
    package func analogyAnswers(_ questions: [(a: Int, b: Int, c: Int)], method: AnalogyMethod, threads: Int) throws
        -> [Int?]
    {
        let block = 64
        let blocks = (questions.count + block - 1) / block
        return try Parallel.map(Array(0..<blocks), threads: threads) { number -> [Int?] in
            let part = questions[number * block..<min(questions.count, (number + 1) * block)]
            let ranks = part.flatMap { [$0.a, $0.b, $0.c] }
            var queries = embeddings.vectors.gathered(ranks)
            queries.normalizeRows()
            var bests = [(index: Int, score: Float)?](repeating: nil, count: part.count)
            for start in stride(from: 0, to: limit, by: 4096) {
                let end = min(limit, start + 4096)
                let products = queries.products(with: embeddings.vectors, rows: start..<end)
                for (place, question) in part.enumerated() {
                    let (a, b, c) = (products.row(3 * place), products.row(3 * place + 1), products.row(3 * place + 2))
                    for offset in 0..<end - start {
                        let (index, scale) = (start + offset, scales[start + offset])
                        let cosines = (a[offset] * scale, b[offset] * scale, c[offset] * scale)
                        let score =
                            method == .additive
                            ? cosines.1 - cosines.0 + cosines.2
                            : (1 + cosines.1) * (1 + cosines.2) / (2 * (1 + cosines.0 + 2 * Self.epsilon))
                        if score > bests[place]?.score ?? -.infinity, index != question.a, index != question.b,
                            index != question.c
                        {
                            bests[place] = (index, score)
                        }
                    }
                }
            }
            return bests.map { $0?.index }
        }.flatMap { $0 }
    }
}
