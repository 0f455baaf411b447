import AkinCore
import AkinVectors
import CAkinKernels

extension EncodingPrecision {
    /// What the arithmetic is on this machine: never `auto`.
    ///
    /// `auto` follows the processor alone, so that the same command gives the same figures however busy the machine is.
    /// With one instruction for four products of bytes `int8` takes .3 of the time of `fp32` (AVX-512 VNNI, Zen 4), and
    /// without it .8 (AVX2), which is not worth the accuracy.
    var resolved: EncodingPrecision {
        guard self == .auto else { return self }
        return QuantizedKernels.active.table.multiplies_bytes ? .int8 : .fp32
    }
}
