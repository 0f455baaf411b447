package import CAkinKernels

/// The function after a linear layer, by element.
package enum Activation: Sendable {
    case identity
    /// x·Φ(x), with the error function (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016).
    case gelu
    /// Their tanh approximation of it.
    case geluTanh
    case relu
    /// x·σ(x) (Elfwing, Uchibe and Doya, "Sigmoid-Weighted Linear Units", 2018).
    case silu

    package var code: akin_activation {
        switch self {
        case .identity: AKIN_IDENTITY
        case .gelu: AKIN_GELU
        case .geluTanh: AKIN_GELU_TANH
        case .relu: AKIN_RELU
        case .silu: AKIN_SILU
        }
    }
}
