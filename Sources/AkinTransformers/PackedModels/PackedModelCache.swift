import AkinCore
import AkinVectors
import Crypto
package import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The folder in which loaded models are kept ready for the next process. Each family of encoders decides what its
/// files hold and what their names end with; the section "model" of every file is an `Origin` in JSON, or has its
/// fields.
///
/// ```
/// all-MiniLM-L6-v2-1f0c6a2b9d3e4f57-int8-avx512.akinpack
/// all-MiniLM-L6-v2-1f0c6a2b9d3e4f57-int8-avx512-vocabulary.akinpack
/// notes.db-9b1de0a76c55f0e2-static.akinpack
/// ```
///
/// Nothing depends on it: without it, or with a file in it that does not fit, a model is loaded from its own files. A
/// file is replaced by renaming, and files whose model folder or store no longer exists are deleted when another is
/// written, so that the folder does not grow for ever.
///
/// The contents of such a file, weights and vectors, are trusted. So a file that another user may have put there is not
/// used: folder and file must belong to this user or root, and be writable by no one else. Nobody else can read them
/// either, because static models are made from a store's documents.
package struct PackedModelCache: Sendable {
    package let folder: URL

    private static let pathExtension = "akinpack"

    /// What every packed model says about itself.
    struct Origin: Codable {
        /// The model's folder, or the store that keeps it. Without it the file is of no use.
        var folder: String
    }

    /// The section that holds an `Origin`.
    static let originSection = "model"

    package init(folder: URL) { self.folder = folder }

    /// What the folder holds.
    package struct State: Sendable {
        /// Files of packed models, and their bytes.
        package let files: Int
        package let bytes: Int
        /// Whether files can be written there; also true where the folder is missing but can be made.
        package let isWritable: Bool
        /// Whether no other user can put files there, so that the files are used.
        package let isTrusted: Bool
    }

    package var state: State {
        let sizes = files().map { (try? $0.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0 }
        var place = folder
        while !FileManager.default.fileExists(atPath: place.path), place.pathComponents.count > 1 {
            place.deleteLastPathComponent()
        }
        let isFolder = (try? place.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
        return State(
            files: sizes.count, bytes: sizes.reduce(0, +),
            isWritable: isFolder && FileManager.default.isWritableFile(atPath: place.path), isTrusted: isTrusted)
    }

    /// Whether the folder does not exist, or is one that no other user can put files into.
    private var isTrusted: Bool { FileStatus(of: folder.path)?.isOfThisUserAlone ?? true }

    /// A packed model that this user has made, by its key; nil where there is none, or it does not fit.
    func packed(_ file: URL, version: UInt32, key: [UInt8]) -> PackedModelFile? {
        guard isTrusted else { return nil }
        return try? PackedModelFile(path: file.path, version: version, key: key, isPrivate: true)
    }

    /// Makes the folder, and keeps other users out of one that belongs to this user.
    private func prepareFolder() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard let status = FileStatus(of: folder.path), status.owner == geteuid(), status.permissions & 0o077 != 0
        else { return }
        _ = unsafe chmod(folder.path, 0o700)
    }

    /// - Parameters:
    ///   - origin: What the file is made from, a model folder or a store; its path decides the file's name.
    ///   - name: How people know the model.
    ///   - kind: What tells apart several files of one origin.
    func file(for origin: URL, name: String, kind: String) -> URL {
        let path = origin.resolvingSymlinksInPath().standardizedFileURL.path
        let digest = SHA256.hash(data: Data(path.utf8)).prefix(8).hexadecimal
        let name = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        return folder.appending(path: "\(name.prefix(80))-\(digest)-\(kind).\(Self.pathExtension)")
    }

    /// Publishes a file, and deletes those of models that no longer exist. A folder that cannot be written is left
    /// alone.
    func publish(_ writer: PackedModelWriter, to file: URL, version: UInt32, key: [UInt8]) {
        do {
            try prepareFolder()
            guard isTrusted else { return }
            try writer.publish(to: file.path, version: version, key: key, isPrivate: true)
        } catch {
            // A full or read-only disk costs time at the next start, nothing else; `akin doctor` says so.
            return
        }
        removeOrphans(but: file)
    }

    /// Deletes the files of models and stores that no longer exist.
    ///
    /// - Parameter kept: One that stays in any case.
    package func removeOrphans(but kept: URL? = nil) {
        for other in files() where other.lastPathComponent != kept?.lastPathComponent {
            guard let origin = Self.origin(ofFileAt: other) else { continue }
            if !FileManager.default.fileExists(atPath: origin) { try? FileManager.default.removeItem(at: other) }
        }
    }

    /// The path that a packed file was made from; nil when it is not a packed file.
    private static func origin(ofFileAt url: URL) -> String? {
        guard let file = try? PackedModelFile(path: url.path, version: nil, key: nil, isPrivate: true),
            let bytes = try? file.array(originSection, of: UInt8.self)
        else { return nil }
        return try? JSONDecoder().decode(Origin.self, from: Data(bytes)).folder
    }

    private func files() -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix("." + Self.pathExtension) }.map { folder.appending(path: $0) }
    }
}
