import AkinVectors

/// Moves the difficulty of quantising activations into the weights that read them (Xiao et al., "SmoothQuant", ICML
/// 2023, with α = 1/2): x·Wᵀ = (x / s)·(W·s)ᵀ with s = √(max |x| / max |W|) for each component, so that large
/// components share their range with their weights instead of taking the precision of the others.
struct ActivationSmoothing {
    let inputFactors: Matrix  // (1, inputs): 1 / s
    let weightFactors: Matrix  // (1, inputs): s

    /// Shape of magnitudes: the largest |x| of each input of the layer.
    init(magnitudes: [Float], into layer: LinearParameters) {
        let scales = zip(magnitudes, layer.inputMagnitudes).map { magnitude, weight -> Float in
            let scale = (magnitude / weight).squareRoot()
            // A component that is always 0, or that no weight reads, needs no smoothing.
            return scale.isFinite && scale > 0 ? scale : 1
        }
        weightFactors = Matrix([scales])
        inputFactors = Matrix([scales.map { 1 / $0 }])
    }
}
