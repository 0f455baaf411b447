/// The generator of Steele, Lea and Flood ("Fast splittable pseudorandom number generators", 2014), a number at a time.
package enum SplitMix64 {
    /// From one state to the next.
    static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// What the generator gives at a state: neighbouring states give numbers that have nothing in common.
    package static func mixed(_ state: UInt64) -> UInt64 {
        var z = state &+ increment
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
