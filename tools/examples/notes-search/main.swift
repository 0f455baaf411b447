// Searches a folder of notes by meaning. The store is kept beside it, so that the next search reads only what changed.
//
//   notes-search notes/ "when does the boat go?"

import Akin
import Foundation

guard CommandLine.arguments.count == 3 else {
    print("usage: notes-search FOLDER QUESTION")
    exit(64)
}
let folder = CommandLine.arguments[1]
let question = CommandLine.arguments[2]

let store = URL(filePath: folder).appendingPathExtension("db").path
let database = try await Database.open(at: store, mode: .create)

// Unchanged notes are skipped, and notes whose files are gone are deleted.
let summary = try await database.index(paths: [folder], options: IndexingOptions(prune: true))
print("\(summary.added) added, \(summary.updated) changed, \(summary.unchanged) unchanged, \(summary.pruned) deleted")
for problem in summary.problems {
    print("skipped \(problem.path): \(problem.message)")
}

let answer = try await database.search(question, count: 3)
for result in answer.results {
    print("\(result.rank). \(result.title ?? result.id)")
    print("   \(result.text.prefix(200))")
}
try await database.close()
