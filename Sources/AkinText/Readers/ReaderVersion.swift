package import AkinCore

extension TextFormat {
    /// The version of what reads the format. It is raised with every change by which a reader gives another text,
    /// title, metadata or other blocks for a file, so that stores read their files of the format again.
    package var readerVersion: Int {
        switch self {
        case .asciidoc: 2
        default: 1
        }
    }
}

extension Chunker {
    /// The version of how texts are cut. It is raised with every change by which a text gives other passages.
    package static let version = 2
}
