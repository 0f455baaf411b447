// Groups the records of a file by meaning, prints the groups and writes them as a page for a browser.
//
//   cluster-report reviews.jsonl report.html

import Akin
import Foundation

guard CommandLine.arguments.count == 3 else {
    print("usage: cluster-report RECORDS REPORT.html")
    exit(64)
}
let records = CommandLine.arguments[1]
let report = URL(filePath: CommandLine.arguments[2])

// The store is only needed for the report, so it lies in a folder that is removed at the end.
let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

let database = try await Database.open(at: folder.appending(path: "records.db").path, mode: .create)
let summary = try await database.index(paths: [records])
print("\(summary.added) records, encoded by \(summary.encoder)")

// Without a count, Akin chooses the number of clusters.
let outcome = try await database.cluster()
for cluster in outcome.clusters {
    print("\(cluster.size)\t\(cluster.label)")
}
try outcome.rendered(as: .html).write(to: report)
try await database.close()
