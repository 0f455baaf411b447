import AkinTestSupport
import AkinText
import Testing

/// Files that are made to fill a terminal.
struct HostileTextTests {
    @Test func `a message names a long field in short`() throws {
        let name = String(repeating: "a", count: 5000)
        let problems = try read(file: "a.csv", "\(name),\(name)\n1,2\n").problems
        #expect(problems.count == 1 && problems.allSatisfy { $0.description.count < 300 }, "\(problems)")
    }
}
