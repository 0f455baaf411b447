/// Minimises a smooth function from its gradients, by the limited-memory method of Broyden, Fletcher, Goldfarb and Shanno
/// (Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithms 7.4 and 7.5), with steps cut back until they
/// descend enough (Armijo). For convex functions: there each step has positive curvature.
struct LBFGS {
    let maximumIterations: Int
    /// The largest component of the gradient that counts as none.
    let tolerance: Double

    /// Steps remembered.
    private static let memory = 10
    private static let sufficientDescent = 1e-4
    private static let maximumCuts = 20

    private struct Correction {
        let step: [Double]
        let change: [Double]
        /// 1 / step·change
        let scale: Double
    }

    /// - Parameter function: the value at a point; writes the gradient there.
    func minimize(
        _ point: inout [Double], _ function: (_ point: [Double], _ gradient: inout [Double]) throws -> Double
    ) rethrows {
        var gradient = [Double](repeating: 0, count: point.count)
        var value = try function(point, &gradient)
        var corrections: [Correction] = []
        for _ in 0..<maximumIterations {
            guard (gradient.map(\.magnitude).max() ?? 0) > tolerance else { return }
            var direction = Self.direction(gradient, corrections)
            var slope = dot(direction, gradient)
            if slope >= 0 {
                corrections.removeAll()
                direction = gradient.map { -$0 }
                slope = -dot(gradient, gradient)
            }
            // Without a memory of curvature, a step of unit length.
            var length = corrections.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
            var (next, nextGradient, nextValue) = (point, gradient, value)
            var hasDescended = false
            for _ in 0..<Self.maximumCuts {
                next = zip(point, direction).map { $0 + length * $1 }
                nextValue = try function(next, &nextGradient)
                hasDescended = nextValue <= value + Self.sufficientDescent * length * slope
                if hasDescended { break }
                // The lowest point of the parabola through both values and the slope, within bounds.
                let lowest = -slope * length * length / (2 * (nextValue - value - slope * length))
                length = lowest.isFinite ? min(max(lowest, 0.1 * length), 0.5 * length) : 0.1 * length
            }
            // No lower value can be told from rounding: this is the end, or the memory has gone wrong.
            guard hasDescended else {
                if corrections.isEmpty { return }
                corrections.removeAll()
                continue
            }
            let step = zip(next, point).map { $0 - $1 }
            let change = zip(nextGradient, gradient).map { $0 - $1 }
            let curvature = dot(step, change)
            if curvature > 1e-12 * dot(change, change) {
                corrections.append(Correction(step: step, change: change, scale: 1 / curvature))
                if corrections.count > Self.memory { corrections.removeFirst() }
            }
            (point, gradient, value) = (next, nextGradient, nextValue)
        }
    }

    /// −H·gradient, H being the inverse of the curvature that the corrections stand for.
    private static func direction(_ gradient: [Double], _ corrections: [Correction]) -> [Double] {
        var direction = gradient.map { -$0 }
        var shares: [Double] = []
        for correction in corrections.reversed() {
            let share = correction.scale * dot(correction.step, direction)
            add(-share, correction.change, to: &direction)
            shares.append(share)
        }
        if let last = corrections.last {
            let scale = 1 / (last.scale * dot(last.change, last.change))
            for place in direction.indices { direction[place] *= scale }
        }
        for (correction, share) in zip(corrections, shares.reversed()) {
            add(share - correction.scale * dot(correction.change, direction), correction.step, to: &direction)
        }
        return direction
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
}

private func add(_ factor: Double, _ x: [Double], to y: inout [Double]) {
    for place in y.indices { y[place] += factor * x[place] }
}
