public import AkinCore
import AkinStore
import Foundation

/// What `Database.repair` found and did.
public struct RepairReport: Sendable, Encodable {
    /// What was wrong.
    public var findings: [StoreFinding] = []
    /// What was mended.
    public var done: [Note] = []
    /// What could not be restored and has to be indexed or imported again, a sentence each.
    public var losses: [Note] = []
    /// The path of a copy of the store as it was found, where its file had to be rebuilt; else nil.
    public var damagedCopy: String?
    /// Documents in the store afterwards.
    public var documents = 0
    /// Passages in the store afterwards.
    public var passages = 0
}

extension Database {
    /// Makes a store whole again: rebuilds what is derived (index files, keyword index, entries for filters, the change
    /// log, vectors of encoders, word vectors) and saves what can be read of the rest. A store that is whole is left
    /// alone.
    ///
    /// A damaged store file is copied beside itself first, and replaced in one transaction. Cost: as `verify`; where
    /// the file is rebuilt, three times its size on the disk.
    ///
    /// Throws `.invalidData` when nothing of the file can be read as a store.
    @discardableResult
    public static func repair(
        at path: String, configuration: Database.Configuration = Database.Configuration(),
        progress: ProgressHandler? = nil
    ) async throws -> RepairReport {
        try await offload {
            var report = RepairReport()
            let mending = try Store.mendHeader(path: path, lockTimeout: configuration.lockTimeout)
            let contradicted = try examine(path, configuration: configuration, into: &report)
            if let contradicted {
                let rebuilding = try Store.rebuild(
                    path: path, contradicted: contradicted, lockTimeout: configuration.lockTimeout,
                    metadataEntries: MetadataCoding.entries(ofJSON:))
                report.damagedCopy = rebuilding.damagedCopy
                report.losses = rebuilding.losses
                report.done += rebuilding.definitions.map { Note($0) }
                if rebuilding.hasNewFirstPage {
                    report.done.append("The file's first page, which says where its tables begin, was rebuilt.")
                }
                report.done.append(
                    "The store was rebuilt from what can be read; a copy of the damaged one is \(rebuilding.damagedCopy)."
                )
            }
            if let mending {
                report.findings.insert(mending.finding, at: 0)
                report.done.insert(Note(mending.done), at: 0)
            }
            let database = try openNow(at: path, mode: .readWrite, configuration: configuration)
            defer { try? database.store.close() }
            try database.restoreDerived(all: contradicted != nil, progress: progress, report: &report)
            (report.documents, report.passages) = try database.store.read {
                (try $0.documentCount(), try $0.passageCount())
            }
            return report
        }
    }

    /// Records what is wrong. Returns the passages that the change log contradicts where the store's file has to be
    /// rebuilt, else nil.
    ///
    /// Damage is looked for by a reader first, so that the copy of a damaged store is the file as it was found.
    private static func examine(_ path: String, configuration: Database.Configuration, into report: inout RepairReport)
        throws
        -> Set<Int64>?
    {
        do {
            let seen = try examineAsReader(path, configuration: configuration)
            if let seen, !seen.findings.isEmpty {
                report.findings = seen.findings
                return seen.contradicted
            }
            let database = try openNow(at: path, mode: .readWrite, configuration: configuration)
            defer { try? database.store.close() }
            let (findings, contradicted) = try seen == nil ? database.examine() : (database.store.keywordFindings(), [])
            guard findings.isEmpty else {
                report.findings = findings
                return contradicted
            }
            report.findings = try database.derivedFindings()
            return nil
        } catch let error as AkinError where error.code == .invalidData && error.cause != nil {
            report.findings.append(StoreFinding(.file, .invalid, error.addingCause(to: error.message)))
            return []
        } catch let error as AkinError where error.code == .invalidData && Store.hasLostItsBeginning(path) {
            report.findings.append(
                StoreFinding(.file, .invalid, "\(path) does not begin as a store does: its first page is damaged."))
            return []
        } catch let error as AkinError
            where [.incompatible, .noInput].contains(error.code) && Store.tellsAWrongFormat(path)
        {
            report.findings.append(
                StoreFinding(
                    .file, .invalid,
                    "\(path) names another format than its tables have: its first page is damaged."))
            return []
        }
    }

    /// What a reader finds; nil where an older Akin wrote the store, which a reader cannot open.
    private static func examineAsReader(
        _ path: String, configuration: Database.Configuration
    ) throws -> (findings: [StoreFinding], contradicted: Set<Int64>)? {
        let database: Database
        do {
            database = try openNow(at: path, mode: .readOnly, configuration: configuration)
        } catch let error as AkinError where error.code == .incompatible && !Store.tellsAWrongFormat(path) {
            return nil
        }
        defer { try? database.store.close() }
        return try database.examine()
    }

    private func examine() throws -> (findings: [StoreFinding], contradicted: Set<Int64>) {
        try store.examine(metadataEntries: MetadataCoding.entries(ofJSON:))
    }

    /// Rebuilds what the store can make from its texts.
    private func restoreDerived(all: Bool, progress: ProgressHandler?, report: inout RepairReport) throws {
        try store.write { writer in
            let files = IndexFiles(store: store)
            files.removeLeftovers()
            var unfit = try postings.file(store: store, reader: writer).unfit
            for space in try writer.spaces() {
                unfit += try snapshots.snapshot(of: space, store: store, reader: writer).unfit
            }
            for path in unfit {
                try? FileManager.default.removeItem(atPath: path)
                report.done.append("The index file \(path) was removed.")
            }
        }
        for space in try store.read({ try $0.spaces() }) {
            do {
                try checkWordModel(of: space)
            } catch {
                try store.write { try $0.deleteSpace(id: space.id) }
                report.done.append("Word vectors that cannot be read were removed.")
            }
        }
        try store.write { writer in
            guard (try? activeSpace(writer)) == nil else { return }
            let other = try writer.spaces().last { $0.status == .active }
            try writer.setSetting(Self.activeSpaceKey, other.map { String($0.id) })
            if let other {
                report.done.append("Semantic search is served by the vectors of \(other.encoderName) again.")
            }
        }
        do {
            var encoder = ""
            let before = try vectorCounts()
            if try store.read({ try $0.holdsText() }) {
                report.done += try ensureVectors(progress: progress, encoder: &encoder)
            }
            let made = try vectorCounts() - before
            if made > 0 {
                report.done.append(
                    made == 1
                        ? "A vector was made again from its text." : "\(made) vectors were made again from their texts."
                )
            }
        } catch let error as AkinError {
            report.losses.append(
                Note(
                    "Vectors that are missing could not be made: \(error.message)",
                    remedy: .steps([error.remedy, .optimize].compactMap(\.self))))
        }
        let built = try store.read { try IndexFiles(store: store).files(ofAny: $0.spaces()) }
        try buildIndexIfDue(progress: progress)
        let now = try store.read { try IndexFiles(store: store).files(ofAny: $0.spaces()) }
        report.done += now.subtracting(built).sorted().map { Note("The index file \($0) was built.") }
        if all || !report.findings.isEmpty {
            let left = try allFindings()
            report.losses += left.map { Note("After the repair: \($0)") }
        }
    }

    private func vectorCounts() throws -> Int {
        try store.read { reader in try reader.spaces().reduce(0) { try $0 + reader.vectorCount(space: $1.id) } }
    }
}

extension IndexFiles {
    fileprivate func files(ofAny spaces: [VectorSpace]) -> Set<String> {
        Set((spaces.map { Kind.graph(space: $0.id) } + [.words]).flatMap { files(of: $0).map(\.path) })
    }
}
