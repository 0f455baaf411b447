extension Matrix {
    /// The mean of all rows; there must be one.
    package func meanRow() -> [Float] { sum(ofRows: 0..<Int32(rows)).map { $0 / Float(rows) } }

    /// Σ weights[i] · self[indices[i]]; weights of 1 when nil. Cost: indices × columns.
    ///
    /// Every index must be a row.
    package func sum(ofRows indices: some Collection<Int32>, weights: [Float]? = nil) -> [Float] {
        let (rows, columns) = (rows, columns)
        var result = [Float](repeating: 0, count: columns)
        result.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            withUnsafePointer { source in
                var place = 0
                for index in indices {
                    precondition(index >= 0 && Int(index) < rows)
                    VectorMath.axpy(weights?[place] ?? 1, source + Int(index) * columns, target, columns)
                    place += 1
                }
            }
        }
        return result
    }
}
