import AkinCore

/// What a source says of the place of a text.
enum SourcePath {
    /// The file and the number of `file#number`.
    static func record(_ source: String) -> (file: String, number: Int)? {
        guard let mark = source.utf8.lastIndex(of: UInt8(ascii: "#")),
            let number = Int(source[source.utf8.index(after: mark)...]), number > 0
        else { return nil }
        return (String(source[..<mark]), number)
    }

    /// The path of the file, without the number of a record.
    static func file(_ source: String) -> String { record(source)?.file ?? source }

    /// Whether two sources are in one file, or one of them is the other, a relative path as earlier versions stored it.
    static func areOfOneFile(_ stored: String, _ new: String) -> Bool {
        file(stored).utf8.elementsEqual(file(new).utf8) || isTail(stored, of: new)
    }

    /// Whether a source is a relative path that another, an absolute one, ends with.
    static func isTail(_ relative: String, of absolute: String) -> Bool {
        guard !relative.isAbsolutePath, absolute.isAbsolutePath else { return false }
        let names = relative.pathParts.drop { $0 == "." || $0 == ".." }
        return !names.isEmpty
            && absolute.pathParts.suffix(names.count).elementsEqual(names) { $0.utf8.elementsEqual($1.utf8) }
    }

    /// Whether a source looks like a relative path of a file, not like standard input or a source given to `put`.
    static func isRelativeFile(_ source: String) -> Bool {
        let path = file(source)
        return !path.isAbsolutePath && path != "-" && path.pathParts.count > 1
    }
}
