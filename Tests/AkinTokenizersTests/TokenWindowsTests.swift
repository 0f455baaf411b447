import AkinTokenizers
import Testing

@Suite struct TokenWindowsTests {
    @Test func `parts cover all tokens, overlap, and none is too long`() {
        for count in 0...60 {
            for length in 1...12 {
                for overlap in 0...14 {
                    let parts = TokenWindows.parts(of: count, length: length, overlap: overlap)
                    #expect(parts.first?.lowerBound == 0 && parts.last?.upperBound == count)
                    #expect(parts.allSatisfy { $0.count <= length })
                    for (part, next) in zip(parts, parts.dropFirst()) {
                        #expect(part.count == length)
                        #expect(part.upperBound - next.lowerBound == min(overlap, length / 2))
                        #expect(next.upperBound > part.upperBound)
                    }
                }
            }
        }
    }
}
