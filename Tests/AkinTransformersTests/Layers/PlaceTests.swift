import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// What attentions know of places: turns of queries and keys, and biases that fall with the distance.
@Suite struct PlaceTests {
    @Test func `the product of turned vectors depends on their distance alone`() {
        let table = RotaryTable(RotaryFrequencies(base: 1000, headSize: 8), places: 600)
        var generator = SeededGenerator(seed: 3)
        let vector = (0..<8).map { _ in generator.unitFloat() - 0.5 }
        var turned = Matrix([[Float]](repeating: vector + vector, count: 600))
        table.turn(&turned, rows: 0..<600, vectors: 1)
        #expect(turned.row(0) == vector + vector)
        for place in [1, 2, 100, 590] {
            let (near, far) = (turned.row(place).prefix(8), turned.row(place + 5).prefix(8))
            let product = zip(near, far).reduce(0) { $0 + $1.0 * $1.1 }
            let expected = zip(turned.row(0).prefix(8), turned.row(5).prefix(8)).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(product - expected) <= 1e-4)
            #expect(turned.row(place).suffix(8) == vector[...], "the second vector is not turned")
        }
    }

    @Test func `a divisor slows the turns`() {
        let slow = RotaryTable(RotaryFrequencies(base: 10, divisor: 4, headSize: 4), places: 9)
        let fast = RotaryTable(RotaryFrequencies(base: 10, headSize: 4), places: 9)
        var (left, right) = (
            Matrix([[Float]](repeating: [1, 2, 3, 4], count: 9)), Matrix([[Float]](repeating: [1, 2, 3, 4], count: 9))
        )
        slow.turn(&left, rows: 0..<9, vectors: 1)
        fast.turn(&right, rows: 0..<9, vectors: 1)
        for (a, b) in zip(left.row(8), right.row(2)) { #expect(abs(a - b) <= 1e-6) }
        #expect(left.row(1) != right.row(1))
    }

    @Test func `linear biases have the slopes of the paper`() {
        let eight = RelativePositionBias(linearHeads: 8, reach: 4)
        #expect(eight.values.row(0) == [-1.5, -1, -0.5, 0, -0.5, -1, -1.5])
        #expect((0..<8).map { eight.values[$0, 4] } == (1...8).map { -Float(exp2(-Double($0))) })
        let twelve = RelativePositionBias(linearHeads: 12, reach: 2)
        let slopes = (1...8).map { Double($0) } + [0.5, 1.5, 2.5, 3.5]
        #expect((0..<12).map { twelve.values[$0, 2] } == slopes.map { -Float(exp2(-$0)) })
    }

    @Test func `texts that would need other frequencies are cut`() throws {
        let network = try BERTNetwork<FloatLinearLayer>(folder: BERTGolden.folder("nomic-authors"))
        #expect(network.configuration.maximumPositions == 40)
        #expect(throws: (any Error).self) { try network.hiddenStates([Int32](repeating: 7, count: 41)) }
    }
}
