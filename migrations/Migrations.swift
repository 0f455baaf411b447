/// The steps that make a store's tables, oldest first, compiled into the program.
package enum Migrations {
    /// The SQL that leads from format `n` to format `n + 1` stands at index `n`; the count is the newest format this
    /// program knows.
    package static let all: [(name: String, sql: String)] = [
        ("v001_initial", String(decoding: PackageResources.v001_initial_sql, as: UTF8.self)),
        ("v002_clusters", String(decoding: PackageResources.v002_clusters_sql, as: UTF8.self)),
        ("v003_checksums", String(decoding: PackageResources.v003_checksums_sql, as: UTF8.self)),
        ("v004_labels", String(decoding: PackageResources.v004_labels_sql, as: UTF8.self)),
        ("v005_collections_places", String(decoding: PackageResources.v005_collections_places_sql, as: UTF8.self)),
        (
            "v006_compact_search_texts", String(decoding: PackageResources.v006_compact_search_texts_sql, as: UTF8.self)
        ),
    ]
}
