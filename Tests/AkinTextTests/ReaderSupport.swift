import AkinCore
import AkinTestSupport
import AkinText
import Foundation

/// What reading came to, sorted by kind.
struct ReadResult {
    var records: [TextRecord] = []
    var problems: [RecordProblem] = []
    var notes: [String] = []
    /// The character sets that files were taken for.
    var guesses: [String] = []
    var bytes = 0
    var summary = ReadSummary()

    /// What the summary says of files that were not read.
    var notRead: String? { summary.notRead.sorted.sentence }
    var messages: [String] { problems.map(\.message) }
}

func read(_ paths: [String], _ options: ReaderOptions = ReaderOptions(), standardInput: FileHandle? = nil) throws
    -> ReadResult
{
    var result = ReadResult()
    result.summary = try CorpusReader(paths: paths, options: options, standardInput: standardInput).read { event in
        switch event {
        case .record(let record): result.records.append(record)
        case .problem(let problem): result.problems.append(problem)
        case .note(let note): result.notes.append(note)
        case .guess(_, let set): result.guesses.append(set)
        case .file(_, let bytes): result.bytes += bytes
        }
    }
    return result
}

/// Reads one file made for the purpose.
func read(file name: String, _ contents: Data, _ options: ReaderOptions = ReaderOptions()) throws -> ReadResult {
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) { try read([folder.write(name, contents)], options) }
}

func read(file name: String, _ contents: String, _ options: ReaderOptions = ReaderOptions()) throws -> ReadResult {
    try read(file: name, Data(contents.utf8), options)
}
