import AkinCore
import AkinTransformers
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension ModelLibrary {
    /// Where what a hub has sent waits for the rest, below the model folder.
    private static let partialPrefix = ".partial-"
    /// How long it waits, in seconds.
    private static let patience = 7.0 * 86_400

    /// The model of a hub that a name stands for; nil where there is a file or folder of that name.
    func hubModel(_ name: String) -> HubModel? {
        FileManager.default.fileExists(atPath: (name as NSString).expandingTildeInPath) ? nil : HubModel(name)
    }

    /// The installed model that has come from a hub by a name, `OWNER/NAME`; nil where there is none.
    func installedFolder(of model: HubModel) -> URL? {
        let folder = URL(filePath: folder).appending(path: model.name)
        guard ModelFolder.holdsNetwork(folder),
            ModelOrigin(of: folder)?.repository.lowercased() == model.path.lowercased()
        else { return nil }
        return folder
    }

    /// Installs a model from a hub.
    func fetch(
        _ model: HubModel, revision: String?, environment: [String: String], progress: ProgressHandler?
    ) throws -> InstalledModel {
        let revision = try revision.map(HubRevision.init) ?? .main
        let site = try HubSite(environment: environment)
        let target = URL(filePath: folder).appending(path: model.name)
        if FileManager.default.fileExists(atPath: target.path), installedFolder(of: model) == nil {
            throw AkinError(
                .cannotCreate,
                "There is already a model \(model.name) that does not come from \(model.path), and was left as it is.",
                remedy: .removeModel(model.name))
        }
        func isPresent(_ commit: String) -> Bool {
            ModelOrigin(of: target).map { $0.commit == commit && $0.matches(target) } ?? false
        }
        if revision.isCommit, isPresent(revision.name) { return try information(target.path) }

        let workshop = try makeWorkshop()
        defer { try? FileManager.default.removeItem(at: workshop) }
        removeAbandoned()
        let connection = HubConnection(site: site, model: model, environment: environment, folder: workshop)
        let listing = try HubListing(
            connection.contents(
                of: site.listing(of: model, revision), as: "\(model.path) at revision \(revision.name)",
                limit: HubListing.mostBytes), of: model.path)
        if isPresent(listing.commit) { return try information(target.path) }

        let partial = URL(filePath: folder).appending(
            path: "\(Self.partialPrefix)\(model.owner)--\(model.name)-\(listing.commit)")
        let download = HubDownload(connection: connection, revision: revision, progress: progress)
        return try alone(in: partial, model) {
            let whole = partial.appending(path: model.name)
            try FileManager.default.createDirectory(at: whole, withIntermediateDirectories: true)
            let origin = try download.run(listing, into: whole)
            progress?(WorkProgress(phase: .init(rawValue: "checking"), completed: 0, unit: .bytes, documents: 0))
            do {
                _ = try information(whole.path)
            } catch let error as AkinError {
                // All of it has come, so nothing is to go on with.
                try? FileManager.default.removeItem(at: partial)
                throw error
            }
            try origin.write(to: whole)
            let installed = try install(whole, as: model.name, workshop)
            try? FileManager.default.removeItem(at: partial)
            return installed
        }
    }

    /// Runs a download while no other one of the same commit goes on, in this process or another.
    private func alone<Result>(in partial: URL, _ model: HubModel, _ body: () throws -> Result) throws -> Result {
        try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
        let lock: CInt
        do {
            lock = try RegularFile.openForWriting(partial.appending(path: "lock").path, creating: 0o600)
        } catch {
            throw AkinError(.cannotCreate, "\(partial.path) cannot be written: \(error).")
        }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw AkinError(.locked, "Another process is fetching \(model.path).", remedy: .wait)
        }
        return try body()
    }

    /// Removes what hubs have sent long ago and nobody went on with.
    private func removeAbandoned() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(Self.partialPrefix) {
            let partial = URL(filePath: folder).appending(path: name)
            let inside = FileManager.default.enumerator(at: partial, includingPropertiesForKeys: nil)
            let files = [partial] + (inside?.compactMap { $0 as? URL } ?? [])
            let newest = files.compactMap { FileStatus(of: $0.path, followingLinks: false)?.modified }.max() ?? 0
            if Date.now.timeIntervalSince1970 - Double(newest) * 1e-9 > Self.patience {
                try? FileManager.default.removeItem(at: partial)
            }
        }
    }
}
