import AkinCore

/// The events of a file of records that was found in a folder.
///
/// A folder of sources or settings has many such files without a text, which nobody meant to index. So a record that
/// lacks a text is a problem only where another record of the file has one, or has a problem of another kind. Broken JSON
/// is one only where a record before it has a text: settings are often written in JSON with comments.
struct FoundRecords {
    /// The problems that are held back whole; of more, only the number is kept. As many are reported one by one.
    private static let mostHeld = 1000

    private var held: [RecordProblem] = []
    private var count = 0
    /// Whether a record has a text, or a problem of another kind.
    private(set) var isFileOfTexts = false
    /// Whether the file is broken.
    private(set) var isBroken = false

    /// Why the file was not read; nil where it was.
    func reason(byteCount: Int) -> FilesNotRead.Reason? {
        isFileOfTexts ? nil : isBroken ? .broken : byteCount == 0 ? .empty : .noTexts
    }

    mutating func pass(_ event: ReadEvent, _ emit: (ReadEvent) throws -> Void) throws {
        switch event {
        case .problem(let problem) where (problem.lacksText || problem.endsFile) && !isFileOfTexts:
            isBroken = problem.endsFile
            count += 1
            if held.count < Self.mostHeld { held.append(problem) }
        case .record, .problem:
            try release(emit)
            try emit(event)
        case .note, .guess, .file:
            try emit(event)
        }
    }

    private mutating func release(_ emit: (ReadEvent) throws -> Void) throws {
        isFileOfTexts = true
        guard let last = held.last else { return }
        for place in 0..<count { try emit(.problem(place < held.count ? held[place] : last)) }
        held = []
    }
}
