/// The first principal component of vectors that are shown one after another, without centring: the direction u that
/// maximises Σ (u·x)² (Arora, Liang and Ma 2017, algorithm 1, where it is removed from sentence vectors).
struct CommonDirection {
    private let dimension: Int
    // Σ x·xᵀ, (dimension, dimension), the lower triangle
    private var moments: [Double]

    init(dimension: Int) {
        self.dimension = dimension
        moments = [Double](repeating: 0, count: dimension * dimension)
    }

    /// Cost: O(dimension²).
    mutating func add(_ vector: [Float]) {
        for row in 0..<dimension {
            let value = Double(vector[row])
            for column in 0...row { moments[row * dimension + column] += value * Double(vector[column]) }
        }
    }

    /// The component, of unit length, its largest coordinate positive; zeros when no vector but zeros was shown. By
    /// power iteration.
    func direction() -> [Float] {
        var vector = (0..<dimension).map { 1 + 0.01 * Double($0 % 7) }
        for _ in 0..<200 {
            var next = [Double](repeating: 0, count: dimension)
            for row in 0..<dimension {
                for column in 0...row {
                    let moment = moments[row * dimension + column]
                    next[row] += moment * vector[column]
                    if column != row { next[column] += moment * vector[row] }
                }
            }
            let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0 else { return [Float](repeating: 0, count: dimension) }
            let turned = zip(next, vector).reduce(0) { $0 + abs($1.0 / length - $1.1) }
            vector = next.map { $0 / length }
            if turned < 1e-9 { break }
        }
        let largest = vector.max { abs($0) < abs($1) } ?? 0
        return vector.map { Float(largest < 0 ? -$0 : $0) }
    }

    /// vector − component·(component·vector).
    static func remove(_ component: [Float], from vector: inout [Float]) {
        let share = zip(component, vector).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        for index in vector.indices { vector[index] -= share * component[index] }
    }
}
