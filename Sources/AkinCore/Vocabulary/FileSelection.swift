/// Which of the files below a folder are read. A file that is named directly is always read.
public struct FileSelection: Hashable, Sendable, Codable {
    /// Whether `.gitignore`, `.ignore` and `.akinignore` files, and the list of files that programs generate, leave files
    /// out.
    public var obeysIgnoreFiles: Bool
    /// Whether files and folders are read whose names begin with a dot.
    public var includesHidden: Bool
    /// Patterns as `.gitignore` has them, relative to the folder that is searched, with the opposite meaning: what one
    /// matches is read, whatever else leaves it out; what one with `!` before it matches is not. The last pattern that
    /// matches counts. Where there is a pattern without `!`, files that none matches are left out. `{a,b}` stands for
    /// either.
    public var globs: [String]
    /// The types of files that are read; empty for all.
    public var types: [FileType]
    /// The types of files that are not read.
    public var excludedTypes: [FileType]
    /// The file with the patterns that a person has for all Git repositories (`core.excludesFile`).
    public var gitExcludesFile: String?

    /// The person's own patterns belong to the person, not to the selection.
    private enum CodingKeys: String, CodingKey {
        case obeysIgnoreFiles, includesHidden, globs, types, excludedTypes
    }

    /// Makes a selection; what is not given has its default.
    public init(
        obeysIgnoreFiles: Bool = true, includesHidden: Bool = false, globs: [String] = [], types: [FileType] = [],
        excludedTypes: [FileType] = [], gitExcludesFile: String? = nil
    ) {
        self.obeysIgnoreFiles = obeysIgnoreFiles
        self.includesHidden = includesHidden
        self.globs = globs
        self.types = types
        self.excludedTypes = excludedTypes
        self.gitExcludesFile = gitExcludesFile
    }
}
