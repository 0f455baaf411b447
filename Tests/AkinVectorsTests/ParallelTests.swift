import AkinVectors
import Testing

@Suite struct ParallelTests {
    @Test(arguments: [1, 2, 3, 8])
    func `a map gives each element's result in its place at any number of threads`(threads: Int) throws {
        for count in [0, 1, 2, 7, 64, 1000] {
            let results = try Parallel.map(Array(0..<count), threads: threads) { $0 * $0 }
            #expect(results == (0..<count).map { $0 * $0 })
        }
    }

    @Test(arguments: [1, 4]) func `a map that cannot compute one result gives none`(threads: Int) {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try Parallel.map(Array(0..<500), threads: threads) { if $0 == 333 { throw Failure() } else { $0 } }
        }
    }
}
