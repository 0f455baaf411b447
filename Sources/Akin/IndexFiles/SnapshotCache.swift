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

        var isWhole: Bool { IndexFiles.isWhole(path, openedAs: file) }
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
        for file in IndexFiles(store: store).files(of: .graph(space: space.id)) {
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
