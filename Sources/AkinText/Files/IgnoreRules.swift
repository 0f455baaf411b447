import AkinCore

/// What the ignore files of a folder and of those above it leave out.
///
/// A `.akinignore` counts before a `.ignore` and that before a `.gitignore`, wherever they stand. Among files of one
/// name the deepest counts. `.gitignore` files count from the top folder of the Git repository on; behind them come the
/// repository's `info/exclude` and the person's own file for all repositories. Ripgrep does the same.
final class IgnoreRules {
    /// The names of ignore files, the one that counts first before the others.
    enum Name: String, CaseIterable {
        case akin = ".akinignore"
        case general = ".ignore"
        case git = ".gitignore"
    }

    /// A Git repository: what it ignores beside `.gitignore` files.
    struct Repository {
        var exclude: IgnorePatterns
        var global: IgnorePatterns
    }

    /// What the rules say about a path.
    enum Decision: Equatable {
        case ignored
        /// A pattern with `!`, in a file of that name or behind it, says that it is read.
        case kept(Name)
    }

    private let parent: IgnoreRules?
    /// Where the paths below this folder begin in an absolute path.
    private let base: Int
    private let files: [IgnorePatterns?]
    /// The repository that this folder is the top of.
    private let top: Repository?
    private let isInRepository: Bool

    /// - Parameters:
    ///   - folder: the bytes of the absolute path.
    ///   - files: the ignore files there, in the order of `Name`.
    init(parent: IgnoreRules?, folder: [UInt8], files: [IgnorePatterns?], top: Repository?) {
        self.parent = parent
        base = folder.last == UInt8(ascii: "/") ? folder.count : folder.count + 1
        self.files = files
        self.top = top
        isInRepository = top != nil || parent?.isInRepository == true
    }

    /// Nil where no rule is about the path.
    ///
    /// - Parameters:
    ///   - path: the absolute path.
    ///   - name: where its last name begins.
    func decision(_ path: [UInt8], name: Int, isFolder: Bool) -> Decision? {
        for (place, kind) in Name.allCases.enumerated() where kind != .git || isInRepository {
            var folder: IgnoreRules? = self
            while let rules = folder {
                if let verdict = rules.files[place]?.verdict(path, base: rules.base, name: name, isFolder: isFolder) {
                    return verdict == .ignored ? .ignored : .kept(kind)
                }
                guard kind == .git, let top = rules.top else {
                    folder = rules.parent
                    continue
                }
                let verdict =
                    top.exclude.verdict(path, base: rules.base, name: name, isFolder: isFolder)
                    ?? top.global.verdict(path, base: rules.base, name: name, isFolder: isFolder)
                return verdict.map { $0 == .ignored ? .ignored : .kept(kind) }
            }
        }
        return nil
    }
}
