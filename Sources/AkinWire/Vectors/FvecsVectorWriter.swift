import AkinCore

/// Writes rows of float32 with their dimension before each, all little-endian:
///
///     dimension, 4 bytes │ float32 × dimension │ dimension │ …
struct FvecsVectorWriter: VectorWriter {
    private var output: BlockOutput

    init(_ output: BlockOutput) { self.output = output }

    mutating func write(_ values: [Float], dimension: Int, labels: [VectorLabel]) throws {
        let head = (0..<4).map { UInt8(truncatingIfNeeded: dimension >> (8 * $0)) }
        for row in labels.indices {
            try output.write(head)
            try output.write(VectorElement.f32.encoded(Array(values[(row * dimension)..<((row + 1) * dimension)])))
        }
        try output.flush()
    }

    mutating func finish(dimension: Int) throws { try output.flush() }
}
