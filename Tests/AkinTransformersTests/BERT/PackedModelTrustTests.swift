import AkinCore
import AkinTransformers
import AkinTestSupport
import Foundation
import Testing

/// A packed model that another user can have written is not believed.
@Suite struct PackedModelTrustTests {
    private let folder: TemporaryFolder
    private let cache: PackedModelCache
    private let model: URL

    init() throws {
        folder = try TemporaryFolder()
        cache = PackedModelCache(folder: folder.url.appending(path: "packed"))
        model = folder.url.appending(path: "model")
        try FileManager.default.copyItem(at: BERTGolden.folder("half"), to: model)
        // Files this new are not kept.
        Thread.sleep(forTimeInterval: 0.12)
        _ = try load()
    }

    private func load() throws -> BERTEncoder { try BERTEncoder(folder: model, precision: .fp32, cache: cache) }

    private func file() throws -> String {
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: cache.folder.path).first)
        return cache.folder.appending(path: name).path
    }

    /// What tells one writing of a file from another, and its permissions.
    private func state() throws -> (inode: UInt64?, mode: Int?) {
        let attributes = try FileManager.default.attributesOfItem(atPath: try file())
        return (
            (attributes[.systemFileNumber] as? NSNumber)?.uint64Value,
            (attributes[.posixPermissions] as? NSNumber)?.intValue
        )
    }

    @Test func `a packed model is its user's alone and is taken again`() throws {
        let before = try state()
        #expect(before.mode == 0o600)
        let folderMode =
            try FileManager.default.attributesOfItem(atPath: cache.folder.path)[.posixPermissions] as? NSNumber
        #expect(folderMode?.intValue == 0o700)
        _ = try load()
        #expect(try state().inode == before.inode)
    }

    @Test(arguments: [0o620, 0o602, 0o666]) func `a file that others can write is replaced`(_ mode: mode_t) throws {
        let before = try state()
        chmod(try file(), mode)
        _ = try load()
        #expect(try state().inode != before.inode)
        #expect(try state().mode == 0o600)
    }

    @Test(arguments: [0o770, 0o707, 0o777])
    func `what is in a folder that others can write is replaced, and the folder closed`(_ mode: mode_t) throws {
        let before = try state()
        chmod(cache.folder.path, mode)
        #expect(!cache.state.isTrusted)
        _ = try load()
        #expect(try state().inode != before.inode)
        #expect(cache.state.isTrusted)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files to other users"))
    func `files and folders of other users are not taken, and their folders left alone`() throws {
        let before = try state()
        chown(try file(), 65534, 65534)
        _ = try load()
        #expect(try state().inode != before.inode)
        let after = try state()
        chown(cache.folder.path, 65534, 65534)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: model.appending(path: "config.json").path
        )
        Thread.sleep(forTimeInterval: 0.12)
        _ = try load()
        #expect(try state().inode == after.inode)
        #expect(!cache.state.isTrusted)
    }
}
