import AkinCore
import AkinTokenizers
import AkinTransformers
import Foundation

/// The download of one revision of a model. What has come stays in a folder of its own beside the installed models,
/// named by the commit, until the model is whole, so that another call goes on where one ended.
struct HubDownload {
    let connection: HubConnection
    /// As it was asked for.
    let revision: HubRevision
    let progress: ProgressHandler?

    private var model: HubModel { connection.model }

    /// Bytes of the disk that stay free.
    private static let reserve = 256 << 20

    /// Fetches what the model is made of and has not come yet.
    ///
    /// - Parameter folder: where it goes; it need not exist.
    /// - Throws: `AkinError`: `.noModel` for what the hub does not give or no encoder reads, `.invalidData` for what is not
    ///   what the hub says it is, `.inputOutput` where the disk has no room.
    func run(_ listing: HubListing, into folder: URL) throws -> ModelOrigin {
        let selection = HubSelection(listing: listing, name: model.path)
        var digests: [String: String] = [:]
        func text(_ path: String) throws {
            digests[path] = try fetch(path, of: listing, into: folder, limit: JSONFile.largest) { _ in }
        }
        if listing.files[HubSelection.modules] != nil { try text(HubSelection.modules) }
        let modules = try modules(in: folder)
        let settings = selection.settings(modules)
        guard settings.contains(HubSelection.path("config.json", in: modules[0])) else {
            throw AkinError(.noModel, "\(model.path) has no config.json, so it is no model that an encoder reads.")
        }
        for path in settings where digests[path] == nil { try text(path) }
        let weights = try selection.weights(modules, shards: try shards(in: folder, modules[0]))
        try requireSupport(folder)

        let sizes = weights.map { listing.files[$0]?.size ?? 0 }
        let total = try sum(sizes)
        try requireRoom(for: total, folder, weights)
        let licence = listing.license.map { ", licence \($0)" } ?? ", which names no licence"
        report(
            0, of: total,
            notice: "\(model.path) at commit \(listing.commit.prefix(12)), \(total / 1_000_000) MB\(licence)")
        var done = 0
        for (path, size) in zip(weights, sizes) {
            digests[path] = try fetch(path, of: listing, into: folder, limit: nil) { bytes in
                report(done + bytes, of: total)
            }
            done += size
        }
        return ModelOrigin(
            endpoint: connection.site.endpoint.absoluteString, repository: model.path, revision: revision.name,
            commit: listing.commit, license: listing.license, digests: digests)
    }

    private func report(_ completed: Int, of total: Int, notice: String? = nil) {
        var step = WorkProgress(
            phase: .init(rawValue: "downloading"), completed: Double(completed), total: Double(max(1, total)),
            unit: .bytes, documents: 0)
        step.notice = notice
        progress?(step)
    }

    /// Fetches one file, or finds that it has come before.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that are taken where it is a text; nil for weights, whose size has to be known.
    ///   - count: gets the number of bytes that are there.
    /// - Returns: its SHA-256.
    private func fetch(
        _ path: String, of listing: HubListing, into folder: URL, limit: Int?, count: (Int) -> Void
    ) throws -> String {
        let what = "\(model.path), \(path)"
        let known = listing.files[path] ?? HubListing.File()
        let file = PartialFile(file: folder.appending(path: path))
        if known.digest != nil, let digest = file.finished(size: known.size, digest: known.digest) { return digest }
        if let size = known.size, let limit, size > limit { throw tooLong(what, limit) }
        let url = connection.site.file(path, of: model, try HubRevision(listing.commit))
        var most = 0
        return try connection.retrying(what) {
            let size = file.size
            defer { most = max(most, size) }
            return size > most
        } request: {
            let hasBeginning = file.size > 0
            do {
                return try transfer(url, to: file, known, what, limit: limit, count: count)
            } catch is PartialFile.Misfit {
                file.discard()
                // What had come may have been damaged, or of another file.
                if hasBeginning, let digest = try? transfer(url, to: file, known, what, limit: limit, count: count) {
                    return digest
                }
                file.discard()
                throw AkinError(
                    .invalidData,
                    "\(what) is not the file that the hub names: its size or hash is another. It was discarded.",
                    remedy: .tryAgain)
            }
        }
    }

