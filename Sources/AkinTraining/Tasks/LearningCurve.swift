/// How a run went: the loss and the gradient's norm over its steps, and what was scored after each pass over the
/// examples. A checkpoint keeps it, so that a run that goes on has the whole of it.
package struct LearningCurve: Sendable, Codable, Equatable {
    /// The means over some steps.
    package struct Point: Sendable, Codable, Equatable {
        /// The last of the steps, counted from 1.
        package var step: Int
        package var loss: Double
        /// Of the gradient, before it was clipped.
        package var norm: Double
    }

    /// What was scored after a pass over the examples.
    package struct Epoch: Sendable, Codable, Equatable {
        /// Counted from 1.
        package var epoch: Int
        /// Of the part that is not learnt from; larger is better.
        package var score: Double
    }

    package private(set) var points: [Point] = []
    package private(set) var epochs: [Epoch] = []
    /// The loss of the last steps, the newest counting most.
    package private(set) var recentLoss: Double?
    private let stepsAPoint: Int
    /// The sums of the steps since the last point.
    private var rest = Point(step: 0, loss: 0, norm: 0)
    private var restCount = 0

    private static let mostPoints = 240

    /// - Parameter steps: of the whole run.
    package init(steps: Int) { stepsAPoint = max(1, (steps + Self.mostPoints - 1) / Self.mostPoints) }

    /// Whether the parts fit together, in a curve that was read.
    var isSound: Bool {
        stepsAPoint > 0 && stepsAPoint < 1 << 48 && (0..<stepsAPoint).contains(restCount)
    }

    mutating func add(step: Int, loss: Double, norm: Float) {
        recentLoss = recentLoss.map { 0.95 * $0 + 0.05 * loss } ?? loss
        rest.loss += loss
        rest.norm += Double(norm)
        restCount += 1
        guard restCount == stepsAPoint else { return }
        let count = Double(restCount)
        points.append(Point(step: step, loss: rest.loss / count, norm: rest.norm / count))
        (rest, restCount) = (Point(step: 0, loss: 0, norm: 0), 0)
    }

    mutating func add(score: Double, after epoch: Int) { epochs.append(Epoch(epoch: epoch, score: score)) }

    /// The first pass of those with the best score; nil before any was scored.
    package var best: Epoch? {
        epochs.reduce(nil) { best, epoch in best.map { epoch.score > $0.score ? epoch : $0 } ?? epoch }
    }

    /// Whether so many passes have not been better than one before them.
    func hasStalled(for patience: Int) -> Bool {
        guard let best, let last = epochs.last else { return false }
        return last.epoch - best.epoch >= patience
    }
}
