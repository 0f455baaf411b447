import AkinCore

/// Decides what of a folder is read, by names alone.
struct FileRules {
    private let selection: FileSelection
    private let globs: GlobFilter
    private let extensions: Set<String>
    private let excludedExtensions: Set<String>
    private let limitsTypes: Bool
    private let format: TextFormat?
    private let readers: [any FileReader]

    /// - Parameter format: what all files shall be read as; nil to go by their names.
    /// - Throws: `AkinError.invalidArgument` for a pattern that can match nothing.
    init(_ selection: FileSelection, format: TextFormat?, readers: [any FileReader]) throws {
        self.selection = selection
        self.format = format
        self.readers = readers
        globs = try GlobFilter(selection.globs)
        extensions = Set(selection.types.flatMap(\.extensions))
        excludedExtensions = Set(selection.excludedTypes.flatMap(\.extensions))
        limitsTypes = !selection.types.isEmpty || !selection.excludedTypes.isEmpty
    }

    /// Why an entry is left out; nil where nothing speaks against it.
    ///
    /// - Parameters:
    ///   - path: the absolute path.
    ///   - base: where the part below the folder that is searched begins in it.
    ///   - name: where its last name begins.
    ///   - ignored: the rules of the ignore files of its folder.
    func reasonToLeaveOut(
        _ path: [UInt8], base: Int, name: Int, isFolder: Bool, _ ignored: IgnoreRules?
    ) -> FilesNotRead.Reason? {
        if let isRead = globs.verdict(path, base: base, name: name, isFolder: isFolder) {
            return isRead ? nil : .notSelected
        }
        let decision = ignored?.decision(path, name: name, isFolder: isFolder)
        if decision == .ignored { return .ignored }
        if decision == nil, !selection.includesHidden, path[name] == UInt8(ascii: ".") { return .hidden }
        if selection.obeysIgnoreFiles,
            GeneratedFiles.verdict(path, base: base, name: name, isFolder: isFolder, decision) == .ignored
        {
            return .generated
        }
        if limitsTypes, !isFolder {
            let end = Self.end(ofName: String(decoding: path[name...], as: UTF8.self))
            if !selection.types.isEmpty, !(end.map(extensions.contains) ?? false) { return .notSelected }
            if end.map(excludedExtensions.contains) == true { return .notSelected }
        }
        return nil
    }

    /// The place of the reader that reads a file before its format's own does. A format that is asked for is a text's.
    func reader(ofPath path: String) -> Int? {
        format == nil ? readers.firstIndex { $0.reads(path: path) } : nil
    }

    /// The end of a name that its type is known by. Well-known names without one have that of their kind.
    private static func end(ofName name: String) -> String? {
        if let end = name.nameExtension { return end.lowercased() }
        return switch TextFormat(fileName: name) {
        case .text?: "txt"
        case .source?: "mk"
        default: nil
        }
    }

    /// The format that a file found in a folder is read in; nil when it is not read.
    func formatInFolder(ofName name: String) -> TextFormat? {
        let own = TextFormat(fileName: name)
        guard let chosen = format ?? own, own?.mayBeRead(as: chosen) ?? true else { return nil }
        return chosen
    }

    /// The format that a file is read in that was named directly.
    func formatOfNamed(_ name: String) -> TextFormat { format ?? TextFormat(fileName: name) ?? .text }
}
