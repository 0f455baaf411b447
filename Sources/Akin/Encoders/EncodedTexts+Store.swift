import AkinVectors

extension EncodedTexts {
    /// The indices of texts more than half of whose own tokens are unknown to the vocabulary.
    func mostlyUnknown(overhead: Int) -> [Int] {
        tokenCounts.indices.filter { index in
            let own = tokenCounts[index] - overhead
            return own > 0 && unknownCounts[index] * 2 > own
        }
    }

    /// A text's vector as stores and queries need it, of unit length; nil for a text that has none. A model without a
    /// normalising module gives vectors of other lengths; the vectors of a model that has one are returned bit for bit.
    func unitVector(_ row: Int) -> [Float]? {
        let vector = vectors.row(row)
        let squaredLength = VectorMath.dot(vector, vector)
        guard squaredLength > 0 else { return nil }
        return abs(squaredLength - 1) < 1e-4 ? vector : VectorMath.normalized(vector)
    }
}
