import AkinText
import CArchive
import Foundation

/// The entries of an archive, or the one file of a compressed file, read by libarchive from beginning to end.
@safe final class ArchiveStream {
    private let handle: OpaquePointer
    private let packedBytes: Int
    private let budget: UnpackingBudget
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// An entry, as the archive's directory has it.
    struct Entry {
        let path: String
        let isFile: Bool
        let isEncrypted: Bool
        /// Whether the archive's directory says that the file holds nothing.
        let isEmpty: Bool
    }

    /// - Parameter onlyZip: whether nothing but zip archives may be meant.
    /// - Throws: `FileRefusal` for what is no archive.
    init(path: String, budget: UnpackingBudget, onlyZip: Bool = false) throws {
        guard let handle = unsafe archive_read_new() else { throw FileRefusal("cannot be read: out of memory") }
        unsafe self.handle = unsafe handle
        self.budget = budget
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int
        packedBytes = size ?? 0
        if onlyZip {
            unsafe archive_read_support_format_zip(handle)
        } else {
            unsafe archive_read_support_filter_all(handle)
            unsafe archive_read_support_format_zip(handle)
            unsafe archive_read_support_format_tar(handle)
            unsafe archive_read_support_format_7zip(handle)
            unsafe archive_read_support_format_raw(handle)
        }
        guard unsafe archive_read_open_filename(handle, path, 1 << 16) == ARCHIVE_OK else { throw refusal() }
    }

    deinit { unsafe archive_read_free(handle) }

    /// The next entry; nil at the end.
    func next() throws -> Entry? {
        var entry: OpaquePointer?
        switch unsafe archive_read_next_header(handle, &entry) {
        case ARCHIVE_EOF: return nil
        case ARCHIVE_OK, ARCHIVE_WARN: break
        default: throw refusal()
        }
        guard let entry = unsafe entry else { return nil }
        try budget.takeFile()
        // The C library knows a name in the locale's letters or as bytes.
        var name = unsafe archive_entry_pathname_utf8(entry).map { unsafe String(cString: $0) }
        if name == nil { name = unsafe archive_entry_pathname(entry).map { unsafe String(cString: $0) } }
        return unsafe Entry(
            path: name ?? "", isFile: archive_entry_filetype(entry) & S_IFMT == S_IFREG,
            isEncrypted: archive_entry_is_encrypted(entry) != 0,
            isEmpty: archive_entry_size_is_set(entry) != 0 && archive_entry_size(entry) == 0)
    }

    /// The bytes of the entry that `next` gave, in parts.
    func read(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe archive_read_data(handle, buffer.baseAddress, buffer.count)
            }
            guard count >= 0 else { throw refusal() }
            guard count > 0 else { return }
            try budget.take(bytes: count, packed: packedBytes)
            try body(buffer[..<count])
        }
    }

    /// The bytes of the entry that `next` gave.
    ///
    /// - Throws: `FileRefusal` for more than `limit` bytes.
    func data(limit: Int) throws -> Data {
        var data = Data()
        try read { part in
            guard data.count + part.count <= limit else {
                throw FileRefusal("holds a part of more than \(limit >> 20) MiB")
            }
            data.append(contentsOf: part)
        }
        return data
    }

    /// Whether the archive is raw: one file, compressed and nothing more.
    var isRaw: Bool { unsafe archive_format(handle) == ARCHIVE_FORMAT_RAW }

    /// Whether the bytes are compressed at all.
    var isCompressed: Bool { unsafe archive_filter_code(handle, 0) != ARCHIVE_FILTER_NONE }

    private func refusal() -> FileRefusal {
        let reason = unsafe archive_error_string(handle).map { unsafe String(cString: $0) } ?? ""
        if reason.lowercased().contains("encrypt") || reason.lowercased().contains("passphrase") {
            return FileRefusal("is encrypted; give it without a password")
        }
        return FileRefusal(reason.trimmed.isEmpty ? "is damaged" : "is damaged (\(reason.trimmed))")
    }
}
