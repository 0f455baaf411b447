package import AkinVectors

/// How the states of a text's tokens become one vector.
package enum PoolingMode: String, Sendable, CaseIterable {
    /// The state of the first token, `[CLS]`.
    case firstToken = "cls"
    /// The largest value of each component.
    case maximum = "max"
    /// The mean over all tokens, `[CLS]` and `[SEP]` included.
    case mean
    /// The sum over all tokens divided by the square root of their number.
    case meanOfSquareRootLength = "mean_sqrt_len_tokens"
    /// The mean with the weights 1, 2, 3, … (Muennighoff 2022, "SGPT").
    case positionWeightedMean = "weightedmean"
    /// The state of the last token, `[SEP]`.
    case lastToken = "lasttoken"

    /// The name of the mode's switch in `1_Pooling/config.json`.
    var configurationKey: String {
        switch self {
        case .firstToken: "pooling_mode_cls_token"
        case .maximum: "pooling_mode_max_tokens"
        case .mean: "pooling_mode_mean_tokens"
        case .meanOfSquareRootLength: "pooling_mode_mean_sqrt_len_tokens"
        case .positionWeightedMean: "pooling_mode_weightedmean_tokens"
        case .lastToken: "pooling_mode_lasttoken"
        }
    }

    /// Pools the given rows of the token states. Rows must not be empty. Cost: rows × columns.
    ///
    /// - Parameter first: The place in the text of the first row's token; tokens before it are a prompt that is left out.
    package func pool(_ states: Matrix, rows: Range<Int>, first: Int = 0) -> [Float] {
        let columns = states.columns
        switch self {
        case .firstToken: return states.row(rows.lowerBound)
        case .lastToken: return states.row(rows.upperBound - 1)
        case .maximum:
            var result = states.row(rows.lowerBound)
            for row in rows.dropFirst() {
                // A NaN must not vanish here: it shows that the weights are damaged.
                for column in 0..<columns where states[row, column] > result[column] || states[row, column].isNaN {
                    result[column] = states[row, column]
                }
            }
            return result
        case .mean, .meanOfSquareRootLength, .positionWeightedMean:
            var sum = [Float](repeating: 0, count: columns)
            var total: Float = 0
            for (place, row) in rows.enumerated() {
                let weight: Float = self == .positionWeightedMean ? Float(first + place + 1) : 1
                for column in 0..<columns { sum[column] += weight * states[row, column] }
                total += weight
            }
            let divisor = self == .meanOfSquareRootLength ? total.squareRoot() : total
            return sum.map { $0 / divisor }
        }
    }
}
