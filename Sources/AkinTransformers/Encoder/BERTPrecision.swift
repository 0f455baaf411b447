import AkinVectors

/// The arithmetic of a network's linear layers. The rest is always in single precision.
package enum BERTPrecision: String, Sendable, CaseIterable {
    /// Single precision, as the models were trained.
    case fp32
    /// Weights and the layers' inputs in bfloat16: vectors at a cosine of about 0.99999 to those of `fp32`.
    case bf16
    /// 8-bit integers: vectors at a cosine of about 0.999 to those of `fp32`.
    case int8
}
