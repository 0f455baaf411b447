import AkinCore
package import AkinTokenizers
package import AkinVectors

/// The last step of a model: what it computes from the network's last hidden states, in single precision always.
package protocol BERTHead: Sendable {
    /// What it computes for one sequence.
    associatedtype Output: Sendable
    /// The tokenizer that its task needs.
    associatedtype TextTokenizer: Sendable = WordPieceTokenizer

    /// The tasks whose models have such a head, the usual one first.
    static var tasks: [BERTTask] { get }

    /// Whether there are such heads over a family's networks.
    static func isOver(_ family: BERTFamily) -> Bool

    /// The model's tokenizer as the task needs it. Throws `.incompatible` for one of another kind.
    ///
    /// - Parameter files: What errors call the model.
    static func tokenizer(_ tokenizer: any Tokenizer, files: String) throws -> TextTokenizer

    /// Reads the head of a model. Throws `.invalidData` for parameters that are missing or do not fit `config.json`.
    init(_ source: HeadSource) throws

    /// The outputs of sequences packed one below the other. Shape: states (≥ all tokens, H).
    ///
    /// Outputs of a sequence do not depend on the others.
    func outputs(_ states: Matrix, rows: [Range<Int>], of sequences: [TokenSequence]) -> [Output]

    /// Whether all numbers of an output are finite.
    static func isFinite(_ output: Output) -> Bool
}

extension BERTHead {
    package static func isOver(_ family: BERTFamily) -> Bool { family == .bert }
}

extension BERTHead where TextTokenizer == WordPieceTokenizer {
    package static func tokenizer(_ tokenizer: any Tokenizer, files: String) throws -> WordPieceTokenizer {
        guard let tokenizer = tokenizer as? WordPieceTokenizer else { throw BERTParts.needsWordPieces(files) }
        return tokenizer
    }
}

/// What a head is read from.
package struct HeadSource {
    let task: BERTTask
    let labels: [String]
    /// The head's own parameters.
    let head: ParameterReader
    /// Those of the network.
    let network: ParameterReader
    let configuration: BERTConfiguration
    /// The token that stands for a masked word; nil where the vocabulary has none.
    let maskID: Int32?

    /// What is wrong where no head over networks of the family is known.
    var otherFamily: AkinError {
        AkinError(
            .incompatible,
            "\(head.files): heads for \(task.name) over networks of this family are not known; choose another model.")
    }

    /// A linear layer with an output for each label.
    ///
    /// - Throws: `.invalidData` when it has another number of outputs than there are labels.
    func classifier(_ name: String) throws -> FloatLinearLayer {
        let rows = head.shape(of: name + ".weight")?.first ?? labels.count
        guard rows == labels.count else {
            throw AkinError(
                .invalidData,
                "config.json names \(labels.count) labels, but \"\(name).weight\" in \(head.files) has \(rows) rows; "
                    + "the two belong to different models, so fetch or train the model again.")
        }
        return FloatLinearLayer(
            try head.linear(name, inputs: configuration.hiddenSize, outputs: labels.count))
    }
}

extension FloatLinearLayer {
    /// activation(x·Wᵀ + b) for the first rows of x. Shape: (rows, outputs).
    func applied(to x: Matrix, rows: Int, activation: Activation = .identity) -> Matrix {
        let input = FloatRows(capacity: rows, columns: inputs)
        prepare(x, rows: 0..<rows, in: input)
        var y = Matrix(rows: rows, columns: outputs)
        apply(to: input, into: &y, rows: 0..<rows, activation: activation)
        return y
    }
}

extension Matrix {
    /// Whether all elements are finite.
    var isFinite: Bool {
        unsafe withUnsafePointer { values in (0..<rows * columns).allSatisfy { unsafe values[$0].isFinite } }
    }
}
