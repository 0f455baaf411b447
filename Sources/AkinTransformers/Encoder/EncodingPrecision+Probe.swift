import AkinCore
import AkinVectors

extension EncodingPrecision {
    /// What the arithmetic is on this machine: never `auto`.
    var resolved: EncodingPrecision { self == .auto ? .fastest : self }

    /// The precision that `auto` stands for on this machine: a coarser one is taken where it is at least one and a half
    /// times as fast as the next finer one, so that no accuracy is lost for a small gain.
    ///
    /// Measured once a process on a layer of a small model, because a processor that has an instruction need not be
    /// fast at it (bfloat16 on some). Cost: about a millisecond.
    private static let fastest: EncodingPrecision = {
        let rows = 24
        let size = 384
        var random = SeededGenerator(seed: 1)
        func matrix(_ rows: Int, _ columns: Int) -> Matrix {
            Matrix((0..<rows).map { _ in (0..<columns).map { _ in random.unitFloat() - 0.5 } })
        }
        let parameters = LinearParameters(weight: matrix(size, size), bias: matrix(1, size))
        let x = matrix(rows, size)
        func time<Layer: LinearLayer>(_ type: Layer.Type) -> Duration {
            let layer = Layer(parameters)
            let input = Layer.Input(capacity: rows, columns: size)
            var y = Matrix(rows: rows, columns: size)
            let clock = ContinuousClock()
            // The shortest of several times is the one without an interruption.
            return (0..<6).map { _ in
                clock.measure {
                    layer.prepare(x, rows: 0..<rows, in: input)
                    layer.apply(to: input, into: &y, rows: 0..<rows, activation: .identity)
                }
            }.min() ?? .zero
        }
        let (single, half, byte) = (
            time(FloatLinearLayer.self), time(BFloat16LinearLayer.self), time(QuantizedLinearLayer.self)
        )
        let finer = half * 1.5 <= single ? half : single
        if byte * 1.5 <= finer { return .int8 }
        return finer == half ? .bf16 : .fp32
    }()
}
