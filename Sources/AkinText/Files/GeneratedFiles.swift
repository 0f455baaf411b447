/// What programs generate and people do not read: it would fill answers with texts that nobody wrote.
///
/// A `!` pattern of a `.akinignore` or `.ignore` file counts before the list. One of a `.gitignore` does not: it says
/// what is kept in the repository, not what is read. What version control keeps is not undone by any pattern, since `!*/`
/// would.
enum GeneratedFiles {
    private static let patterns = IgnorePatterns(
        (folders.map { $0 + "/" } + minified + locks + searchIndexes).compactMap {
            IgnorePattern(pattern: Array($0.utf8)[...])
        })
    private static let versionControl = IgnorePatterns(
        [".git", ".hg", ".svn"].compactMap { IgnorePattern(pattern: Array($0.utf8)[...]) })

    /// - Parameter decision: what ignore files say about the path.
    static func verdict(
        _ path: [UInt8], base: Int, name: Int, isFolder: Bool, _ decision: IgnoreRules.Decision?
    ) -> IgnoreVerdict? {
        let isKept = decision == .kept(.akin) || decision == .kept(.general)
        return (isKept ? versionControl : patterns).verdict(path, base: base, name: name, isFolder: isFolder)
            ?? versionControl.verdict(path, base: base, name: name, isFolder: isFolder)
    }

    /// Libraries and caches.
    private static let folders = [
        "node_modules", "bower_components", "__pycache__", ".tox", ".venv", ".mypy_cache",
        ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints", ".gradle", ".terraform",
    ]

    private static let minified = ["*.min.js", "*.min.mjs", "*.min.cjs", "*.min.css", "*.js.map", "*.css.map"]

    private static let locks = [
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock",
        "composer.lock", "Gemfile.lock", "Cargo.lock", "poetry.lock", "Pipfile.lock", "uv.lock", "pdm.lock",
        "pixi.lock", "Podfile.lock", "Cartfile.resolved", "Package.resolved", "go.sum", "flake.lock", "mix.lock",
        "gradle.lockfile", "pubspec.lock", "packages.lock.json", "conan.lock",
    ]

    /// Of Sphinx, MkDocs, mdBook, Hugo, Doxygen, javadoc and rustdoc.
    private static let searchIndexes = [
        "searchindex.js", "searchindex.json", "search_index.json", "search_index.js", "search-index.json",
        "search-index.js", "searchdata.js", "**/search/all_*.js", "navtreedata.js", "navtreeindex*.js", "objects.inv",
        "member-search-index.js", "type-search-index.js", "package-search-index.js", "module-search-index.js",
        "tag-search-index.js", "genindex.html", "genindex-*.html", "py-modindex.html", "index-all.html",
    ]
}
