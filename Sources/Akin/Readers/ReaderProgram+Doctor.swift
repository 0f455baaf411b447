import AkinCore
import AkinProcesses
import AkinText
import Foundation

extension ReaderProgram {
    /// What of this reader and of the programs that it runs is installed, and which package brings what is missing.
    /// `Doctor` has the findings about everything else.
    public func findings() -> [DoctorFinding] {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            return [
                DoctorFinding(
                    topic: "documents", severity: .note,
                    message: "There is no akin-reader at \(path), so documents, mail and archives cannot be read.")
            ]
        }
        let programs = ProgramPath(searchPath)
        var (found, missing): ([String], [String]) = (["akin-reader"], [])
        func look(for name: String, package: String, kinds: [String]) {
            let kinds = kinds.sorted().map { ".\($0)" }.joined(separator: " ")
            if programs.program(name) != nil {
                found.append("\(name) (\(kinds))")
            } else {
                missing.append("\(name) for \(kinds) (package \(package))")
            }
        }
        look(for: "pdftohtml", package: "poppler-utils", kinds: DocumentKind.pdf.extensions)
        var kinds: [String: Set<String>] = [:]
        var packages: [String: String] = [:]
        for (kind, converters) in FileConverter.known {
            for converter in converters {
                kinds[converter.words[0], default: []].insert(kind)
                packages[converter.words[0]] = converter.package
            }
        }
        for (name, kinds) in kinds.sorted(by: { $0.key < $1.key }) {
            look(for: name, package: packages[name] ?? name, kinds: Array(kinds))
        }
        for (kind, command) in converters.sorted(by: { $0.key < $1.key }) {
            let name = (try? FileConverter(command: command))?.words.first ?? command
            look(for: name, package: name, kinds: [kind])
        }
        var findings = [
            DoctorFinding(topic: "documents", severity: .ok, message: found.joined(separator: ", "))
        ]
        if !missing.isEmpty {
            findings.append(
                DoctorFinding(
                    topic: "documents", severity: .note,
                    message: "Not installed, and missed when such files are read: \(missing.joined(separator: ", "))."))
        }
        return findings
    }
}
