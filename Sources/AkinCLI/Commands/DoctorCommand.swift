import Akin
import AkinCore
import ArgumentParser
import Foundation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check this machine: libraries, processor, models, the database.",
        discussion: """
            The exit status is 1 when something is found that keeps Akin from working. AKIN_KERNELS=NAME in the environment makes every \
            command use that table of processor kernels, where the processor can run it, instead of the best one.

              akin doctor
              AKIN_KERNELS=plain akin doctor
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let examinesStore = store.given != nil || FileManager.default.fileExists(atPath: store.path)
        var findings = await Doctor.examine(store: examinesStore ? store.path : nil, models: .ofEnvironment)
        let reader = ReaderProgram(
            at: ReaderLocation.path, searchPath: ProcessInfo.processInfo.environment["PATH"])
        let store = findings.firstIndex { $0.topic == "store" } ?? findings.endIndex
        findings.insert(contentsOf: reader.findings(), at: store)
        if let ignored = KernelVariable.finding, let kernels = findings.firstIndex(where: { $0.topic == ignored.topic })
        {
            findings.insert(ignored, at: kernels + 1)
        }
        if output.json {
            try StandardOutput.printJSON(findings)
        } else {
            try StandardOutput.print(lines(for: findings))
        }
        if findings.contains(where: { $0.severity == .failure }) { throw ExitCode.failure }
    }

    /// A line for each finding, its message wrapped beside it.
    private func lines(for findings: [DoctorFinding]) -> [String] {
        let style = TerminalStyle(.output)
        let topicWidth = findings.map { DisplayText.width($0.topic) }.max() ?? 0
        let left = 9 + topicWidth + 2
        return findings.flatMap { finding -> [String] in
            let severity = finding.severity.rawValue
            let mark = severity + String(repeating: " ", count: 9 - severity.count)
            let topic = finding.topic + String(repeating: " ", count: topicWidth - DisplayText.width(finding.topic) + 2)
            let message = Paragraph(
                pieces: DisplayText.oneLine(RemedyWording.text(finding)).map {
                    Paragraph.Piece(character: $0, isBold: false)
                })
            return message.lines(columns: max(20, Terminal.width(.output) - left)).enumerated().map { place, line in
                let text = Paragraph.rendered(line, style: style)
                guard place == 0 else { return String(repeating: " ", count: left) + text }
                return (finding.severity == .ok || finding.severity == .note ? style.dim(mark) : style.bold(mark))
                    + topic + text
            }
        }
    }
}
