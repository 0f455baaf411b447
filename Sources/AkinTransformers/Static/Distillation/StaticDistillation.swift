import AkinTokenizers
import AkinCore
package import AkinVectors
import Foundation

/// Texts with the vectors that the teacher gave them: what a static model is fitted to.
package struct DistillationTargets: Sendable {
    package var texts: [String]
    /// (texts, teacher's dimension), rows of unit length.
    package var vectors: Matrix

    package init(texts: [String], vectors: Matrix) {
        precondition(texts.count == vectors.rows)
        (self.texts, self.vectors) = (texts, vectors)
    }
}

/// Distils a static model from a network.
///
/// The teacher's vector of each token alone, less their mean, is where the token starts (Tulkens and van Dongen 2024,
/// "Model2Vec"). Tokens count by their smooth inverse frequency in the corpus (Arora, Liang and Ma 2017), and words
/// that the corpus has often are tokens of their own. Then the rows are moved, as little as needed, so that the
/// weighted sums of texts come close to the teacher's vectors of those texts: a ridge regression over sparse bags of
/// tokens.
package struct StaticDistillation: Sendable {
    /// Defaults chosen on cranfield, fitted to 400 of its abstracts, by nDCG@10 of all.
    package struct Options: Sendable {
        /// Components of a vector: directions in which the teacher's vectors of the texts spread most. (128: .349, 256:
        /// .350, all 384: .348.)
        package var dimension = 256
        /// The a of the weight a / (a + p). (.003: .346, .001: .348, .0003: .335.)
        package var sifParameter = 3e-3
        /// The penalty on moving rows, where the bags of texts have about unit length. (.02: .349, .05: .346, .1:
        /// .346.)
        package var penalty: Float = 0.05
        package var iterations = 20
        /// Words of several tokens that become tokens. (None: .339, 819 of them: .346.)
        package var wordLimit = 5_000
        package var minimumWordCount = 3
        package var threads = 1

        package init() {}
    }

    /// The result of a distillation.
    package struct Outcome: Sendable {
        package let model: StaticModel
        package let tokens: Int
        package let addedWords: Int
        package let fittedTexts: Int
        /// Mean cosine of the fitted texts' vectors to the teacher's, in the model's space.
        package let fit: Double
    }

    package typealias Progress = @Sendable (_ phase: String, _ fraction: Double) -> Void

    let teacher: any DistillationTeacher
    let options: Options

    /// Where the teacher's vectors of its vocabulary are kept for the next distillation; nil keeps none.
    let cache: PackedModelCache?

    package init(teacher: any DistillationTeacher, options: Options = Options(), cache: PackedModelCache? = nil) {
        (self.teacher, self.options, self.cache) = (teacher, options, cache)
    }

    /// - Parameters:
    ///   - corpus: visits every text, in the same order each time; called twice.
    ///   - progress: called now and then.
    /// - Throws: `AkinError(.noInput)` for a corpus without tokens, `.invalidArgument` for options out of range, and
    ///   what `corpus` throws.
    /// - Complexity: the teacher's forward pass over its vocabulary, two passes of the tokenizer over the corpus, and
    ///   80 multiplications for each token of the targets and component.
    package func run(
        corpus: (_ body: (String) throws -> Void) throws -> Void, targets: DistillationTargets,
        progress: Progress? = nil
    ) throws -> Outcome {
        try validate()
        progress?("counting tokens", 0)
        let known = try teacher.wordPieceTokenizer()
        let words = try CorpusTokens(corpus, tokenizer: known)
            .frequentWords(minimumCount: options.minimumWordCount, limit: options.wordLimit)
        let tokenizer = try known.adding(words: words.map { known.word(ofPieces: $0) })
        let counts = try CorpusTokens(corpus, tokenizer: tokenizer)
        guard counts.total > 0 else {
            throw AkinError(
                .noInput,
                "The texts have no word that \(teacher.identity.name) knows, so there is nothing to distil for.")
        }

        let starts = try startingRows(vocabularySize: known.vocabularySize, words: words, progress)
        progress?("fitting", 0)
        let projection = directions(of: targets.vectors, and: starts)
        var rows = starts.multipliedByTranspose(of: projection)
        let weights = counts.counts.map { count in
            Float(options.sifParameter / (options.sifParameter + Double(count) / Double(counts.total)))
        }
        for row in 0..<rows.rows { rows.setRow(row, rows.row(row).map { $0 * weights[row] }) }
        var (bags, goals) = bags(of: targets, tokenizer: tokenizer, projection: projection, rows: rows)
        if bags.rows > 0 { try fit(&rows, weights, &bags, goals) }
        progress?("fitting", 1)
        let model = StaticModel(
            tokenizer: tokenizer, embeddings: rows, mapping: nil, weights: nil, normalizes: true, maximumTokens: nil,
            teacher: StaticModel.Teacher(
                name: teacher.identity.name, fingerprint: teacher.identity.fingerprint, path: teacher.folder.path,
                precision: teacher.precision.rawValue),
            projection: projection)
        // The model as it will be read back, because half precision changes the last bits.
        return Outcome(
            model: try StaticModel(serialized: model.serialized()), tokens: tokenizer.vocabularySize,
            addedWords: words.count,
            fittedTexts: bags.rows, fit: Self.meanCosine(bags.multiplied(by: rows), goals))
    }

    private func validate() throws {
        func require(_ holds: Bool, _ message: String) throws {
            guard holds else { throw AkinError(.invalidArgument, "Distilling needs \(message).") }
        }
        try require((1...65_536).contains(options.dimension), "a dimension from 1 to 65536, not \(options.dimension)")
        try require(options.wordLimit >= 0, "0 or more words, not \(options.wordLimit)")
        try require(options.sifParameter > 0 && options.penalty > 0, "a positive SIF parameter and penalty")
    }

    /// The teacher's vector of each token and of each added word, less their mean, at unit length. Shape: (tokens,
    /// teacher's dimension).
    private func startingRows(vocabularySize: Int, words: [[Int32]], _ progress: Progress?) throws -> Matrix {
        let store = cache.map { PackedVocabularyRows(teacher, vocabularySize: vocabularySize, cache: $0) }
        let known = store?.read()
        let tokens = try known ?? vectors(of: (0..<vocabularySize).map { [Int32($0)] }, progress)
        if known == nil { store?.publish(tokens) }
        var rows = words.isEmpty ? tokens : Matrix.stacked([tokens, try vectors(of: words, nil)])
        let mean = rows.meanRow()
        for row in 0..<rows.rows { rows.setRow(row, VectorMath.normalized(zip(rows.row(row), mean).map { $0 - $1 })) }
        return rows
    }

    /// The teacher's vectors of sequences of tokens.
    private func vectors(of sequences: [[Int32]], _ progress: Progress?) throws -> Matrix {
        var parts: [Matrix] = []
        let slice = 2048
        for first in stride(from: 0, to: sequences.count, by: slice) {
            progress?("encoding the vocabulary", Double(first) / Double(sequences.count))
            let part = Array(sequences[first..<min(first + slice, sequences.count)])
            parts.append(try teacher.vectors(ofTokens: part, threads: options.threads))
        }
        return Matrix.stacked(parts)
    }

    /// The directions in which the texts' vectors spread most, and where those are few, the tokens'. Shape: (dimension,
    /// teacher's).
    private func directions(of vectors: Matrix, and tokens: Matrix) -> Matrix {
        // Tokens have a tenth of the weight of all texts together.
        let scale = (0.1 * Float(max(vectors.rows, 1)) / Float(tokens.rows)).squareRoot()
        var scaled = tokens
        for row in 0..<scaled.rows { scaled.setRow(row, scaled.row(row).map { $0 * scale }) }
        let sample = vectors.rows > 0 ? Matrix.stacked([vectors, scaled]) : scaled
        return PrincipalComponents(of: sample, count: min(options.dimension, tokens.columns)).directions
    }

    /// The bags of the targets' tokens, each scaled so that the sum of its starting rows has unit length, and the
    /// vectors that they should give. Texts without known tokens are left out.
    private func bags(
        of targets: DistillationTargets, tokenizer: WordPieceTokenizer, projection: Matrix, rows: Matrix
    ) -> (bags: SparseRows, goals: Matrix) {
        let goals = targets.vectors.multipliedByTranspose(of: projection)
        var bags = SparseRows(columns: tokenizer.vocabularySize)
        var kept: [Int] = []
        for (index, text) in targets.texts.enumerated() {
            // The teacher read no more of a long text than its limit.
            let ids = tokenizer.plainTokens(text, maximumTokens: teacher.maximumTokens).ids
            let sum = rows.sum(ofRows: ids)
            let length = VectorMath.dot(sum, sum).squareRoot()
            guard length > 1e-6 else { continue }
            bags.append(ids.map { (column: $0, value: 1 / length) })
            kept.append(index)
        }
        return (bags, goals.gathered(kept))
    }

    /// Moves the rows of the tokens that occur. A row moves by its weight times the result of the regression over
    /// weighted bags, so that frequent words do not take all of the change.
    private func fit(_ rows: inout Matrix, _ weights: [Float], _ bags: inout SparseRows, _ goals: Matrix) throws {
        let used = bags.usedColumns()
        var weighted = bags.keeping(used)
        weighted.scaleColumns(by: used.map { weights[Int($0)] })
        var rest = goals
        rest.subtract(bags.multiplied(by: rows))
        let moves = try RidgeRegression.solve(
            weighted, targets: rest, penalty: options.penalty, iterations: options.iterations, threads: options.threads)
        for (place, token) in used.enumerated() {
            let weight = weights[Int(token)]
            rows.setRow(Int(token), zip(rows.row(Int(token)), moves.row(place)).map { $0 + weight * $1 })
        }
    }

    private static func meanCosine(_ sums: Matrix, _ goals: Matrix) -> Double {
        guard sums.rows > 0 else { return 0 }
        let total = (0..<sums.rows).reduce(0.0) {
            $0 + Double(VectorMath.dot(VectorMath.normalized(sums.row($1)), VectorMath.normalized(goals.row($1))))
        }
        return total / Double(sums.rows)
    }
}
