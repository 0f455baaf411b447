/// What is known of an element by its name.
enum HTMLElement {
    /// Elements that set their contents apart. All others, unknown ones too, stand within lines.
    static let blocks: Set<String> = [
        "html", "head", "body", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "li", "dt", "dd", "menu",
        "dir",
        "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "blockquote", "pre", "listing",
        "xmp", "plaintext", "div", "center", "section", "article", "header", "footer", "main", "aside", "nav", "figure",
        "figcaption", "form", "fieldset", "legend", "address", "details", "summary", "hgroup", "search", "dialog",
        "select", "option", "optgroup", "noframes", "frameset", "body", "multicol", "marquee",
    ]
    /// Elements without contents.
    static let void: Set<String> = [
        "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "isindex", "link", "meta",
        "param", "source", "track", "wbr",
    ]
    /// Elements that an unclosed heading ends before.
    static let endsHeading: Set<String> = [
        "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "dl", "table", "hr", "pre", "blockquote", "section",
        "article",
    ]
    /// Elements that are judged by the share of their links.
    static let listsLinks: Set<String> = ["div", "ul", "ol", "table", "td", "p", "section", "center", "dl", "form"]

    static func headingLevel(_ name: String) -> Int? {
        let bytes = name.utf8
        guard bytes.count == 2, bytes.first == UInt8(ascii: "h"), let digit = bytes.last,
            (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(digit)
        else { return nil }
        return Int(digit - UInt8(ascii: "0"))
    }

    /// What an element is for, as its name and attributes say.
    enum Part {
        /// The main part of the page, or an article of it.
        case main, article
        /// The head or foot of what it stands in.
        case edge
        /// What helps to find one's way or is not shown.
        case aid
        case content
    }

    static func part(_ name: String, _ attributes: HTMLAttributes) -> Part {
        guard name != "html", name != "body" else { return .content }
        if attributes.isHidden { return .aid }
        if name == "main" || attributes.role == "main" { return .main }
        if name == "article" || attributes.role == "article" { return .article }
        if aidRoles.contains(attributes.role) || attributes.searches && name == "form" || name == "select" {
            return .aid
        }
        if name == "aside" {
            let isNote =
                attributes.role == "note" || attributes.names.contains { name in notes.contains { name.contains($0) } }
            return isNote ? .content : .aid
        }
        if attributes.names.contains(where: { aids.contains(String($0)) || $0.contains("breadcrumb") }) { return .aid }
        return name == "header" || name == "footer" ? .edge : .content
    }

    private static let aidRoles: Set<String> = [
        "navigation", "search", "banner", "contentinfo", "complementary", "menu", "menubar", "toolbar", "dialog",
        "alertdialog", "doc-toc", "doc-index", "directory", "tablist",
    ]
    /// Words in the classes of asides that hold a remark of the text.
    private static let notes = [
        "note", "warn", "tip", "admonition", "callout", "important", "caution", "danger", "info",
    ]
    /// Classes and identifiers that generators of pages and authors give to what is not the page's own text.
    private static let aids: Set<String> = Set(
        """
        nav navbar navheader navfooter navigation nav-panel navpanel topnav bottomnav subnav sub-nav topnavi sidenav \
        side-nav sidebar sidebar-nav sidebar-left sidebar-right sidebar-toc sphinxsidebar sphinxsidebarwrapper \
        wy-nav-side wy-nav-top rst-footer-buttons rst-versions related related-pages crumbs toc table-of-contents \
        tableofcontents toctitle shortcontents summarycontents toc-container page-toc on-this-page bd-toc bd-sidebar \
        edit-page edit-link edit-this-page editsection mw-editsection mw-jump-link jump-to-nav mw-navigation mw-head \
        mw-panel mw-page-base mw-head-base mw-indicators mw-hidden-catlinks sitesub contentsub printfooter catlinks \
        navbox vertical-navbox noprint skip-link skip-nav skipnav skip-to-content skip-navigation skiplink pagination \
        pager prev-next prevnext prev_next nav-chapters nav-wide-wrapper nav-wrapper mobile-nav-chapters searchbox \
        search-box search-form searchform search-wrapper searchmenu search-container menu menubar menu-bar \
        menu-bar-hover-placeholder mainmenu submenu main-menu sub-menu site-menu languages language-menu \
        language-selector lang-switch langmenu p-lang toplang bottomlang nosearch footer page-footer site-footer \
        pagefooter site-header site-nav page-header site-info copyright-footer cookie-banner cookie-notice social \
        share share-buttons sharing theme-popup theme-toggle sidebar-scrollbox sr-only visually-hidden \
        screen-reader-text headerlink viewcode-link viewcode-back copy-button copybtn legalnotice-footer last-modified \
        comments_section subtitle-nav quickview
        """.split(separator: " ").map(String.init))
}
