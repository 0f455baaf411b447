import AkinCluster
import Testing

@Suite struct AgreementTests {
    // The values are those of scikit-learn's adjusted_mutual_info_score.
    @Test(
        arguments: [
            ([0, 0, 1, 1, 2, 2, 2], [0, 0, 1, 2, 2, 2, 1], 0.25815114147024704),
            ([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], -0.4481886872563352),
            ([0, 0, 1, 1], [1, 1, 0, 0], 1), ([0, 0, 0, 0, 0], [0, 0, 1, 1, 1], 0),
            ([0, 1, 2, 3, 4, 4], [0, 0, 1, 1, 2, 2], 0.4444444444444443),
        ] as [([Int], [Int], Double)])
    func `adjusted mutual information is that of worked examples`(first: [Int], second: [Int], expected: Double) {
        #expect(abs(Agreement.adjustedMutualInformation(first, second) - expected) < 1e-9)
        #expect(abs(Agreement.adjustedMutualInformation(second, first) - expected) < 1e-9)
    }

    @Test(arguments: [([0, 0, 0], 0), ([0, 1], 0.5), ([0, 0, 1, 2], 0.625)] as [([Int], Double)])
    func `the Gini-Simpson index is the chance that two rows fall into different clusters`(
        clusters: [Int], expected: Double
    ) {
        #expect(abs(Agreement.giniSimpsonIndex(clusters) - expected) < 1e-12)
    }

    @Test func `two empty clusterings agree wholly`() {
        #expect(Agreement.adjustedMutualInformation([], []) == 1)
        #expect(Agreement.giniSimpsonIndex([]) == 1)
    }
}
