/// Whether probabilities are what they say: of what is given 80 %, four in five should be right.
package enum CalibrationError {
    /// The expected calibration error (Naeini et al. 2015): examples are put into bins of equal width by the probability of
    /// the predicted class; the mean difference of probability and accuracy of the bins, by their examples.
    ///
    /// - Parameters:
    ///   - confidences: (n) probabilities of the predicted classes, 0 … 1
    ///   - isRight: (n) whether those were the right ones
    package static func expected(confidences: [Double], isRight: [Bool], bins: Int = 15) -> Double {
        precondition(confidences.count == isRight.count && bins > 0)
        guard !confidences.isEmpty else { return 0 }
        // The difference of the sums of a bin is its mean difference times its examples.
        var differences = [Double](repeating: 0, count: bins)
        for (confidence, right) in zip(confidences, isRight) {
            // A bin has its upper end: 1 is in the last one.
            let bin = min(max(Int((confidence * Double(bins)).rounded(.up)) - 1, 0), bins - 1)
            differences[bin] += confidence - (right ? 1 : 0)
        }
        return differences.reduce(0) { $0 + $1.magnitude } / Double(confidences.count)
    }
}
