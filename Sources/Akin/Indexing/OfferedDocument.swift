import AkinCore
import AkinText
import Foundation

/// A document on its way into the store, with what is known of its origin.
struct OfferedDocument: Sendable {
    var document: Document
    /// The parts of its text, where its reader knows them.
    var blocks: [TextBlock]
    /// Whether the id is made of the file's path. A document that the store has of the same file then keeps its id.
    var hasPathID = false
    var version: ReadingVersion
    /// The hash and the source of the document that the store has under the id; nil for a new one.
    var stored: (hash: Data, source: String)?

    init(_ document: Document, blocks: [TextBlock] = [], hasPathID: Bool = false, version: ReadingVersion) {
        (self.document, self.blocks, self.hasPathID, self.version) = (document, blocks, hasPathID, version)
    }

    var placed: PlacedDocument { PlacedDocument(document: document, blocks: blocks) }
}
