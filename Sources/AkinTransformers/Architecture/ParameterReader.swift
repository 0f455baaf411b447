import AkinCore
package import AkinVectors

/// Finds parameters by the names that models give them.
package struct ParameterReader {
    private let checkpoint: SafetensorsCheckpoint
    private let prefix: String
    private let epsilon: Float

    /// The files, as errors name them.
    package var files: String { checkpoint.files.map(\.path).joined(separator: ", ") }

    /// Reads the parameters that stand beside the network's own: those of heads, which have no prefix.
    package var outsideNetwork: ParameterReader { ParameterReader(checkpoint, prefix: "", epsilon: epsilon) }

    /// What stands before the parameters' names: nothing, the name inside `BertFor…` models, the one inside whole
    /// sentence transformers.
    private static let prefixes = ["", "bert.", "0.auto_model.", "roberta.", "distilbert.", "mpnet.", "model.", "new."]

    /// - Parameter words: The table of word embeddings, which every network has.
    package init(
        _ checkpoint: SafetensorsCheckpoint, epsilon: Float, words: String = BERTFamily.bert.parameters.words
    ) throws {
        guard
            let prefix = Self.prefixes.first(where: {
                checkpoint.locate($0 + words) != nil
            })
        else {
            throw AkinError(
                .invalidData,
                "\(checkpoint.files.map(\.path).joined(separator: ", ")) has no tensor \"\(words)\" (nor with the "
                    + "prefixes \(Self.prefixes.dropFirst().map { "\"\($0)\"" }.joined(separator: ", "))); it is not a BERT model, so choose another."
            )
        }
        self.init(checkpoint, prefix: prefix, epsilon: epsilon)
    }

    private init(_ checkpoint: SafetensorsCheckpoint, prefix: String, epsilon: Float) {
        self.checkpoint = checkpoint
        self.prefix = prefix
        self.epsilon = epsilon
    }

    package func has(_ name: String) -> Bool { checkpoint.locate(prefix + name) != nil }

    /// The shape of a parameter; nil where it is not there.
    func shape(of name: String) -> [Int]? { checkpoint.locate(prefix + name)?.tensor.shape }

    /// The first of the names that is there.
    private func locate(_ names: [String]) throws -> (file: SafetensorsFile, tensor: SafetensorsFile.Tensor) {
        for name in names {
            if let found = checkpoint.locate(prefix + name) { return found }
        }
        throw AkinError(
            .invalidData,
            "\(files) lacks the tensor "
                + names.map { "\"\(prefix + $0)\"" }.joined(separator: " or ") + "; fetch the model again.")
    }

    package func matrix(_ names: [String], shape: [Int]) throws -> Matrix {
        let (file, tensor) = try locate(names)
        return try file.matrix(tensor, shape: shape)
    }

    func embeddingTable(_ name: String, shape: [Int]) throws -> EmbeddingTable {
        let (file, tensor) = try locate([name])
        return EmbeddingTable(file: file, tensor: tensor, format: try file.floatFormat(of: tensor, shape: shape))
    }

    func linear(_ name: String, inputs: Int, outputs: Int) throws -> LinearParameters {
        try linear([name], inputs: inputs, outputs: outputs, hasBias: true)
    }

    /// A layer whose outputs come from several tensors, as many from each.
    ///
    /// - Parameter firstRow: The row of the tensors that makes the first output; those before it follow the last.
    func linear(_ names: [String], inputs: Int, outputs: Int, hasBias: Bool, firstRow: Int = 0) throws
        -> LinearParameters
    {
        let part = outputs / names.count
        let weight = Matrix.stacked(try names.map { try matrix(["\($0).weight"], shape: [part, inputs]) })
        let bias =
            hasBias
            ? Matrix.joined(try names.map { try matrix(["\($0).bias"], shape: [part]) })
            : Matrix(rows: 1, columns: outputs)
        guard firstRow > 0 else { return LinearParameters(weight: weight, bias: bias) }
        let order = Array(firstRow..<outputs) + Array(0..<firstRow)
        return LinearParameters(weight: weight.gathered(order), bias: Matrix([order.map { bias[0, $0] }]))
    }

    func normalization(_ name: String, size: Int, hasBias: Bool = true) throws -> LayerNormalization {
        LayerNormalization(
            gamma: try matrix(["\(name).weight", "\(name).gamma"], shape: [size]),
            beta: hasBias
                ? try matrix(["\(name).bias", "\(name).beta"], shape: [size]) : Matrix(rows: 1, columns: size),
            epsilon: epsilon)
    }
}
