/// xoshiro256**, seeded through SplitMix64 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
/// 2021).
///
/// The same seed gives the same stream on every machine, which the standard library's generator does not offer.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    package init(seed: UInt64) {
        var mixer = seed
        func next() -> UInt64 {
            defer { mixer &+= SplitMix64.increment }
            return SplitMix64.mixed(mixer)
        }
        state = (next(), next(), next(), next())
    }

    package mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = (state.3 << 45) | (state.3 >> 19)
        return result
    }

    /// A float in [0, 1) with 24 random bits.
    package mutating func unitFloat() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A double in [0, 1) with 53 random bits.
    package mutating func unitDouble() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An integer in 0 ..< bound, without division (Lemire 2019, multiply-shift; the bias is below bound / 2^64).
    package mutating func integer(below bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }
}
