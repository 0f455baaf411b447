import Foundation
import Testing

/// `$AKIN_KERNELS`, as the doctor reports it.
@Suite struct KernelVariableTests {
    private struct Finding: Decodable {
        let topic: String
        let severity: String
        let message: String
    }

    private func kernelFindings(_ value: String) throws -> [Finding] {
        let outcome = try Program().shell("\"$AKIN\" doctor --json", environment: ["AKIN_KERNELS": value])
        return try JSONDecoder().decode([Finding].self, from: outcome.output)
            .filter { $0.topic == "kernels" }
    }

    @Test func `the table of kernels that the environment names is used`() throws {
        let findings = try kernelFindings("plain")
        #expect(findings.count == 1 && findings.first?.message.hasPrefix("plain (") == true)
    }

    @Test func `a table of kernels that the processor lacks is ignored and reported`() throws {
        let findings = try kernelFindings("abacus")
        #expect(findings.map(\.severity) == ["ok", "warning"])
        #expect(findings.last?.message == "AKIN_KERNELS=abacus is not available here and is ignored.")
    }
}
