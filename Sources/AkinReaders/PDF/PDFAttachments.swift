import AkinCore
import AkinText
import Foundation

/// Files that are attached to a PDF, each a document of its own, by poppler's `pdfdetach`.
struct PDFAttachments {
    /// The type of the streams that hold files. It is in clear in every PDF, compressed or encrypted.
    private static let mark = Data("/EmbeddedFile".utf8)

    let readers: DocumentReaders

    func read(_ file: FileToRead, _ emit: (ReadEvent) throws -> Void) throws {
        let data = try Data(contentsOf: URL(filePath: file.path), options: .alwaysMapped)
        // Most have none, and the program is not run for these.
        guard data.firstRange(of: Self.mark) != nil, let program = ProgramRun.path(of: "pdfdetach") else { return }
        let list = try ProgramRun(program, ["-list", "-enc", "UTF-8", file.path], limits: readers.limits)
        guard list.status == 0 else { return }
        var members = MemberReading(readers: readers, file: file)
        for (number, name) in Self.names(inList: String(decoding: list.output, as: UTF8.self)) {
            try members.read(name: name, emit) { path in
                try readers.budget.takeFile()
                let save = ["-save", String(number), "-o", path, file.path]
                _ = try ProgramRun(program, save, limits: readers.limits)
                try readers.budget.take(bytes: FileStatus(of: path)?.size ?? 0, packed: data.count)
            }
        }
        try members.finish(emit)
    }

    /// Numbers and names of lines such as `1: note.txt`.
    private static func names(inList list: String) -> [(number: Int, name: String)] {
        list.split(whereSeparator: \.isNewline).compactMap { line in
            guard let colon = line.firstIndex(of: ":"), let number = Int(line[..<colon]) else { return nil }
            // Some programs give the path that the file had.
            let path = line[line.index(after: colon)...].trimmed
            guard let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else { return nil }
            return (number, String(name))
        }
    }
}