    /// Requests what is missing of a file, and gives it its name.
    private func transfer(
        _ url: URL, to file: PartialFile, _ known: HubListing.File, _ what: String, limit: Int?, count: (Int) -> Void
    ) throws -> String {
        var expected = known
        var handle: FileHandle?
        defer { try? handle?.close() }
        var place = file.size
        if known.size == place, place > 0, let digest = try? file.finish(size: place, digest: known.digest) {
            return digest
        }
        if let size = known.size, place >= size { place = 0 }
        _ = try connection.follow(url, from: place, what) { head, told in
            if head.status == 206, head.firstByte != place { throw PartialFile.Misfit() }
            if head.status == 200 { place = 0 }
            expected.digest = known.digest ?? told.digest
            let length = head.length.map { $0.addingReportingOverflow(place) }.map {
                $0.overflow ? .max : $0.partialValue
            }
            expected.size = known.size ?? told.length ?? length
            guard let size = expected.size ?? limit else {
                throw AkinError(.invalidData, "The hub does not say how long \(what) is, so it was not fetched.")
            }
            if let limit, size > limit { throw tooLong(what, limit) }
            if let length, let size = expected.size, length != size { throw wrongLength(what, length, size) }
            handle = try file.open(keeping: place)
        } receive: { piece in
            place += piece.count
            if let size = expected.size ?? limit, place > size {
                file.discard()
                throw wrongLength(what, place, size)
            }
            do {
                try handle?.write(contentsOf: piece)
            } catch {
                throw AkinError(.inputOutput, "\(what) cannot be written to \(file.file.path).", cause: error)
            }
            count(place)
        }
        return try file.finish(size: expected.size, digest: expected.digest)
    }

    private func tooLong(_ what: String, _ limit: Int) -> AkinError {
        AkinError(.invalidData, "\(what) has more than \(limit >> 20) MB, which no file of that kind has.")
    }

    private func wrongLength(_ what: String, _ found: Int, _ expected: Int) -> AkinError {
        AkinError(
            .invalidData, "\(what) should have \(expected) bytes, but \(found) or more come, so it was not fetched.")
    }
}

extension HubDownload {
    /// The folders of the modules that `modules.json` lists, the network's first; the model's own where there is no
    /// list.
    private func modules(in folder: URL) throws -> [String] {
        guard let value = try settings(HubSelection.modules, in: folder) else { return [""] }
        guard case .array(let modules) = value, !modules.isEmpty, modules.count <= 32 else {
            throw AkinError(.invalidData, "\(model.path), modules.json: 1 to 32 modules in an array were expected.")
        }
        return try modules.map { module in
            guard case .object(let fields) = module, case .string(let path)? = fields["path"],
                path.isEmpty || HubListing.isInside(path)
            else {
                throw AkinError(
                    .invalidData, "\(model.path), modules.json: a module has no path within the model's folder.")
            }
            return path
        }
    }

    /// The files that the index of weights names; nil where there is no index.
    private func shards(in folder: URL, _ network: String) throws -> Set<String>? {
        guard let value = try settings(HubSelection.path(HubSelection.index, in: network), in: folder) else {
            return nil
        }
        guard case .object(let fields) = value, case .object(let map)? = fields["weight_map"] else {
            throw AkinError(.invalidData, "\(model.path), \(HubSelection.index): it has no \"weight_map\".")
        }
        return Set(map.values.map { $0.scalarText ?? "" })
    }

    private func settings(_ path: String, in folder: URL) throws -> JSONValue? {
        let file = folder.appending(path: path)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try JSONFile.value(
            Array(RegularFile.contents(of: file.path, atMost: JSONFile.largest)), name: "\(model.path), \(path)")
    }

    /// Refuses a model that would be refused once it is there, before gigabytes of weights come.
    private func requireSupport(_ folder: URL) throws {
        if !StaticModel.isFolder(folder) { _ = try ModelDescription(folder: folder) }
    }

    private func sum(_ sizes: [Int]) throws -> Int {
        try sizes.reduce(0) { sum, size in
            let (total, overflow) = sum.addingReportingOverflow(size)
            guard !overflow else {
                throw AkinError(.invalidData, "The weights of \(model.path) claim to be larger than any disk.")
            }
            return total
        }
    }

    private func requireRoom(for total: Int, _ folder: URL, _ weights: [String]) throws {
        let here = weights.reduce(0) { sum, path in
            let file = folder.appending(path: path)
            return sum + (FileStatus(of: file.path)?.size ?? PartialFile(file: file).size)
        }
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
        guard let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue else { return }
        guard total - here <= free - Self.reserve else {
            throw AkinError(
                .inputOutput,
                "The weights of \(model.path) have \(total / 1_000_000) MB, and the disk of \(folder.path) has \(free / 1_000_000) MB free."
            )
        }
    }
}
