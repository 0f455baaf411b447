import Crypto
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The files of a model folder that decide its vectors, and what the file system says about each: enough to see,
/// without reading ninety megabytes, that nothing has changed.
///
/// Compared are device, inode, size and the times of the last change of contents and of the file's own record, to the
/// nanosecond; a missing file counts as well, since it might be added.
struct ModelStamps: Equatable {
    private struct Stamp: Equatable {
        var path: String
        /// Device, inode, size, seconds and nanoseconds of both times; empty for a file that does not exist.
        var numbers: [Int64]
    }

    private let stamps: [Stamp]
    private let newestChange: Double

    /// Stamps the files of a model folder; nil when its `modules.json` cannot be understood.
    init?(folder: URL) {
        guard let files = try? Self.files(of: folder) else { return nil }
        var newest = -Double.infinity
        stamps = files.map { file in
            var status = stat()
            guard unsafe stat(file, &status) == 0 else { return Stamp(path: file, numbers: []) }
            #if canImport(Darwin)
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
            #else
            let (modified, changed) = (status.st_mtim, status.st_ctim)
            #endif
            newest = max(newest, Double(changed.tv_sec) + Double(changed.tv_nsec) * 1e-9)
            return Stamp(
                path: file,
                numbers: [
                    Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino),
                    Int64(status.st_size),
                    Int64(modified.tv_sec), Int64(modified.tv_nsec), Int64(changed.tv_sec), Int64(changed.tv_nsec),
                ])
        }
        newestChange = newest
    }

    /// Whether the last change is so long ago that a further one would get another time. Clocks of file systems tick
    /// every few milliseconds, and a file that is written twice within one tick looks the same after both.
    var areSettled: Bool { Date().timeIntervalSince1970 - newestChange > 0.1 }

    /// SHA-256 over the stamps and a label.
    func key(_ label: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Data("\(label)\n".utf8))
        for stamp in stamps {
            hash.update(data: Data("\(stamp.path.utf8.count) \(stamp.path) \(stamp.numbers)\n".utf8))
        }
        return Array(hash.finalize())
    }

    /// Every file that is read when a model is loaded, whether it exists or not.
    private static func files(of folder: URL) throws -> [String] {
        let list = folder.appending(path: "modules.json")
        let modules = try (ModelSettings.modules(of: folder) ?? []).map { try $0.required("path", $0.text) }
        var files = [list.path, folder.appending(path: "config_sentence_transformers.json").path]
        let names =
            [
                "config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt",
            ] + SentenceTransformerLayout.sentenceConfigurations
        for place in Set([""] + modules).sorted() {
            let place = place.isEmpty ? folder : folder.appending(path: place)
            files += names.map { place.appending(path: $0).path }
            files += try SafetensorsCheckpoint.candidates(in: place)
        }
        return files
    }
}
