import AkinCore

extension StoreVerifier {
    /// Compares collections with their checksums. What is known of their files is checked by its references alone: where
    /// it is wrong, a file is read again.
    func collections() throws {
        try reportAltered(.collection, naming: "id, name", of: "altered collections") { row in
            (
                .row(table: "collection", id: row[0]),
                "Collection \(row[1]) does not match its checksum: its name, folder or settings were altered."
            )
        }
    }
}
