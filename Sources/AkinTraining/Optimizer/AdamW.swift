package import AkinVectors
import CAkinKernels

/// AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2) with the gradient clipped
/// to a norm.
///
/// The rows of the table of word embeddings whose word never occurred have no gradient and no moments: all that a step
/// does to them is weight decay, which is made up for when the word occurs, or at the end. So a step costs what the
/// words in use cost, not the vocabulary, with the result of a step over all rows.
package final class AdamW {
    package struct Settings: Sendable, Equatable {
        package var firstDecay: Float = 0.9
        package var secondDecay: Float = 0.999
        package var epsilon: Float = 1e-8
        package var weightDecay: Float = 0.01
        /// The largest norm of a gradient; larger ones are scaled down to it.
        package var largestNorm: Float = 1

        package init() {}
    }

    /// Which rows of the table of word embeddings a batch's gradient reaches.
    package enum TableRows {
        case all
        /// Distinct ids.
        case some([Int32])

        mutating func formUnion(_ other: TableRows) {
            guard case .some(let ids) = self, case .some(let others) = other else { return self = .all }
            self = .some(ids.isEmpty ? others : Array(Set(ids).union(others)))
        }
    }

    /// What a step depends on besides the parameters and their moments.
    struct State: Sendable, Equatable {
        /// Steps made.
        var step = 0
        /// What weight decay left of a row of the table that never occurred.
        var kept: Float = 1
        /// Rows of the table whose word occurred, in the order in which they did.
        var rows: [Int] = []
    }

    private let parameters: Parameters
    private let table: Parameter
    private let team: Team
    private let kernels: TrainingKernels
    private let settings: Settings
    /// Pieces of all parameters but the table.
    private let pieces: [(range: Range<Int>, decays: Bool)]
    private(set) var state = State()
    /// By row of the table, whether its word occurred.
    private var occurred: [Bool]

    private static let pieceSize = 1 << 14
    private static let rowsAtATime = 32

    package init(
        _ parameters: Parameters, table: Parameter, settings: Settings, team: Team, kernels: TrainingKernels = .active
    ) {
        (self.parameters, self.table, self.team, self.kernels) = (parameters, table, team, kernels)
        self.settings = settings
        pieces = parameters.layout.parameters.filter { $0.start != table.start }.flatMap { parameter in
            stride(from: parameter.range.lowerBound, to: parameter.range.upperBound, by: Self.pieceSize).map {
                ($0..<min($0 + Self.pieceSize, parameter.range.upperBound), parameter.decays)
            }
        }
        occurred = [Bool](repeating: false, count: table.shape[0])
    }

    /// Changes the parameters by their gradients, then sets these to zero. Returns the gradient's norm before clipping.
    @discardableResult
    package func step(rate: Float, reaching reached: TableRows) -> Float {
        let width = table.shape[1]
        let batchRows: [Int] =
            switch reached {
            case .all: Array(0..<table.shape[0])
            case .some(let ids): ids.map(Int.init).sorted()
            }
        let norm = gradientNorm(batchRows)
        state.step += 1
        let decay = rate * settings.weightDecay
        let constants = akin_adamw(
            first_decay: settings.firstDecay, second_decay: settings.secondDecay,
            step_size: rate / (1 - power(settings.firstDecay, state.step)),
            second_scale: 1 / (1 - power(settings.secondDecay, state.step)).squareRoot(), epsilon: settings.epsilon,
            kept: 1 - decay,
            gradient_scale: norm > settings.largestNorm ? settings.largestNorm / (norm + 1e-6) : 1)
        for row in batchRows where !occurred[row] {
            occurred[row] = true
            state.rows.append(row)
            if state.kept != 1 { scale(row, by: state.kept) }
        }
        state.kept *= constants.kept
        let (inUse, tablePieces) = (state.rows, (state.rows.count + Self.rowsAtATime - 1) / Self.rowsAtATime)
        team.forEach(pieces.count + tablePieces) { [pieces, table, kernels, parameters] _, piece in
            var step = constants
            func change(_ start: Int, _ count: Int) {
                unsafe kernels.table.adamw(
                    parameters.values.base + start, parameters.gradients.base + start,
                    parameters.firstMoments.base + start, parameters.secondMoments.base + start, count, &step)
                unsafe (parameters.gradients.base + start).update(repeating: 0, count: count)
            }
            if piece < pieces.count {
                if !pieces[piece].decays { step.kept = 1 }
                change(pieces[piece].range.lowerBound, pieces[piece].range.count)
            } else {
                let first = (piece - pieces.count) * Self.rowsAtATime
                for row in inUse[first..<min(first + Self.rowsAtATime, inUse.count)] {
                    change(table.start + row * width, width)
                }
            }
        }
        return norm
    }

    /// Makes up for the decay of the words that never occurred. To be called before the parameters are written.
    package func finish() {
        guard state.kept != 1 else { return }
        for row in occurred.indices where !occurred[row] { scale(row, by: state.kept) }
        state.kept = 1
    }

    /// Goes on from a state; the parameters and moments must be those that belong to it.
    func restore(_ state: State) {
        self.state = state
        for row in occurred.indices { occurred[row] = false }
        for row in state.rows { occurred[row] = true }
    }

    private func scale(_ row: Int, by factor: Float) {
        let width = table.shape[1]
        for index in 0..<width { unsafe parameters.values.base[table.start + row * width + index] *= factor }
    }

    private func gradientNorm(_ batchRows: [Int]) -> Float {
        let width = table.shape[1]
        let tablePieces = (batchRows.count + Self.rowsAtATime - 1) / Self.rowsAtATime
        let squares = AlignedBuffer<Double>(count: pieces.count + tablePieces)
        team.forEach(squares.count) { [pieces, table, kernels, parameters] _, piece in
            let gradients = unsafe parameters.gradients.base
            if piece < pieces.count {
                let range = pieces[piece].range
                unsafe squares.base[piece] = kernels.table.sum_of_squares(gradients + range.lowerBound, range.count)
            } else {
                let first = (piece - pieces.count) * Self.rowsAtATime
                for row in batchRows[first..<min(first + Self.rowsAtATime, batchRows.count)] {
                    unsafe squares.base[piece] += kernels.table.sum_of_squares(
                        gradients + table.start + row * width, width)
                }
            }
        }
        return unsafe Float(squares.buffer.reduce(0, +).squareRoot())
    }

    /// base to the power of a step.
    private func power(_ base: Float, _ exponent: Int) -> Float {
        var (result, square, rest) = (1.0, Double(base), exponent)
        while rest > 0 {
            if rest % 2 == 1 { result *= square }
            square *= square
            rest /= 2
        }
        return Float(result)
    }
}
