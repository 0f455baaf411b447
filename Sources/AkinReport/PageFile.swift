/// A style sheet or script of the folder `Page`, compiled into the program.
package struct PageFile: Sendable {
    /// What stands in a page: the file without its comments.
    let text: String

    private init(_ bytes: [UInt8]) { text = Self.compacted(String(decoding: bytes, as: UTF8.self)) }

    static let page = PageFile(PackageResources.page_css)
    static let map = PageFile(PackageResources.map_css)
    static let clusters = PageFile(PackageResources.clusters_css)
    static let findings = PageFile(PackageResources.findings_css)
    static let media = PageFile(PackageResources.media_css)
    static let senses = PageFile(PackageResources.senses_css)
    static let training = PageFile(PackageResources.training_css)

    static let rows = PageFile(PackageResources.rows_js)
    static let mapPlaces = PageFile(PackageResources.map_places_js)
    static let mapDrawing = PageFile(PackageResources.map_drawing_js)
    static let mapChoice = PageFile(PackageResources.map_choice_js)
    static let mapGestures = PageFile(PackageResources.map_gestures_js)

    /// A style sheet of these files; later rules win over earlier ones.
    static func style(_ files: [PageFile]) -> String { files.map(\.text).joined(separator: "\n") }

    /// A script of these files as parts of one function, so that their names are shared among them and visible nowhere
    /// else.
    static func script(_ files: [PageFile]) -> String {
        "(() => {\n'use strict';\n\(files.map(\.text).joined(separator: "\n"))\n})();"
    }

    /// The lines without indentation, empty lines and comments: a page is smaller by a quarter.
    ///
    /// Only comments on lines of their own are removed: from `//` to the line's end or from `/*` at a line's beginning
    /// to `*/` at the end of that line or a later one.
    package static func compacted(_ file: String) -> String {
        var isInComment = false
        let lines = file.split(separator: "\n").compactMap { line -> Substring? in
            let line = line.drop { $0 == " " }
            if line.hasPrefix("/*") { isInComment = true }
            defer { if isInComment && line.hasSuffix("*/") { isInComment = false } }
            return isInComment || line.isEmpty || line.hasPrefix("//") ? nil : line
        }
        return lines.joined(separator: "\n")
    }
}
