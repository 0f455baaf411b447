import AkinCore

/// The reading of files by readers that were given, in one run: what goes wrong with one file is a problem of that
/// file, and programs that are missing are reported at the end, each once.
struct ExternalReading {
    private var missing: [(program: MissingProgram, files: [String], isNamed: Bool)] = []

    /// - Returns: false when the file was not read because a program is missing.
    mutating func read(
        _ file: SourceFile, with reader: any FileReader, options: ReaderOptions, _ emit: (ReadEvent) throws -> Void
    ) throws -> Bool {
        // Thrown by the run that the events go to, and not by the reader.
        var ownError: (any Error)?
        do {
            let file = FileToRead(path: file.path, id: file.id, source: file.source, options: options)
            try reader.read(file) { event in
                do {
                    try emit(event)
                } catch {
                    ownError = error
                    throw error
                }
            }
        } catch {
            if let ownError { throw ownError }
            switch error {
            case let error as MissingProgram:
                note(error, file)
                return false
            case is CancellationError: throw error
            case let error as FileRefusal:
                try emit(.problem(RecordProblem(path: file.path, message: error.message)))
            case let error as AkinError:
                try emit(.problem(RecordProblem(path: file.path, message: error.message, remedy: error.remedy)))
            default:
                try emit(.problem(RecordProblem(path: file.path, message: "cannot be read: \(error)")))
            }
        }
        return true
    }

    private mutating func note(_ program: MissingProgram, _ file: SourceFile) {
        if let place = missing.firstIndex(where: { $0.program == program }) {
            missing[place].files.append(file.path)
            missing[place].isNamed = missing[place].isNamed || file.isNamed
        } else {
            missing.append((program, [file.path], file.isNamed))
        }
    }

    /// A program that is missing is a problem where a file that needs it was named, else a note.
    func reportMissing(_ emit: (ReadEvent) throws -> Void) throws {
        for (program, files, isNamed) in missing {
            let others =
                files.count == 1 ? "" : " and \(files.count - 1) other \(files.count == 2 ? "file" : "files")"
            let clause = "cannot be read, because \(program.program) is not installed; \(program.advice)"
            if isNamed {
                try emit(.problem(RecordProblem(path: files[0] + others, message: clause)))
            } else {
                try emit(.note("\(files[0])\(others) \(clause)"))
            }
        }
    }
}
