package import AkinCore

/// The folder that a walk of a part of it belongs to, and what of the part other walks look through.
package struct WalkScope: Sendable {
    /// The real path of the folder that is followed, to which patterns are relative and which links may not leave. Nil
    /// for the folder that is walked.
    package var followed: String?
    /// Real paths of files and folders that are passed by.
    package var skipped: Set<PathKey>

    package init(followed: String? = nil, skipped: Set<PathKey> = []) {
        (self.followed, self.skipped) = (followed, skipped)
    }
}
