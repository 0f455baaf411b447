import AkinCore
import AkinStore
import AkinText
import Foundation

/// What one run reads: parts of collections, those that it has to make among them, and what belongs to none.
struct CollectionPlan {
    /// A collection as the run finds it, or as it will be made.
    struct Member {
        var stored: StoredCollection
        var settings: CollectionSettings
        /// The root that the store has, where the folder has moved together with the store.
        var formerRoot: String?
        var isNew = false
        var isRenamed = false
        /// Whether the store had documents of its files before it was made.
        var hadDocuments = false

        var root: String { stored.root }
    }

    /// A file or folder of a collection.
    struct Part {
        /// The place of the collection among `members`.
        var member: Int
        /// As it is read and as messages name it.
        var path: String
        /// Below the collection's root; empty for the root itself.
        var relative: String
        /// Whether the caller named it, so that it is an error where it cannot be read.
        var isNamed: Bool
    }

    private(set) var members: [Member] = []
    private var addedParts: [Part] = []
    /// Standard input, and what is neither a file nor a folder.
    private(set) var loose: [String] = []
    private(set) var notes: [Note] = []
    private let storeFolder: String
    private var coverage: FollowedCoverage

    /// - Parameters:
    ///   - store: the absolute path of the store.
    ///   - options: of the run, for what collections do not remember.
    ///   - readers: those of the run.
    init(
        store: String, reader: StoreReader, options: IndexingOptions = IndexingOptions(),
        readers: [any FileReader] = []
    ) throws {
        storeFolder = store.pathFolder
        coverage = FollowedCoverage(options: options, readers: readers)
        for stored in try reader.collections() {
            var member = Member(
                stored: stored, settings: try CollectionSettings(json: stored.settings, of: stored.name))
            if let moved = Self.movedRoot(of: stored, storeFolder: storeFolder) {
                member.formerRoot = stored.root
                member.stored.root = moved
            }
            members.append(member)
        }
    }

    /// Where a collection is now, if its folder moved together with the store.
    static func movedRoot(of collection: StoredCollection, storeFolder: String) -> String? {
        guard let relative = collection.relativeRoot,
            let found = RealPath.ofFolder(storeFolder.path(above: relative)), found != collection.root,
            FileStatus(of: found)?.kind == .folder
        else { return nil }
        return found
    }

    /// The path of a folder from the store's; nil where it is not below that.
    func relativeRoot(of root: String) -> String? {
        root.utf8.elementsEqual(storeFolder.utf8) ? "" : root.path(below: storeFolder)
    }

    // MARK: What is read

    /// Adds everything that is followed.
    mutating func addAll() {
        for place in members.indices { addFollowed(of: place, atOrBelow: "", path: members[place].root) }
    }

    /// Adds files and folders that were named, in collections that have them or that are made for them.
    ///
    /// - Throws: `AkinError.noInput` for what does not exist or cannot be read.
    mutating func add(_ paths: [String], reading: ReadingSettings, reader: StoreReader) throws {
        guard !paths.isEmpty else {
            throw AkinError(.noInput, "No input was named; name files or folders, or - for standard input.")
        }
        var (folders, files): ([(path: String, real: String)], [(path: String, real: String)]) = ([], [])
        for path in paths {
            guard path != "-" else {
                loose.append(path)
                continue
            }
            guard let real = RealPath.ofFolder(path) else {
                _ = try CorpusReader(paths: [path]).plan()
                throw AkinError(
                    .noInput, "The input '\(path)' cannot be resolved to a path in UTF-8; rename it.")
            }
            switch FileStatus(of: real)?.kind {
            case .folder?: folders.append((path, real))
            case .regular?: files.append((path, real))
            default: loose.append(path)
            }
        }
        // Outer folders first, so that one command makes the same collections in whatever order they are named.
        let outer = folders.filter { folder in !folders.contains { folder.real.path(below: $0.real) != nil } }
        let inner = folders.filter { folder in folders.contains { folder.real.path(below: $0.real) != nil } }
            .sorted { $0.real.utf8.count < $1.real.utf8.count }
        for folder in outer + inner {
            try add(folder: folder.path, real: folder.real, reading: reading, reader: reader)
        }
        for file in files { try add(file: file.path, real: file.real, reading: reading, reader: reader) }
    }

