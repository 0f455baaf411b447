import AkinCore

/// Writes `{"id", "passage", "vector"}` lines.
struct JSONLinesVectorWriter: VectorWriter {
    private var output: BlockOutput
    private var line = JSONWriter(escaping: .hidden)

    init(_ output: BlockOutput) { self.output = output }

    mutating func write(_ values: [Float], dimension: Int, labels: [VectorLabel]) throws {
        for (row, label) in labels.enumerated() {
            line.removeAll()
            line.syntax("{")
            if let id = label.id {
                line.syntax("\"id\":")
                line.value(id)
                line.syntax(",")
            }
            if let passage = label.passage {
                line.syntax("\"passage\":")
                line.integer(Int(passage))
                line.syntax(",")
            }
            line.syntax("\"vector\":")
            line.vector(values[(row * dimension)..<((row + 1) * dimension)])
            line.syntax("}")
            line.newline()
            try output.write(line.bytes)
        }
        try output.flush()
    }

    mutating func finish(dimension: Int) throws { try output.flush() }
}
