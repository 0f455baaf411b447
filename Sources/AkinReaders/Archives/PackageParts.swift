import AkinText
import Foundation

/// The parts of a document that is a zip archive, those that are wanted in memory.
struct PackageParts {
    /// The largest part.
    private static let limit = 512 << 20

    private(set) var names: [String] = []
    private var parts: [String: Data] = [:]

    /// - Throws: `FileRefusal` for what is no zip archive, is encrypted or too large.
    init(_ file: FileToRead, _ budget: UnpackingBudget, isWanted: (String) -> Bool) throws {
        if let head = try? FileHandle(forReadingFrom: URL(filePath: file.path)).read(upToCount: 8) {
            // The envelope of Office's encrypted documents, and its format before 2007.
            guard !head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else {
                throw FileRefusal(
                    "is encrypted, or of the format before 2007; save it in the newer format without a password")
            }
            guard head.starts(with: [0x50, 0x4B]) else {
                throw FileRefusal("is not what its extension says; rename it")
            }
        }
        let archive = try ArchiveStream(path: file.path, budget: budget, onlyZip: true)
        while let entry = try archive.next() {
            names.append(entry.path)
            guard entry.isFile, isWanted(entry.path) else { continue }
            guard !entry.isEncrypted else { throw FileRefusal("is encrypted; give it without a password") }
            parts[entry.path] = try archive.data(limit: Self.limit)
        }
    }

    subscript(name: String) -> Data? { parts[name] }

    /// A part that must be there.
    func required(_ name: String) throws -> Data {
        guard let data = parts[name] else { throw FileRefusal("is damaged: it has no part \(name)") }
        return data
    }

    /// What a part says that it is related to: targets, as paths in the package, by id, with the last part of the type.
    func relations(of name: String) throws -> [String: (target: String, type: String)] {
        let folder = name.split(separator: "/").dropLast()
        let path = (folder + ["_rels", "\(name.split(separator: "/").last ?? "").rels"]).joined(separator: "/")
        guard let data = parts[path] else { return [:] }
        var found: [String: (target: String, type: String)] = [:]
        try XMLStream.read(data, as: path, elements: ["Relationship"]) { node, _ in
            guard let id = node["Id"], let target = node["Target"], node["TargetMode"] != "External" else { return }
            let kind = node["Type"]?.split(separator: "/").last.map(String.init) ?? ""
            found[id] = (Self.resolved(target, in: folder.joined(separator: "/")), kind)
        }
        return found
    }

    /// A path relative to a folder of the package.
    static func resolved(_ path: String, in folder: String) -> String {
        var parts = path.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in path.split(separator: "/") {
            switch part {
            case "..": _ = parts.popLast()
            case ".": break
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// The title in the properties that Office's formats share; nil where it is missing or blank.
    func title() throws -> String? {
        guard let data = parts["docProps/core.xml"] else { return nil }
        let title = try XMLStream.root(of: data, as: "docProps/core.xml").child("title")?.text.trimmed
        return title?.isEmpty == false ? title : nil
    }
}
