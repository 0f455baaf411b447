import AkinCore

/// The kinds of files that the reader program reads, and what each needs that is no part of it.
package enum DocumentKind: String, CaseIterable, Sendable {
    case pdf, word, openDocument, epub, slides, spreadsheet, mail, mailbox, notebook, archive

    /// The extensions, in lower case and without the full stop.
    package var extensions: [String] {
        switch self {
        case .pdf: ["pdf"]
        case .word: ["docx", "docm", "dotx"]
        case .openDocument: ["odt", "ott", "odp", "ods", "fodt"]
        case .epub: ["epub"]
        case .slides: ["pptx", "pptm", "ppsx"]
        case .spreadsheet: ["xlsx", "xlsm"]
        case .mail: ["eml"]
        case .mailbox: ["mbox", "mbx"]
        case .notebook: ["ipynb"]
        case .archive: ["gz", "tgz", "zst", "xz", "txz", "bz2", "tbz", "tbz2", "zip", "tar", "7z"]
        }
    }

    private static let byExtension: [String: DocumentKind] = {
        var table: [String: DocumentKind] = [:]
        for kind in allCases {
            for name in kind.extensions { table[name] = kind }
        }
        return table
    }()

    /// The kind of a file, judged by its path: by the extension, and in a Maildir by the folder.
    package init?(path: String) {
        if let name = path.lastPathPart, let known = name.nameExtension.flatMap({ Self.byExtension[$0.lowercased()] }) {
            self = known
        } else if Self.isInMaildir(path) {
            self = .mail
        } else {
            return nil
        }
    }

    /// Whether a file is a message of a Maildir: it stands in a folder `cur` or `new`, and its name begins with the
    /// time of its delivery and has no extension but what mail programs add.
    private static func isInMaildir(_ path: String) -> Bool {
        let folder = path.pathFolder
        guard folder.hasSuffix("cur") || folder.hasSuffix("new"), let name = path.lastPathPart,
            let folder = folder.lastPathPart, folder == "cur" || folder == "new"
        else { return false }
        let time = name.prefix { $0 != "." }
        return time.utf8.count >= 8 && time.utf8.allSatisfy { (0x30...0x39).contains($0) } && name.contains(".")
    }
}
