import AkinCore
import AkinTransformers
import Foundation

extension ModelLibrary {
    /// What `remove` would remove: the folder of an installed model, by its name or by the name that it has on a hub.
    ///
    /// Only folders that stand in the model folder are found, damaged models among them. A link that stands there is
    /// found as a link.
    ///
    /// - Throws: `AkinError`: `.invalidArgument` for a path, `.noModel` where there is no such model.
    public func removable(_ name: String) throws -> RemovableModel {
        if let model = hubModel(name), let folder = installedFolder(of: model) { return try removable(at: folder) }
        guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")), name.utf8.first != UInt8(ascii: ".") else {
            throw AkinError(
                .invalidArgument,
                "'\(name)' is not the name of a model in \(folder). Models elsewhere are not removed: delete their folders yourself."
            )
        }
        let wanted = ModelSource.named(name)?.name ?? name
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard
            let match = names.first(where: { $0 == wanted })
                ?? names.first(where: { $0.lowercased() == wanted.lowercased() })
        else {
            throw AkinError(.noModel, "There is no model named \(name) in \(folder), so nothing was removed.")
        }
        return try removable(at: URL(filePath: folder).appending(path: match))
    }

    private func removable(at folder: URL) throws -> RemovableModel {
        let isLink = FileStatus(of: folder.path, followingLinks: false)?.kind == .symbolicLink
        guard
            ["config.json", "modules.json"].contains(where: { name in
                FileManager.default.fileExists(atPath: folder.appending(path: name).path)
            })
        else {
            throw AkinError(
                .noModel, "\(folder.path) is no model: it has no config.json. It was left as it is.")
        }
        return RemovableModel(
            name: folder.lastPathComponent, path: folder.path, isLink: isLink,
            bytes: isLink ? 0 : Self.bytes(below: folder))
    }

    /// Removes an installed model, and what was kept to load it fast. A link in the model folder is removed, and what it
    /// leads to stays. Stores that were made with the model need it when they are searched next.
    ///
    /// - Throws: As `removable(_:)`; `AkinError(.inputOutput)` where the folder cannot be removed.
    @discardableResult
    public func remove(_ name: String) throws -> RemovableModel {
        let model = try removable(name)
        do {
            // A link is removed and not followed, here and within.
            let workshop = try makeWorkshop()
            defer { try? FileManager.default.removeItem(at: workshop) }
            // At once, so that nobody finds half a model.
            try FileManager.default.moveItem(
                at: URL(filePath: model.path), to: workshop.appending(path: model.name))
        } catch {
            throw AkinError(.inputOutput, "\(model.path) cannot be removed.", cause: error)
        }
        packed.removeOrphans()
        return model
    }

    static func bytes(below folder: URL) -> Int {
        var total = 0
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        while let file = files?.nextObject() as? URL {
            total += (try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        }
        return total
    }
}

/// A model that can be removed, as it stands in the model folder.
public struct RemovableModel: Sendable, Codable {
    /// The folder's name.
    public var name: String
    /// The folder's path.
    public var path: String
    /// Whether it is a link, so that only the link goes.
    public var isLink: Bool
    /// The size of its files in bytes; 0 for a link.
    public var bytes: Int
}
