import AkinCore
import Foundation
import Testing

@Suite struct StoreFindingTests {
    @Test func `a finding is its sentence in JSON and as text`() throws {
        let finding = StoreFinding(.passage(7), .altered, "Passage 7 does not match its checksum.")
        let texts = try JSONDecoder().decode([String].self, from: JSONEncoder().encode([finding]))
        #expect(texts == [finding.message])
        #expect("\(finding)" == finding.message)
    }
}
