import AkinCore
import AkinStore
import Foundation

/// The index files beside a store: `NAME.db-index-SPACE-GENERATION` and `NAME.db-words-GENERATION`.
struct IndexFiles: Sendable {
    let store: Store

    /// What an index file holds.
    enum Kind: Hashable, Sendable {
        /// The graph over the vectors of a space.
        case graph(space: Int64)
        /// The postings of the passages' words.
        case words

        /// What stands between the store's name and the generation.
        fileprivate var infix: String {
            switch self {
            case .graph(let space): "-index-\(space)-"
            case .words: "-words-"
            }
        }
    }

    struct File: Sendable {
        let path: String
        let generation: UInt64
    }

    /// The files of a kind, newest generation first.
    func files(of kind: Kind) -> [File] {
        let url = URL(filePath: store.path)
        let prefix = url.lastPathComponent + kind.infix
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)) ?? []
        return names.compactMap { name in
            // No count reaches a larger number, and none could follow it.
            guard name.hasPrefix(prefix), let generation = UInt64(name.dropFirst(prefix.count)), generation < 1 << 62
            else { return nil }
            return File(path: url.deletingLastPathComponent().appending(path: name).path, generation: generation)
        }
        .sorted { $0.generation > $1.generation }
    }

    /// The generation and the path of the next file of a kind.
    func next(of kind: Kind) -> File {
        let generation = (files(of: kind).first?.generation ?? 0) + 1
        return File(path: store.path + kind.infix + String(generation), generation: generation)
    }

    /// Removes the files of a kind that are older than a generation.
    func remove(_ kind: Kind, before generation: UInt64) {
        for old in files(of: kind) where old.generation < generation {
            try? FileManager.default.removeItem(atPath: old.path)
        }
    }

    /// Removes unpublished files that killed writers left. Only under the store's lock, under which all of them are
    /// made.
    func removeLeftovers() {
        let url = URL(filePath: store.path)
        let folder = url.deletingLastPathComponent()
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where ["-index-", "-words-"].contains(where: { name.hasPrefix(url.lastPathComponent + $0) })
            && name.contains(".tmp-")
        {
            try? FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }

    /// Whether a mapping can be read to its end. Akin never shortens an index file. If another program does, reading
    /// the part that is cut off ends the process, so each query looks first.
    ///
    /// - Parameter file: What the path named when it was mapped.
    static func isWhole(_ path: String, openedAs file: FileStatus) -> Bool {
        guard let now = FileStatus(of: path) else { return true }
        return now.identity != file.identity || now.size >= file.size
    }
}
