import AkinReaders
import AkinTestSupport
import AkinText
import Foundation

/// What reading one file gave.
struct Reading {
    var records: [TextRecord] = []
    var problems: [RecordProblem] = []
    var notes: [String] = []
    /// The character sets that files were taken for, behind the files' paths.
    var guesses: [String] = []

    var text: String { records.first?.text ?? "" }

    /// The blocks of the first record: kind, page, heading path, text.
    var blocks: [String] {
        guard let record = records.first else { return [] }
        let scalars = Array(record.text.unicodeScalars)
        return record.blocks.map { block in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[block.range])
            let page = block.page.map { " p\($0)" } ?? ""
            return "\(block.kind.rawValue)\(page) \(block.headings.joined(separator: "/")): \(String(text))"
        }
    }
}

/// Reads a file by the reader of its kind, in this process.
func reading(
    _ name: String, _ data: Data, limits: ReaderLimits = ReaderLimits(), converters: [String: String] = [:]
) throws -> Reading {
    let folder = try TemporaryFolder()
    let path = try folder.write(name, data)
    var result = Reading()
    try DocumentReaders(converters: converters, limits: limits).read(
        FileToRead(path: path, id: name, source: "/" + name)
    ) { event in
        switch event {
        case .record(let record): result.records.append(record)
        case .problem(let problem): result.problems.append(problem)
        case .note(let note): result.notes.append(note)
        case .guess(let path, let set): result.guesses.append("\(path) \(set)")
        default: break
        }
    }
    return result
}

func reading(_ name: String, _ text: String) throws -> Reading { try reading(name, Data(text.utf8)) }
