/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed everywhere.
struct TrialRandom: RandomNumberGenerator {
    private var state: UInt64

    /// Seeds are mixed first: sequences of neighbouring ones would be the same, one step apart.
    init(_ seed: UInt64) {
        state = seed ^ 0xD1B5_4A32_D192_ED03
        for _ in 0..<3 { state = next() }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