    private mutating func add(folder path: String, real: String, reading: ReadingSettings, reader: StoreReader) throws {
        let inner = members.indices.filter { members[$0].root.path(below: real) != nil }
        let place = try owner(of: real) ?? place(root: real) ?? make(root: real, reader: reader)
        let relative = real.path(below: members[place].root) ?? ""
        if try !reading.isEmpty || !coverage.covers(relative, in: members[place]) {
            members[place].settings.follow(relative, reading)
            try unfollowCovered(below: relative, in: place)
        }
        addFollowed(of: place, atOrBelow: relative, path: path)
        addPart(Part(member: place, path: path, relative: relative, isNamed: true))
        for other in inner where other != place {
            let (name, root) = (members[other].stored.name, members[other].root)
            if members[other].settings.followsRoot {
                notes.append(
                    Note(
                        "\(path) holds the collection \(name) (\(root.sourceForPeople)), whose files stay documents of that collection."
                    ))
            }
            addFollowed(of: other, atOrBelow: "", path: path.path(above: root.path(below: real) ?? ""))
        }
    }

    private mutating func add(file path: String, real: String, reading: ReadingSettings, reader: StoreReader) throws {
        if let link = try linkThatCounts(path, real: real) {
            if !reading.isEmpty { members[link.member].settings.follow(link.relative, reading) }
            return addPart(link)
        }
        let folder = real.pathFolder
        let place = try owner(of: real) ?? place(root: folder) ?? make(root: folder, reader: reader)
        let relative = real.path(below: members[place].root) ?? ""
        let isCovered = try coverage.covers(relative, in: members[place])
        if !reading.isEmpty || !isCovered { members[place].settings.follow(relative, reading) }
        // The name says how it is read, and a link may have another one.
        let isLink = FileStatus(of: path, followingLinks: false)?.kind == .symbolicLink
        addPart(Part(member: place, path: isLink && isCovered ? real : path, relative: relative, isNamed: true))
    }

    /// A link that a walk of its collection reads under its own name, because it does not come to what it leads to: of
    /// several such links to one file, always the same.
    private mutating func linkThatCounts(_ path: String, real: String) throws -> Part? {
        guard FileStatus(of: path, followingLinks: false)?.kind == .symbolicLink, let entry = RealPath.ofEntry(path),
            let place = owner(of: entry), let relative = entry.path(below: members[place].root),
            let target = real.path(below: members[place].root), owner(of: real) == place,
            try coverage.covers(relative, in: members[place]), try !coverage.covers(target, in: members[place])
        else { return nil }
        guard let first = try coverage.link(to: real, like: relative, in: members[place]),
            let known = first.path(below: members[place].root), !known.utf8.elementsEqual(relative.utf8)
        else { return Part(member: place, path: path, relative: relative, isNamed: true) }
        return Part(member: place, path: first, relative: known, isNamed: true)
    }

    /// Follows no longer by themselves what a walk of a folder comes to, so that the order in which files and folders are
    /// named does not count.
    private mutating func unfollowCovered(below top: String, in place: Int) throws {
        for inner in members[place].settings.followed
        where inner.path != top && inner.path.isPath(atOrBelow: top) && inner.reading.isEmpty {
            var without = members[place]
            without.settings.unfollow(inner.path)
            if try coverage.covers(inner.path, in: without) { members[place] = without }
        }
    }

    /// Adds what a collection follows at a path and below it.
    private mutating func addFollowed(of place: Int, atOrBelow top: String, path: String) {
        for followed in members[place].settings.followed where followed.path.isPath(atOrBelow: top) {
            let below = top.isEmpty ? followed.path : followed.path.path(below: top) ?? ""
            addPart(
                Part(member: place, path: path.path(above: below), relative: followed.path, isNamed: false))
        }
    }

    private mutating func addPart(_ part: Part) {
        if let same = addedParts.firstIndex(where: {
            $0.member == part.member && $0.relative.utf8.elementsEqual(part.relative.utf8)
        }) {
            if part.isNamed { addedParts[same] = part }
        } else {
            addedParts.append(part)
        }
    }

    /// What is to be read. Of each collection what is more special stands first: it is read by its own settings, and
    /// then no longer with the folder it is in.
    var parts: [Part] {
        var members: [Int] = []
        for part in addedParts where !members.contains(part.member) { members.append(part.member) }
        return members.flatMap { member in
            addedParts.filter { $0.member == member }.enumerated().sorted {
                ($1.element.relative.utf8.count, $0.offset) < ($0.element.relative.utf8.count, $1.offset)
            }.map(\.element)
        }
    }

