import AkinCore
import Foundation

/// The table of contents of an epub: `toc.ncx` of its second version, and the `nav` part of the third. It names
/// chapters whose own text has no heading, as those that begin with a picture.
struct EpubContents {
    /// The first name of a part, by its path.
    private var names: [String: String] = [:]

    func name(of path: String) -> String? { names[path] }

    /// - Parameter path: the path of the part, to which the paths in it are relative.
    init(_ data: Data, path: String) throws {
        let folder = path.pathFolder
        var names: [String: String] = [:]
        func add(_ target: String?, _ name: String?) {
            guard let target, let name = name?.collapsed.replacing("\n", with: " "), !name.isEmpty,
                let file = target.prefix(while: { $0 != "#" }).removingPercentEncoding, !file.isEmpty
            else { return }
            let path = PackageParts.resolved(file, in: folder)
            if names[path] == nil { names[path] = name }
        }
        func gather(_ node: XMLNode) {
            switch node.name {
            case "navPoint":
                add(node.child("content")?["src"], node.child("navLabel")?.text)
            case "a": add(node["href"], node.text)
            case "nav":
                // Lists of pages and of landmarks name parts too.
                if let type = node["epub:type"], !type.split(separator: " ").contains("toc") { return }
            case "pageList": return
            default: break
            }
            for child in node.children { gather(child) }
        }
        try gather(XMLStream.root(of: data, as: path))
        self.names = names
    }
}
