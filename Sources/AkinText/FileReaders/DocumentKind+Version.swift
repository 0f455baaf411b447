import AkinCore

extension DocumentKind {
    /// The version of what reads the kind: that of its own reader, which is raised with every change by which a file
    /// gives other texts, and those of the readers of what is inside, so that any change of them raises it too.
    package var readerVersion: Int {
        ownVersion + formatsInside.reduce(0) { $0 + $1.readerVersion - 1 }
            + kindsInside.reduce(0) { $0 + $1.ownVersion - 1 }
    }

    private var ownVersion: Int {
        switch self {
        case .mail, .mailbox, .word, .epub: 2
        default: 1
        }
    }

    private var formatsInside: [TextFormat] {
        switch self {
        case .pdf, .word, .openDocument, .slides, .spreadsheet: []
        case .epub: [.html]
        case .notebook: [.markdown, .html]
        case .mail, .mailbox, .archive: TextFormat.allCases
        }
    }

    private var kindsInside: [DocumentKind] {
        switch self {
        case .mail, .mailbox, .archive: Self.allCases.filter { $0 != self }
        default: []
        }
    }
}

extension FileConverter {
    /// The version of how files are read that programs convert.
    package static var readerVersion: Int { 1 + TextFormat.html.readerVersion - 1 + TextFormat.text.readerVersion - 1 }
}
