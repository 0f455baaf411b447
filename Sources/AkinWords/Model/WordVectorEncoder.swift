package import AkinCore
package import AkinVectors
import Crypto
package import Foundation
import Synchronization

/// Turns texts into vectors with a trained word-vector model: the fallback when no BERT model is installed.
///
/// A text's vector is the SIF-weighted mean of its words' vectors less the first principal component, at unit length
/// (Arora, Liang and Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings"). Unknown words are
/// represented by their character n-grams. A text without any word that the model can place has the zero row, and so
/// has one whose mean lies along that component. Queries and passages are treated alike.
package final class WordVectorEncoder: TrainedEncoder {
    package let model: WordVectorModel
    package let identity: EncoderIdentity

    package var maximumTokens: Int { Int.max }
    package var overheadTokens: Int { 0 }

    package init(model: WordVectorModel, name: String) {
        self.model = model
        let digest = SHA256.hash(data: model.serialized())
        let fingerprint = digest.map { String(format: "%02x", $0) }.joined()
        identity = EncoderIdentity(name: name, kind: .words, fingerprint: fingerprint, dimension: model.dimension)
    }

    package func encode(_ texts: [String], role: TextRole, threads: Int) throws -> EncodedTexts {
        let parts = Mutex<[Int: [WordVectorModel.Composition]]>([:])
        Parallel.ranges(texts.count, threads: threads) { range in
            let part = texts[range].map(vector)
            parts.withLock { $0[range.lowerBound] = part }
        }
        let encoded = parts.withLock { parts in parts.sorted { $0.key < $1.key }.flatMap(\.value) }
        var vectors = Matrix(rows: texts.count, columns: model.dimension)
        for (row, text) in encoded.enumerated() { vectors.setRow(row, text.mean) }
        return EncodedTexts(
            vectors: vectors, tokenCounts: encoded.map(\.tokens), unknownCounts: encoded.map(\.unknown),
            truncated: texts.map { _ in false })
    }

    package func serialized() -> Data { model.serialized() }
    package var trainingMethod: String { model.method.rawValue }

    package func tokenStarts(in text: String) -> TokenStarts { WordSegmenter().tokenStarts(in: text) }

    /// The composition of a text, its mean less the principal component and at unit length.
    ///
    /// A mean that lies along the component leaves only rounding errors behind: it becomes zero.
    private func vector(of text: String) -> WordVectorModel.Composition {
        var composition = model.composition(of: text)
        let before = VectorMath.dot(composition.mean, composition.mean)
        CommonDirection.remove(model.component, from: &composition.mean)
        let after = VectorMath.dot(composition.mean, composition.mean)
        if after <= before * 1e-10 {
            composition.mean = [Float](repeating: 0, count: model.dimension)
        } else {
            composition.mean = VectorMath.normalized(composition.mean)
        }
        return composition
    }
}

extension WordVectorEncoder {
    /// The words of the vocabulary most similar to a word by cosine, best first; none when the model cannot place the
    /// word. The word itself is left out.
    ///
    /// Cost: O(vocabulary × dimension).
    package func neighbors(of word: String, count: Int) -> [(word: String, similarity: Float)] {
        model.neighbors(of: word, count: count)
    }
}
