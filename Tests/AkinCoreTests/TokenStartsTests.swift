import AkinCore
import Testing

@Suite struct TokenStartsTests {
    @Test(arguments: [0, 1, 63, 64, 65, 500]) func `tokens begin where they were said to`(count: Int) {
        var generator = SystemRandomNumberGenerator()
        var places = (0..<count).map { _ in Int.random(in: 0...3, using: &generator) }
        // Long ways between tokens, and those at which a step no longer fits in a byte.
        for way in [253, 254, 255, 256, 70_000] where count > 0 { places[Int.random(in: 0..<count)] = way }
        for index in places.indices.dropFirst() { places[index] += places[index - 1] }
        let starts = TokenStarts(places)
        #expect(Array(starts) == places)
        for _ in 0..<100 {
            let (token, scalar) = (Int.random(in: 0...count), Int.random(in: 0...(places.last ?? 0) + 2))
            let expected = places.indices.first { $0 >= token && places[$0] >= scalar } ?? count
            #expect(starts.firstToken(from: token, atOrAfter: scalar) == expected, "\(places) \(token) \(scalar)")
        }
    }

    @Test func `a token that begins before the last one counts as beginning with it`() {
        #expect(Array(TokenStarts([4, 2, 9])) == [4, 4, 9])
    }
}
