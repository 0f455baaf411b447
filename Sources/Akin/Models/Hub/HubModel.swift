import AkinCore
import Foundation

/// A model of a hub by its name, `OWNER/NAME`, and a revision of it.
struct HubModel: Hashable, Sendable {
    let owner: String
    let name: String

    /// `OWNER/NAME`.
    var path: String { "\(owner)/\(name)" }

    /// The name that a text is; nil where it is no name of that kind, such as a path of several folders or an archive.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy(Self.isName),
            !["whl", "zip"].contains(parts[1].nameExtension?.lowercased())
        else { return nil }
        (owner, name) = (parts[0], parts[1])
    }

    /// Whether hubs allow a name: 1 to 96 letters, digits, `-`, `_` and `.`, with no `.` or `-` at an end and neither
    /// `..` nor `--` within.
    private static func isName(_ name: String) -> Bool {
        let ends = [name.utf8.first, name.utf8.last]
        return (1...96).contains(name.utf8.count) && name.utf8.allSatisfy { $0.isNameByte }
            && !ends.contains(UInt8(ascii: ".")) && !ends.contains(UInt8(ascii: "-"))
            && !name.contains("..") && !name.contains("--")
    }
}

/// A branch, a tag or a commit of a model's repository.
struct HubRevision: Hashable, Sendable {
    let name: String

    /// The branch that every repository has.
    static let main = HubRevision(unchecked: "main")

    private init(unchecked name: String) { self.name = name }

    /// - Throws: `AkinError(.invalidArgument)` for what Git does not take as a name.
    init(_ name: String) throws {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard name.utf8.count <= 200,
            parts.allSatisfy({ part in
                !part.isEmpty && part.utf8.allSatisfy { $0.isNameByte } && part.utf8.first != UInt8(ascii: ".")
                    && part.utf8.first != UInt8(ascii: "-") && !part.contains("..")
            })
        else {
            throw AkinError(
                .invalidArgument,
                "'\(name)' is no revision: give a branch (main), a tag, a commit of 40 hexadecimal digits, or refs/pr/N."
            )
        }
        self.name = name
    }

    /// Whether the name is that of a commit, so that it stands for the same files for ever.
    var isCommit: Bool { name.utf8.count == 40 && name.isHexadecimal }
}

extension UInt8 {
    /// Whether names of models, revisions and their files may have the byte: letters, digits, `-`, `_` and `.`.
    var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension String {
    /// Whether it is made of the digits 0 to 9 and a to f alone.
    var isHexadecimal: Bool {
        utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
    }
}
