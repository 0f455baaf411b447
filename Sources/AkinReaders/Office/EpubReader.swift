import AkinCore
import AkinText
import Foundation

/// epub: chapters in the order of reading, each numbered as pages are.
struct EpubReader {
    /// - Parameter guesses: gets the character sets that chapters without one were taken for.
    static func read(
        _ file: FileToRead, _ budget: UnpackingBudget, guesses: inout Set<String>
    ) throws -> TextRecord {
        let parts = try PackageParts(file, budget) { name in
            let name = name.lowercased()
            return [".xml", ".opf", ".ncx", ".xhtml", ".html", ".htm"].contains { name.hasSuffix($0) }
        }
        let container = try XMLStream.root(of: parts.required("META-INF/container.xml"), as: "container.xml")
        guard let main = container.descendant("rootfiles", "rootfile")?["full-path"] else {
            throw FileRefusal("is damaged: it does not say where its contents are")
        }
        let package = try XMLStream.root(of: parts.required(main), as: main)
        let locked = try lockedParts(parts["META-INF/encryption.xml"])
        let folder = main.pathFolder
        var items: [String: (path: String, isContents: Bool)] = [:]
        var contents: EpubContents?
        for item in package.child("manifest")?.children ?? [] {
            guard let id = item["id"], let target = item["href"]?.removingPercentEncoding else { continue }
            let path = PackageParts.resolved(target, in: folder)
            let isContents = item["properties"]?.split(separator: " ").contains("nav") == true
            items[id] = (path, isContents)
            if isContents || item["media-type"] == "application/x-dtbncx+xml", let data = parts[path] {
                // A damaged one is none: the chapters are there without it.
                contents = (try? EpubContents(data, path: path)) ?? contents
            }
        }
        var text = DocumentText()
        var chapter = 0
        for reference in package.child("spine")?.children ?? [] {
            // The table of contents says again what the chapters say.
            guard let id = reference["idref"], let item = items[id], !item.isContents else { continue }
            guard !locked.contains(item.path) else {
                throw FileRefusal("is protected against copying (DRM); give it without")
            }
            guard let data = parts[item.path],
                let record = try MarkupPart.record(of: data, name: item.path, .html, guesses: &guesses)
            else { continue }
            chapter += 1
            text.page = chapter
            let hasHeading = record.blocks.contains { $0.kind == .heading }
            text.enter(hasHeading ? "" : contents?.name(of: item.path) ?? "", level: 1)
            text.add(record)
        }
        let metadata = package.child("metadata")
        var record = try text.requiredRecord(file, title: metadata?.child("title")?.text, otherwise: "holds no text")
        let authors = metadata?.children.filter { $0.name == "creator" }.map { $0.text.collapsed } ?? []
        if !authors.isEmpty { record.metadata["author"] = .string(authors.joined(separator: ", ")) }
        if let language = metadata?.child("language")?.text.collapsed {
            record.metadata["language"] = .string(language)
        }
        return record
    }

    /// Parts that are encrypted; fonts often are, and are not read.
    private static func lockedParts(_ data: Data?) throws -> Set<String> {
        guard let data else { return [] }
        var found: Set<String> = []
        try XMLStream.read(data, as: "encryption.xml", elements: ["EncryptedData"]) { node, _ in
            if let path = node.descendant("CipherData", "CipherReference")?["URI"]?.removingPercentEncoding {
                found.insert(path)
            }
        }
        return found
    }
}
