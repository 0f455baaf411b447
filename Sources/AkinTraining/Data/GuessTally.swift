import AkinCore
import Synchronization

/// Counts the texts of a corpus that say nothing of their character set, while they are read by a guess.
package final class GuessTally: Sendable {
    private let files = Mutex<[GuessedFiles]>([])

    package init() {}

    /// What a person should know of them; nil where there are none.
    package var sentence: String? { files.withLock { $0.sentence } }

    func add(_ path: String, characterSet: String) { files.withLock { $0.add(path, characterSet: characterSet) } }

    func reset() { files.withLock { $0.removeAll() } }
}
