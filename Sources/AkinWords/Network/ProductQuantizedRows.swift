/// Rows that are each the concatenation of one of 256 centroids for every few components (Jégou, Douze and Schmid
/// 2011), times a norm where norms are quantised separately (Joulin et al. 2016, "FastText.zip").
package struct ProductQuantizedRows: Sendable {
    package let count: Int
    package let dimension: Int
    /// Components of one code; the last code's are what remains.
    private let codeLength: Int
    // (count, ⌈dimension / codeLength⌉)
    private let codes: [UInt8]
    // For each code 256 centroids of its length, one after the other
    private let centroids: [Float]
    // (count) places in `norms`; empty where rows have no norm of their own
    private let normCodes: [UInt8]
    private let norms: [Float]

    package init(
        count: Int, dimension: Int, codeLength: Int, codes: [UInt8], centroids: [Float], normCodes: [UInt8],
        norms: [Float]
    ) {
        precondition(codeLength >= 1 && codes.count == count * ((dimension + codeLength - 1) / codeLength))
        precondition(
            centroids.count == 256 * dimension
                && (norms.isEmpty ? normCodes.isEmpty : normCodes.count == count && norms.count == 256))
        self.count = count
        self.dimension = dimension
        self.codeLength = codeLength
        self.codes = codes
        self.centroids = centroids
        self.normCodes = normCodes
        self.norms = norms
    }

    func gathered(_ places: [Int]) -> ProductQuantizedRows {
        let codesPerRow = (dimension + codeLength - 1) / codeLength
        return ProductQuantizedRows(
            count: places.count, dimension: dimension, codeLength: codeLength,
            codes: places.flatMap { codes[$0 * codesPerRow..<($0 + 1) * codesPerRow] }, centroids: centroids,
            normCodes: norms.isEmpty ? [] : places.map { normCodes[$0] }, norms: norms)
    }

    func add(_ row: Int, scale: Float, to sum: inout [Float]) {
        let codesPerRow = (dimension + codeLength - 1) / codeLength
        let scale = norms.isEmpty ? scale : scale * norms[Int(normCodes[row])]
        for code in 0..<codesPerRow {
            let first = code * codeLength
            let length = min(codeLength, dimension - first)
            let centroid = 256 * first + Int(codes[row * codesPerRow + code]) * length
            for component in 0..<length { sum[first + component] += scale * centroids[centroid + component] }
        }
    }
}
