import AkinCore
import AkinStore
import Foundation

extension Database {
    /// Counts the documents of files that were not found, or deletes all documents that were looked for and not found.
    func reportMissing(
        _ summary: inout IndexingSummary, run: IndexingRun, scan: CollectionScan, plan: inout CollectionPlan,
        isPruning: Bool
    ) throws {
        guard isPruning else {
            for (member, files) in scan.missed {
                let root = plan.members[member].root
                for file in files {
                    if RealPath.isMissing(root.path(above: file.path)) {
                        summary.gone += file.records ?? 1
                    } else {
                        summary.leftOut += file.records ?? 1
                    }
                }
            }
            return
        }
        summary.pruned = try prune(run: run, rule: scan.rule, notes: &summary.notes)
        for (member, files) in scan.missed where !files.isEmpty {
            let collection = plan.members[member].stored.id
            try store.write { try $0.deleteFiles(files.map(\.path), ofCollection: collection) }
            for file in files { plan.unfollow(member, file.path) }
        }
        if try !plan.isSaved { try store.write { try plan.save($0) } }
    }

    /// Deletes the documents that the run looked for and did not find.
    private func prune(run: IndexingRun, rule: PruneRule, notes: inout [Note]) throws -> Int {
        let missed = try store.read { reader in
            try reader.documentOrigins(digestLength: ContentHash.digestLength).filter { !run.hasSeen($0.id) }
        }
        let gone = missed.filter {
            rule.isGone(source: $0.source, version: ReadingVersion(ending: $0.ending))
        }
        for start in stride(from: 0, to: gone.count, by: 500) {
            try store.write { writer in
                for entry in gone[start..<min(gone.count, start + 500)] {
                    _ = try writer.delete(id: entry.id, readingFileAgain: false)
                }
            }
        }
        if !gone.isEmpty { try store.write { try $0.readRecordsAgainAfterConflict() } }
        let unplaced = missed.count { SourcePath.isRelativeFile($0.source) }
        if unplaced > 0 {
            notes.append(
                Note(
                    "Documents with relative sources were not pruned, because nobody knows which folder they are relative to: there are "
                        + "\(unplaced), stored by an earlier version. Index their folders once more. What still has a relative source "
                        + "then can be deleted by its source.",
                    remedy: .deleteDocuments(where: "source starts with ...")))
        }
        return gone.count
    }
}
