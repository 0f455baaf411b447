import AkinCore
package import Foundation

/// Writes folders of models that appear whole or not at all.
package enum ModelFolderWriter {
    /// Throws `.cannotCreate` where something stands at `folder` already.
    package static func requireFree(_ folder: URL) throws {
        guard FileStatus(of: folder.path) == nil else {
            throw AkinError(.cannotCreate, "\(folder.path) exists already; choose another folder or delete it.")
        }
    }

    /// Makes the folder in which `folder` will stand, and in which a training keeps its state before that. Throws
    /// `.cannotCreate` where it cannot be made.
    package static func makeParent(of folder: URL) throws {
        let parent = folder.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw AkinError(.cannotCreate, "\(parent.path) cannot be created.", cause: error)
        }
    }

    /// Fills a folder beside `folder`, and gives it its name when it is complete.
    ///
    /// Throws `.cannotCreate` where something is there already or the folder cannot be made, `.inputOutput` when a file
    /// cannot be written, and what `body` throws.
    package static func write(to folder: URL, _ body: (_ staging: URL) throws -> Void) throws {
        let files = FileManager.default
        try requireFree(folder)
        let staging = folder.deletingLastPathComponent().appending(
            path: ".\(folder.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try files.createDirectory(at: staging, withIntermediateDirectories: true)
        } catch {
            throw AkinError(
                .cannotCreate, "\(folder.path) cannot be created: \(error.localizedDescription)", cause: error)
        }
        do {
            try body(staging)
            synchronize(staging)
            try publish(staging, as: folder)
        } catch {
            try? files.removeItem(at: staging)
            if error is AkinError || error is CancellationError { throw error }
            throw AkinError(
                .inputOutput,
                "\(folder.path) cannot be written: \(error.localizedDescription) Check the free space of the disk.",
                cause: error)
        }
    }

    /// Renames a complete folder. Of two processes that do so at once, one finds the name taken, which a system reports
    /// in several ways.
    private static func publish(_ staging: URL, as folder: URL) throws {
        do {
            try FileManager.default.moveItem(at: staging, to: folder)
        } catch {
            try requireFree(folder)
            throw error
        }
    }

    /// Flushes a folder's files to the disk, so that a name never stands for files that a loss of power would empty.
    private static func synchronize(_ folder: URL) {
        let entries = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for entry in [""] + entries {
            let file = FileHandle(forReadingAtPath: entry.isEmpty ? folder.path : "\(folder.path)/\(entry)")
            try? file?.synchronize()
            try? file?.close()
        }
    }

    /// Copies the files and folders of a model; links are followed.
    package static func copyContents(of source: URL, to target: URL) throws {
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: source.path).sorted() where !name.hasPrefix(".") {
            let file = source.appending(path: name).resolvingSymlinksInPath()
            try files.copyItem(at: file, to: target.appending(path: name))
        }
    }
}
