package import AkinVectors
import Foundation

/// What an attention's scores get by the distance of two tokens: learned numbers, or ones that fall with it.
package struct RelativePositionBias: Sendable {
    /// The longest sequence.
    package let reach: Int
    /// (heads, 2 · reach − 1) by the distance of the key from the query, −(reach − 1) first.
    package let values: Matrix

    /// The distance from which on all distances of a direction are alike.
    private static let farthest: Float = 128

    /// Numbers of a head: half for keys before the query and at it, half for those after it.
    static let bucketCount = 32

    /// As T5 has it (Raffel et al. 2020, "Exploring the Limits of Transfer Learning", section 2.1): near distances have a
    /// number each, far ones share theirs.
    ///
    /// - Parameters:
    ///   - buckets: (`bucketCount`, heads) as models have it.
    ///   - reach: The longest sequence.
    init(buckets: Matrix, reach: Int) {
        self.reach = reach
        var values = Matrix(rows: buckets.columns, columns: 2 * reach - 1)
        for place in 0..<values.columns {
            let bucket = Self.bucket(of: place - (reach - 1))
            for head in 0..<values.rows { values[head, place] = buckets[bucket, head] }
        }
        self.values = values
    }

    /// Values that were stored; (heads, 2 · reach − 1).
    init(values: Matrix) {
        reach = (values.columns + 1) / 2
        self.values = values
    }

    /// −slope · |distance|, in each head another slope (Press, Smith and Lewis 2022, "Train Short, Test Long", for both
    /// directions): 2^(−8/n), 2^(−16/n), … for n heads, or where n is no power of two those of the power below it and
    /// then every other one of the power above.
    package init(linearHeads heads: Int, reach: Int) {
        let power = 1 << (Int.bitWidth - 1 - heads.leadingZeroBitCount)
        let slopes = (0..<heads).map { head -> Double in
            head < power
                ? exp2(-8 * Double(head + 1) / Double(power))
                : exp2(-8 * Double(2 * (head - power) + 1) / Double(2 * power))
        }
        var values = Matrix(rows: heads, columns: 2 * reach - 1)
        for (head, slope) in slopes.enumerated() {
            for place in 0..<values.columns { values[head, place] = -Float(slope) * Float(abs(place - (reach - 1))) }
        }
        self.init(values: values)
    }

    /// The bias of a network whose scores fall with the distance of two tokens; nil for any other.
    static func linear(_ configuration: BERTConfiguration) -> RelativePositionBias? {
        guard configuration.family.traits.positions == .linearBias else { return nil }
        return RelativePositionBias(linearHeads: configuration.headCount, reach: configuration.maximumPositions)
    }

    /// - Parameter distance: How far the key stands after the query.
    static func bucket(of distance: Int) -> Int {
        let half = bucketCount / 2
        let (exact, steps) = (half / 2, abs(distance))
        let direction = distance > 0 ? half : 0
        guard steps >= exact else { return direction + steps }
        // In single precision, as the models were trained.
        let share = log(Float(steps) / Float(exact)) / log(farthest / Float(exact))
        return direction + min(exact + Int(share * Float(half - exact)), half - 1)
    }
}
