import AkinCore
import Foundation

/// Where an installed model has come from, as `ModelLibrary.fetch` wrote it into the model's folder.
public struct ModelOrigin: Sendable, Codable, Equatable {
    /// The address of the hub, such as `https://huggingface.co`.
    public var endpoint: String
    /// The model's name there, `OWNER/NAME`.
    public var repository: String
    /// The branch, tag or commit that was asked for.
    public var revision: String
    /// The commit that the revision stood for, 40 hexadecimal digits.
    public var commit: String
    /// The licence as the model's card has it, such as `mit`; nil where it has none.
    public var license: String?
    /// SHA-256 of each file, in hexadecimal, by its path within the folder.
    public var digests: [String: String]

    private static let file = "akin-origin.json"

    /// What a model's folder says; nil where it says nothing.
    init?(of folder: URL) {
        guard
            let bytes = try? RegularFile.contents(of: folder.appending(path: Self.file).path, limit: 1 << 20),
            let origin = try? JSONDecoder().decode(ModelOrigin.self, from: bytes)
        else { return nil }
        self = origin
    }

    init(
        endpoint: String, repository: String, revision: String, commit: String, license: String?,
        digests: [String: String]
    ) {
        (self.endpoint, self.repository, self.revision, self.commit) = (endpoint, repository, revision, commit)
        (self.license, self.digests) = (license, digests)
    }

    func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: folder.appending(path: Self.file))
    }

    /// Whether the files of a folder are still those that came.
    ///
    /// - Complexity: reads every one.
    func matches(_ folder: URL) -> Bool {
        digests.allSatisfy { path, digest in
            HubListing.isInside(path)
                && PartialFile(file: folder.appending(path: path)).finished(size: nil, digest: .sha256(digest)) != nil
        }
    }
}
