import AkinCore
import AkinPostings
import AkinStore
import Foundation
import Synchronization

/// The newest file of postings that this process has opened and checked, and the postings of the store's state that was
/// last asked for.
final class PostingsCache: Sendable {
    struct Mapped: Sendable {
        let path: String
        let postings: Postings
        /// The file that the path named when it was opened.
        let file: FileStatus

        var isWhole: Bool { IndexFiles.isWhole(path, openedAs: file) }
    }

    /// The postings of one state of the store.
    struct Present: Sendable {
        let postings: PresentPostings
        let file: Mapped
        /// The head of the change log that they were made for.
        let sequence: Int64
        let chain: Data
        /// Where the phrases stand that were asked for in this state.
        let phrases = PhraseCounts()
        /// Passages beside the file, and the terms of their texts.
        fileprivate let added: Set<Int64>
        fileprivate let builder: PostingsBuilder
    }

    /// The share of passages beside a file, of those in it, up to which it is used, and from which it is built again.
    /// To find their terms takes as long as FTS5 takes for twenty times as many passages.
    static let largestTail = 0.05

    private let mapped = Mutex<Mapped?>(nil)
    private let present = Mutex<Present?>(nil)

    /// The postings of the state that the reader's transaction sees; nil where no file fits it, or where the change log
    /// has too much beside it. What is wrong with files that were refused is in `findings`.
    func present(store: Store, reader: any StoreReading) throws -> (present: Present?, findings: [StoreFinding]) {
        guard try !KeywordTextVersion.isOutdated(reader) else { return (nil, []) }
        let head = try reader.lastChange()
        if let known = present.withLock({ $0 }), known.sequence == head.sequence, known.chain == head.chain,
            known.file.postings.header.textVersion == KeywordTextVersion.current, known.file.isWhole
        {
            return (known, [])
        }
        let (file, findings, _) = try file(store: store, reader: reader)
        guard let file, let made = try make(file, head, reader: reader) else { return (nil, findings) }
        present.withLock { $0 = made }
        return (made, findings)
    }

    /// Drops what may have been made of no one state of the store.
    func forget() { present.withLock { $0 = nil } }

    /// What a file and the change log after it give. Cost: tokenizing the passages that were added since the last state
    /// was asked for.
    private func make(
        _ file: Mapped, _ head: (sequence: Int64, chain: Data), reader: any StoreReading
    ) throws -> Present? {
        let base = file.postings
        let tail = try PassageTail(after: base.header.lastSequence, reader: reader)
        guard Double(tail.added.count) <= Self.largestTail * Double(base.passageCount) else { return nil }
        var builder = try known(besides: base, within: tail, reader: reader) ?? PostingsBuilder()
        if let first = tail.added.min() {
            try reader.forEachKeywordText(afterPassage: builder.lastPassage ?? first - 1) {
                try builder.add(passage: $0, terms: $1)
            }
        }
        let postings = PresentPostings(
            base: base, removed: tail.deleted, added: tail.added.isEmpty ? nil : try builder.postings(base.header))
        // A log that does not say what the tables hold is damage, which verify reports.
        guard try postings.passageCount == reader.passageCount() else { return nil }
        return Present(
            postings: postings, file: file, sequence: head.sequence, chain: head.chain, added: tail.added,
            builder: builder)
    }

    /// The terms of passages beside a file that are known from an earlier state, of which none was deleted since.
    private func known(
        besides base: Postings, within tail: PassageTail, reader: any StoreReading
    ) throws -> PostingsBuilder? {
        guard let known = present.withLock({ $0 }), known.file.postings === base, known.added.isSubset(of: tail.added),
            try reader.chain(at: known.sequence) == known.chain
        else { return nil }
        return known.builder
    }

    /// The newest usable file: its header names this store and the version of its search texts, its sequence is not
    /// newer than the reader's, and the change log has the same chain hash at that sequence. Anything else is left
    /// alone, reported in `findings` and named in `unfit`.
    func file(
        store: Store, reader: any StoreReading
    ) throws -> (file: Mapped?, findings: [StoreFinding], unfit: [String]) {
        var (findings, unfit): ([StoreFinding], [String]) = ([], [])
        func refuse(_ file: IndexFiles.File, _ fault: StoreFinding.Fault, _ message: String) {
            findings.append(StoreFinding(.indexFile(path: file.path), fault, message))
            unfit.append(file.path)
        }
        for file in IndexFiles(store: store).files(of: .words) {
            do {
                guard let opened = try open(file) else { continue }
                guard opened.isWhole else {
                    mapped.withLock { $0 = nil }
                    refuse(file, .invalid, "The index file \(file.path) was cut short while it was in use.")
                    continue
                }
                if try proves(opened.postings.header, store: store, reader: reader) {
                    mapped.withLock { $0 = opened }
                    return (opened, findings, unfit)
                }
                refuse(
                    file, .outdated,
                    "The index file \(file.path) belongs to another state of this store and is not used.")
            } catch let error as AkinError where error.code == .incompatible {
                // An older Akin's, which the next write replaces.
                unfit.append(file.path)
            } catch let error as AkinError {
                refuse(file, .invalid, error.message)
            }
        }
        return (nil, findings, unfit)
    }

    /// The mapping of a file, which is made where this process has another or none; nil where the file is gone.
    private func open(_ file: IndexFiles.File) throws -> Mapped? {
        if let known = mapped.withLock({ $0 }), known.path == file.path { return known }
        guard let status = FileStatus(of: file.path) else { return nil }
        return Mapped(path: file.path, postings: try Postings(path: file.path), file: status)
    }

    private func proves(_ header: PostingsHeader, store: Store, reader: any StoreReading) throws -> Bool {
        guard header.storeUUID == store.uuid, header.textVersion == KeywordTextVersion.current,
            header.lastSequence <= (try reader.lastChange().sequence)
        else { return false }
        return try reader.chain(at: header.lastSequence) == header.chain
    }
}

/// Passages that were added or deleted since an index file was written.
struct PassageTail: Sendable {
    /// Those that are still there.
    var added: Set<Int64> = []
    var deleted: Set<Int64> = []

    init(after sequence: Int64, reader: any StoreReading) throws {
        for change in try reader.changes(after: sequence) {
            switch change.operation {
            case .add: added.insert(change.passage)
            case .delete: deleted.insert(change.passage)
            case .vector: break
            }
        }
        added.subtract(deleted)
    }

    var count: Int { added.count + deleted.count }
}