    // MARK: Whose files they are

    /// The innermost collection that follows a file or folder, by its real path.
    func owner(of real: String) -> Int? {
        members.indices.filter { place in
            let root = members[place].root
            if real.utf8.elementsEqual(root.utf8) { return members[place].settings.followsRoot }
            return real.path(below: root).map(members[place].settings.follows) ?? false
        }.max { members[$0].root.utf8.count < members[$1].root.utf8.count }
    }

    private func place(root: String) -> Int? {
        members.firstIndex { $0.root.utf8.elementsEqual(root.utf8) }
    }

    /// Makes a collection that follows nothing yet.
    ///
    /// - Parameter name: nil takes the folder's, with a number where that is taken.
    mutating func make(root: String, name: String? = nil, reader: StoreReader) throws -> Int {
        let wanted = name ?? root.lastPathPart ?? "files"
        var chosen = wanted
        var number = 2
        while try isTaken(chosen, root: root, reader: reader) {
            guard name == nil else { throw Self.nameIsTaken(wanted) }
            chosen = "\(wanted)-\(number)"
            number += 1
        }
        members.append(
            Member(
                stored: StoredCollection(
                    name: chosen, root: root, relativeRoot: relativeRoot(of: root), settings: "{}"),
                settings: CollectionSettings(), isNew: true,
                hadDocuments: try reader.documentCount(below: root) > 0))
        return members.count - 1
    }

    static func nameIsTaken(_ name: String) -> AkinError {
        AkinError(
            .invalidArgument,
            "The name '\(name)' is taken by a collection, or by documents whose ids begin with it; choose another.")
    }

    /// Whether documents of two folders could get one id by a name.
    func isTaken(_ name: String, root: String, reader: StoreReader) throws -> Bool {
        if members.contains(where: { $0.stored.name.utf8.elementsEqual(name.utf8) }) { return true }
        return try reader.hasDocuments(named: name, notBelow: root)
    }

    /// Whether a file or folder of a collection is read without being followed by itself, or followed by itself.
    mutating func covers(_ real: String, member: Int) throws -> Bool {
        guard let relative = real.path(below: members[member].root) else { return members[member].settings.followsRoot }
        return try coverage.covers(relative, in: members[member])
    }

    /// Whether a link that was found is the one that is read of all those that lead to the same file.
    mutating func counts(_ link: String, target: String, member: Int) throws -> Bool {
        guard let relative = link.path(below: members[member].root) else { return true }
        let first = try coverage.link(to: target, like: relative, in: members[member])
        return first.map { $0.utf8.elementsEqual(link.utf8) } ?? true
    }

    /// Whether files below a collection's root may belong to another one.
    func holdsOthers(_ place: Int) -> Bool {
        members.contains { $0.root.path(below: members[place].root) != nil }
    }

    mutating func follow(_ place: Int, _ path: String, _ reading: ReadingSettings) {
        members[place].settings.follow(path, reading)
    }

    mutating func rename(_ place: Int, to name: String) {
        members[place].stored.name = name
        members[place].isRenamed = true
    }

    mutating func move(_ place: Int, to root: String) {
        members[place].formerRoot = members[place].formerRoot ?? members[place].root
        members[place].stored.root = root
    }

    /// Follows a file no longer that was followed by itself.
    mutating func unfollow(_ place: Int, _ path: String) { members[place].settings.unfollow(path) }

    // MARK: Keeping it

    /// Stores what is new and what has changed.
    mutating func save(_ writer: StoreWriter) throws {
        for place in members.indices {
            var member = members[place]
            let settings = try member.settings.json
            if let former = member.formerRoot { try writer.moveSources(from: former, to: member.root) }
            if member.isNew {
                member.stored.settings = settings
                member.stored.id = try writer.createCollection(member.stored)
            } else if member.formerRoot != nil || member.isRenamed || settings != member.stored.settings {
                member.stored.settings = settings
                member.stored.relativeRoot = relativeRoot(of: member.root)
                try writer.updateCollection(member.stored)
            }
            (member.isNew, member.isRenamed, member.formerRoot) = (false, false, nil)
            members[place] = member
        }
    }

    /// Whether there is nothing to save.
    var isSaved: Bool {
        get throws {
            try members.allSatisfy {
                try !$0.isNew && $0.formerRoot == nil && $0.settings.json == $0.stored.settings
            }
        }
    }
}
