import AkinCore
import ArgumentParser
import Foundation

/// Which files of folders are read.
struct FileSelectionOptions: ParsableArguments {
    @Option(
        name: [.customShort("g"), .long],
        help: ArgumentHelp(
            """
            Read only files that match, or none that match after !; as lines of .gitignore, below the folder; {a,b} is either; may \
            be given again.
            """, valueName: "pattern"))
    var glob: [String] = []

    @Option(
        help: ArgumentHelp("Read only files of a type, such as md or docs; may be given again.", valueName: "type"),
        completion: .list(FileType.allCases.map(\.rawValue)), transform: FileType.init(argument:))
    var type: [FileType] = []

    @Option(
        help: ArgumentHelp("Read no files of a type; may be given again.", valueName: "type"),
        completion: .list(FileType.allCases.map(\.rawValue)), transform: FileType.init(argument:))
    var typeNot: [FileType] = []

    @Flag(help: "Print the types and the ends of their files' names.")
    var typeList = false

    @Flag(help: "Read hidden files and folders.")
    var hidden = false

    @Flag(help: "Read what .gitignore, .ignore and .akinignore leave out, and what programs generate.")
    var noIgnore = false

    /// Whether nothing was said.
    var isEmpty: Bool { glob.isEmpty && type.isEmpty && typeNot.isEmpty && !hidden && !noIgnore }

    /// The selection, with the person's patterns for all Git repositories.
    var selection: FileSelection {
        FileSelection(
            obeysIgnoreFiles: !noIgnore, includesHidden: hidden, globs: glob, types: type, excludedTypes: typeNot,
            gitExcludesFile: noIgnore ? nil : GitExcludesFile.path(ProcessInfo.processInfo.environment))
    }

    func validate() throws {
        guard typeList else { return }
        let lines = FileType.allCases.map { "\($0.rawValue): \($0.extensions.map { ".\($0)" }.joined(separator: " "))" }
        throw CleanExit.message(lines.sorted().joined(separator: "\n"))
    }
}

extension FileType {
    fileprivate init(argument: String) throws {
        guard let type = FileType(rawValue: argument.lowercased()) else {
            throw ValidationError("there is no type of files named '\(argument)'; --type-list prints them.")
        }
        self = type
    }
}
