import AkinCore

/// What a hub says about a revision: the commit that it stands for, its files and its licence.
struct HubListing: Sendable {
    struct File: Sendable {
        /// nil where the hub does not say.
        var size: Int?
        var digest: HubDigest?
    }

    /// 40 hexadecimal digits.
    let commit: String
    /// By path within the repository.
    let files: [String: File]
    /// As the model's card has it, such as `mit`; nil where it has none.
    let license: String?

    /// More bytes than any listing has, and more files than a model's repository has.
    static let mostBytes = 32 << 20
    private static let mostFiles = 20_000

    /// - Parameter name: what errors call the model.
    /// - Throws: `AkinError(.invalidData)` for what is no listing, and for names of files that lead out of a folder.
    init(_ bytes: [UInt8], of name: String) throws {
        func fault(_ what: String) -> AkinError {
            AkinError(.invalidData, "The hub's answer about \(name) cannot be used: \(what).")
        }
        let value: JSONValue
        do {
            value = try JSONValue(json: bytes)
        } catch {
            throw AkinError(
                .invalidData, "The hub's answer about \(name) is no JSON; is HF_ENDPOINT the address of a hub?",
                cause: error)
        }
        guard case .object(let fields) = value, case .string(let commit)? = fields["sha"], commit.utf8.count == 40,
            commit.isHexadecimal
        else { throw fault("it names no commit") }
        guard case .array(let siblings)? = fields["siblings"] else { throw fault("it lists no files") }
        guard siblings.count <= Self.mostFiles else {
            throw fault("it lists \(siblings.count) files, and at most \(Self.mostFiles) are read")
        }
        var files: [String: File] = [:]
        for sibling in siblings {
            guard case .object(let entry) = sibling, case .string(let path)? = entry["rfilename"] else {
                throw fault("it lists a file without a name")
            }
            guard Self.isInside(path) else { throw fault("the file name '\(path)' leads out of the model's folder") }
            files[path] = try Self.file(entry) ?? { throw fault("the size of \(path) is none") }()
        }
        (self.commit, self.files) = (commit, files)
        license = Self.license(fields)
    }

    /// Whether a path stays within the folder that it is relative to.
    static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return path.utf8.count <= 1024 && !path.utf8.contains(0) && !path.utf8.contains(UInt8(ascii: "\\"))
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    private static func file(_ entry: [String: JSONValue]) throws -> File? {
        var file = File()
        var large: [String: JSONValue] = [:]
        if case .object(let fields)? = entry["lfs"] { large = fields }
        if let size = large["size"] ?? entry["size"], size != .null {
            guard let number = size.number, let whole = Int(exactly: number), whole >= 0 else { return nil }
            file.size = whole
        }
        func text(_ value: JSONValue?) -> String? { if case .string(let text)? = value { text } else { nil } }
        if let digits = text(large["sha256"]) ?? text(large["oid"]) {
            file.digest = HubDigest(String(digits.trimmingPrefix("sha256:")).lowercased())
        } else if large.isEmpty, let digits = text(entry["blobId"]) {
            file.digest = HubDigest(digits.lowercased())
        }
        return file
    }

    private static func license(_ fields: [String: JSONValue]) -> String? {
        if case .object(let card)? = fields["cardData"] {
            // A licence of no common kind is called `other` and has a name beside.
            for name in ["license_name", "license"] {
                switch card[name] {
                case .string(let license)?: return license
                case .array(let licenses)?: return licenses.compactMap(\.scalarText).joined(separator: ", ")
                default: break
                }
            }
        }
        guard case .array(let tags)? = fields["tags"] else { return nil }
        return tags.lazy.compactMap(\.scalarText).first { $0.hasPrefix("license:") }.map { String($0.dropFirst(8)) }
    }
}
