/// How far two lists of figures rise and fall together: 1 alike, 0 not at all, −1 one against the other. 0 where one side
/// does not vary, or there are fewer than two figures.
package enum Correlation {
    /// Pearson's r.
    package static func pearson(_ x: [Double], _ y: [Double]) -> Double {
        precondition(x.count == y.count)
        guard x.count > 1 else { return 0 }
        let (xMean, yMean) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
        var (covariance, xSquares, ySquares) = (0.0, 0.0, 0.0)
        for (a, b) in zip(x, y) {
            covariance += (a - xMean) * (b - yMean)
            xSquares += (a - xMean) * (a - xMean)
            ySquares += (b - yMean) * (b - yMean)
        }
        return xSquares > 0 && ySquares > 0 ? covariance / (xSquares * ySquares).squareRoot() : 0
    }

    /// Spearman's ρ: the correlation of ranks, equal values sharing their mean rank.
    package static func spearman(_ x: [Double], _ y: [Double]) -> Double { pearson(ranks(x), ranks(y)) }

    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
            start = end
        }
        return ranks
    }
}
