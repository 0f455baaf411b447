import AkinCore

/// Which files of folders are read, as far as a collection remembers it.
struct SelectionSettings: Codable, Hashable, Sendable {
    var obeysIgnoreFiles = true
    var includesHidden = false
    var globs: [String] = []
    var types: [FileType] = []
    var excludedTypes: [FileType] = []

    init() {}

    init(_ selection: FileSelection) {
        obeysIgnoreFiles = selection.obeysIgnoreFiles
        includesHidden = selection.includesHidden
        (globs, types, excludedTypes) = (selection.globs, selection.types, selection.excludedTypes)
    }

    /// A selection by these settings. A person's own patterns for Git are of the machine and not remembered.
    func applied(to selection: FileSelection) -> FileSelection {
        FileSelection(
            obeysIgnoreFiles: obeysIgnoreFiles, includesHidden: includesHidden, globs: globs, types: types,
            excludedTypes: excludedTypes, gitExcludesFile: obeysIgnoreFiles ? selection.gitExcludesFile : nil)
    }
}
