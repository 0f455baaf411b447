import AkinCore
import AkinText

/// The reading of files that are in another file: what goes wrong with one is a problem of that one, kinds that nobody
/// reads are counted, and a program that is missing is reported when the others are read.
struct MemberReading {
    private let readers: DocumentReaders
    private let file: FileToRead
    private var unread: [String: Int] = [:]
    private var missing: MissingProgram?

    init(readers: DocumentReaders, file: FileToRead) {
        self.readers = readers
        self.file = file
    }

    /// - Parameters:
    ///   - name: the member's path in the file.
    ///   - unpack: writes the member to a path.
    mutating func read(
        name: String, _ emit: (ReadEvent) throws -> Void, unpack: (String) throws -> Void
    ) throws {
        guard readers.reads(name: name) else {
            let kind = (name.lastPathPart ?? name).nameExtension.map { ".\($0.lowercased())" } ?? "without extension"
            unread[kind, default: 0] += 1
            return
        }
        let path = Scratch.newPath()
        defer { Scratch.remove(path) }
        let inner = FileToRead(
            path: path, id: "\(file.id)/\(name)", source: "\(file.source)/\(name)", options: file.options)
        do {
            try unpack(path)
            guard FileStatus(of: path)?.size ?? 0 > 0 else {
                skipEmpty()
                return
            }
            let reason = try readers.inside().read(inner, name: name, isNamed: false) { event in
                // What a person is told names the member, not the file it was unpacked to.
                switch event {
                case .problem(var problem):
                    if problem.path == path { problem.path = inner.source }
                    try emit(.problem(problem))
                case .guess(let place, let set):
                    try emit(.guess(path: place == path ? inner.source : place, characterSet: set))
                case .record, .note, .file: try emit(event)
                }
            }
            if let reason { unread[reason.rawValue, default: 0] += 1 }
        } catch let error as MissingProgram {
            missing = error
        } catch let refusal as FileRefusal {
            try emit(.problem(RecordProblem(path: inner.source, message: refusal.message)))
        }
    }

    /// Counts a member that holds nothing.
    mutating func skipEmpty() { unread["empty", default: 0] += 1 }

    /// - Throws: `MissingProgram` where one was.
    func finish(_ emit: (ReadEvent) throws -> Void) throws {
        if !unread.isEmpty {
            let count = unread.values.reduce(0, +)
            let kinds = unread.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
                .map { "\($0.value) \($0.key)" }
            try emit(
                .note(
                    "\(file.source): \(count == 1 ? "1 file in it was" : "\(count) files in it were") not read: "
                        + kinds.joined(separator: ", ") + (unread.count > kinds.count ? ", …" : "")))
        }
        if let missing { throw missing }
    }
}
