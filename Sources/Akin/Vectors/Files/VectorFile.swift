public import AkinCore
public import Foundation
import Synchronization

/// The formats that vectors are read in.
public enum VectorFileFormat: String, Sendable, CaseIterable {
    /// NumPy's array file: rows of float32, float16, float64, int8 or uint8.
    case npy
    /// Rows of float32 with their dimension before each.
    case fvecs
    /// Rows of uint8 with their dimension before each.
    case bvecs
    /// `{"id", "vector", "text", "metadata"}` or a bare array, one a line.
    case jsonl

    /// The format that a file's name stands for; nil where the name does not say.
    init?(path: String) {
        switch path.lowercased().split(separator: ".").last {
        case _ where path == "-": self = .jsonl
        case "npy": self = .npy
        case "fvecs": self = .fvecs
        case "bvecs": self = .bvecs
        case "jsonl", "ndjson", "json": self = .jsonl
        default: return nil
        }
    }
}

/// A file of vectors, read from front to back. A binary file is measured as a whole before its first row comes out;
/// memory is that of a block of rows.
public final class VectorFile: Sendable {
    /// A vector of the file, or a record that had to be skipped.
    public enum Entry: Sendable {
        /// A vector, with the name that messages give it (`row 17`, counted from 0) and its line, counted from 1, where
        /// it has one.
        case record(VectorRecord, place: String, line: Int?)
        /// A record that was skipped, and why.
        case problem(InputProblem)
    }

    /// How much of the file has been read.
    private enum State {
        case rows(FixedRows, IDLines?)
        case lines(VectorLines)
    }

    /// The file's path as it was given.
    public let path: String
    /// The source that a vector gets that names none itself.
    private let source: String
    /// The format that the file is read in.
    public let format: VectorFileFormat
    /// The type that keeps the file's components without loss (float64 is rounded to `f32`); nil for JSON, which has no
    /// types.
    public let element: VectorElement?
    /// The number of components of each vector; nil where only reading shows it.
    public let dimension: Int?
    /// The number of vectors in the file; nil where only reading shows it.
    public let count: Int?
    /// The size of the file in bytes; 0 where it is not known, as for standard input.
    public let byteCount: Int
    /// Whether ids are row numbers, which never repeat.
    let hasRowNumbers: Bool

    private let idPrefix: String
    private let state: Mutex<State>

    /// Opens a file and looks at its header.
    ///
    /// - Parameters:
    ///   - path: `-` is `standardInput`, which holds JSON lines.
    ///   - format: Nil goes by the name.
    ///   - ids: A file with the id of each row, one a line; nil takes the `id` of JSON records, else row numbers from
    ///     0.
    ///   - idPrefix: What goes before row numbers.
    /// - Throws: `AkinError`: `.noInput` for a missing file, `.invalidArgument` for an unknown format or ids where
    ///   records have their own, `.invalidData` for a file that is not what it claims or has another number of rows
    ///   than there are ids.
    public init(
        path: String, format: VectorFileFormat? = nil, ids: String? = nil, idPrefix: String = "",
        standardInput: FileHandle? = nil
    )
        throws
    {
        guard let format = format ?? VectorFileFormat(path: path) else {
            throw AkinError(
                .invalidArgument,
                "The format of \(path) cannot be found from its name.",
                remedy: .give(.vectorFormat, VectorFileFormat.allCases.map(\.rawValue).joined(separator: "|")))
        }
        self.path = path
        source = RealPath.source(ofInput: path)
        self.format = format
        self.idPrefix = idPrefix
        hasRowNumbers = ids == nil && format != .jsonl
        guard format != .jsonl else {
            if ids != nil {
                throw AkinError(.invalidArgument, "JSON records have their own ids: leave the file of ids out.")
            }
            let handle = try Self.open(path, standardInput)
            (element, dimension, count) = (nil, nil, nil)
            byteCount = path == "-" ? 0 : Database.bytesOnDisk(path)
            state = Mutex(.lines(try VectorLines(handle, path: path, idPrefix: idPrefix)))
            return
        }
        guard path != "-" else {
            throw AkinError(
                .invalidArgument, "Standard input is read as JSON lines; name a file for \(format.rawValue).")
        }
        let file = try BinaryFile(path: path)
        let rows =
            try format == .npy
            ? FixedRows(npy: file) : FixedRows(vecs: file, component: format == .fvecs ? .f32 : .uint8)
        let lines = try ids.map(IDLines.init(path:))
        if let ids, let lines, lines.count != rows.count {
            throw AkinError(
                .invalidData,
                "\(ids) has \(lines.count) ids for the \(rows.count) rows of \(path); there must be one for each.")
        }
        (element, dimension, count, byteCount) = (
            rows.component.element, rows.count == 0 ? nil : rows.dimension, rows.count, rows.size
        )
        state = Mutex(.rows(rows, lines))
    }

    /// The next vector or problem; nil at the end.
    ///
    /// - Throws: `AkinError(.inputOutput)` when reading fails; `.invalidData` where the rest cannot be read.
    public func next() throws -> Entry? {
        try state.withLock { state in
            switch state {
            case .lines(var lines):
                defer { state = .lines(lines) }
                return try lines.next()
            case .rows(var rows, let ids):
                defer { state = .rows(rows, ids) }
                let row = rows.given
                guard let vector = try rows.next() else { return nil }
                let id = try ids.map { try $0.next() ?? "" } ?? idPrefix + String(row)
                return .record(VectorRecord(id: id, vector: vector, source: source), place: "row \(row)", line: nil)
            }
        }
    }

    /// The number of bytes that have been read, for a progress bar.
    var bytesRead: Int {
        state.withLock { state in
            switch state {
            case .rows(let rows, _): rows.bytesRead
            case .lines(let lines): lines.bytesRead
            }
        }
    }

    private static func open(_ path: String, _ standardInput: FileHandle?) throws -> FileHandle {
        if path == "-" {
            guard let standardInput else {
                throw AkinError(.noInput, "Standard input, named by -, is not available here; name a file instead.")
            }
            return standardInput
        }
        var isFolder = ObjCBool(false)
        let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists, !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
            throw AkinError(.noInput, "\(path): there is no such file, or it cannot be read.")
        }
        return handle
    }
}
