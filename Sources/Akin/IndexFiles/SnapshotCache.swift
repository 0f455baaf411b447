import AkinCore
import AkinIndex
import AkinStore
import Foundation
import Synchronization

/// The newest index file of each space that this process has opened and checked.
final class SnapshotCache: Sendable {
    struct Mapped: Sendable {
        let path: String
        let index: HNSWIndex
        let header: SnapshotHeader
        /// The file that the path named when it was opened.
        let file: FileStatus

        /// Whether the mapping can be read to its end. Akin never shortens an index file. If another program does,
        /// reading the part that is cut off ends the process, so each query looks first.
        var isWhole: Bool {
            guard let now = FileStatus(of: path) else { return true }
            return now.identity != file.identity || now.size >= file.size
        }
    }

    private let mapped = Mutex<[Int64: Mapped]>([:])

    /// The newest usable index file of a space: its header names this store, this space and this encoder, its sequence
    /// is not newer than the reader's, and the change log has the same chain hash at that sequence. Anything else is
    /// left alone, reported in `findings` and named in `unfit`.
    func snapshot(
        of space: VectorSpace, store: Store, reader: any StoreReading
    ) throws -> (snapshot: Mapped?, findings: [StoreFinding], unfit: [String]) {
        var (findings, unfit): ([StoreFinding], [String]) = ([], [])
        func refuse(_ file: IndexFiles.File, _ fault: StoreFinding.Fault, _ message: String) {
            findings.append(StoreFinding(.indexFile(path: file.path), fault, message))
            unfit.append(file.path)
        }
        for file in IndexFiles(store: store).files(of: space.id) {
            if let known = mapped.withLock({ $0[space.id] }), known.path == file.path {
                guard known.isWhole else {
                    mapped.withLock { $0[space.id] = nil }
                    refuse(file, .invalid, "The index file \(file.path) was cut short while it was in use.")
                    continue
                }
                if try proves(known.header, space: space, store: store, reader: reader) {
                    return (known, findings, unfit)
                }
                continue
            }
            do {
                guard let status = FileStatus(of: file.path) else { continue }
                let (index, header) = try Snapshot.open(file.path)
                guard try proves(header, space: space, store: store, reader: reader) else {
                    refuse(
                        file, .outdated,
                        "The index file \(file.path) belongs to another state of this store and is not used.")
                    continue
                }
                let opened = Mapped(path: file.path, index: index, header: header, file: status)
                mapped.withLock { $0[space.id] = opened }
                return (opened, findings, unfit)
            } catch let error as AkinError {
                refuse(file, .invalid, error.message)
            }
        }
        return (nil, findings, unfit)
    }

    private func proves(_ header: SnapshotHeader, space: VectorSpace, store: Store, reader: any StoreReading) throws
        -> Bool
    {
        guard header.storeUUID == store.uuid, header.space == space.id, header.encoderFingerprint == space.fingerprint,
            header.dimension == space.dimension, header.metric == (try space.distanceMetric()),
            header.lastSequence <= (try reader.lastChange().sequence)
        else { return false }
        return try reader.chain(at: header.lastSequence) == header.chain
    }
}

/// The index files beside a store: `NAME.db-index-SPACE-GENERATION`.
struct IndexFiles: Sendable {
    let store: Store

    struct File: Sendable {
        let path: String
        let generation: UInt64
    }

    /// The files of a space, newest generation first.
    func files(of space: Int64) -> [File] {
        let url = URL(filePath: store.path)
        let prefix = url.lastPathComponent + "-index-\(space)-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)) ?? []
        return names.compactMap { name in
            // No count reaches a larger number, and none could follow it.
            guard name.hasPrefix(prefix), let generation = UInt64(name.dropFirst(prefix.count)), generation < 1 << 62
            else { return nil }
            return File(path: url.deletingLastPathComponent().appending(path: name).path, generation: generation)
        }
        .sorted { $0.generation > $1.generation }
    }

    /// Removes unpublished files that killed writers left. Only under the store's lock, under which all of them are
    /// made.
    func removeLeftovers() {
        let url = URL(filePath: store.path)
        let folder = url.deletingLastPathComponent()
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(url.lastPathComponent + "-index-") && name.contains(".tmp-") {
            try? FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }

    func path(space: Int64, generation: UInt64) -> String { "\(store.path)-index-\(space)-\(generation)" }
}
