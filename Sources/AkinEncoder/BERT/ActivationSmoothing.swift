import AkinVectors

/// Moves the difficulty of quantising a normalised state into the weights that read it (Xiao et al., "SmoothQuant", ICML 2023, with
/// α = 1/2): x·Wᵀ = (x / s)·(W·s)ᵀ with s = √(max |x| / max |W|) for each component, so that large components share their range with
/// their weights instead of taking the precision of the others.
///
/// The paper measures max |x| on texts. Here it is read off the normalisation before the layer, whose normalised values z are bounded in
/// practice: max |x| ≈ max |z|·|γ| + |β|. Nothing but the weights decides s, and the residual keeps the unscaled state.
struct ActivationSmoothing {
    let inputFactors: Matrix  // (1, inputs): 1 / s
    let weightFactors: Matrix  // (1, inputs): s

    /// How far a normalised value is taken to stray, in standard deviations.
    static let reach: Float = 4

    init(from normalization: LayerNormalization, into layer: LinearLayer) {
        let (gamma, beta) = (normalization.gamma.row(0), normalization.beta.row(0))
        let weights = layer.inputMagnitudes
        let scales = weights.indices.map { input -> Float in
            let largest = Self.reach * abs(gamma[input]) + abs(beta[input])
            let scale = (largest / weights[input]).squareRoot()
            // A component that is always 0, or that nobody reads, needs no smoothing.
            return scale.isFinite && scale > 0 ? scale : 1
        }
        weightFactors = Matrix([scales])
        inputFactors = Matrix([scales.map { 1 / $0 }])
    }
}
