/// IEEE 754 half precision by its bits: 1 sign, 5 exponent and 10 fraction bits (`Float16` itself is not available on
/// every platform).
package enum HalfPrecision {
    /// The float of a half's bits, exactly.
    @inlinable package static func widened(_ half: UInt16) -> Float {
        let sign = UInt32(half & 0x8000) << 16
        let magnitude = UInt32(half & 0x7FFF)
        if magnitude >= 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13) }
        // Shifted into place the exponent is 112 too small; multiplying by 2¹¹² corrects it, subnormal halves included.
        let scaled = Float(bitPattern: magnitude << 13) * 0x1p112
        return Float(bitPattern: sign | scaled.bitPattern)
    }

    /// The bits of the half nearest to a float, ties to the even one; infinity from 65,520 on.
    package static func narrowed(_ value: Float) -> UInt16 {
        let sign = UInt16(value.bitPattern >> 16) & 0x8000
        let magnitude = value.bitPattern & 0x7FFF_FFFF
        if magnitude > 0x7F80_0000 { return sign | 0x7E00 }
        if magnitude >= 0x477F_F000 { return sign | 0x7C00 }
        // Below 2⁻¹⁴ halves are whole multiples of 2⁻²⁴.
        if magnitude < 0x3880_0000 {
            return sign | UInt16((Float(bitPattern: magnitude) * 0x1p24).rounded(.toNearestOrEven))
        }
        let rounded = magnitude + 0xFFF + (magnitude >> 13 & 1)
        return sign | UInt16((rounded - 112 << 23) >> 13)
    }
}
