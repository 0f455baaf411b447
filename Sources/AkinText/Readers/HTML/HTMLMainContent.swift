/// Which parts of a page are its own text.
///
/// The main part is `main` or what has that role, else the articles where they hold half of the text, else all. What
/// helps to find one's way (navigation, tables of contents, breadcrumbs, searching, languages) is left out by element,
/// role, class and identifier, and, where the page marks no main part, by the share of links in its text. Where this
/// would leave hardly anything, less is left out, and at last nothing.
struct HTMLMainContent {
    /// Whether the page has a heading of the first level that is no link to another page.
    var hasTitle: Bool { totals[0].holdsTitle }
    private let regions: [HTMLContent.Region]
    /// By region: the text in it and in the regions within it.
    private var totals: [HTMLContent.Region]
    private var holdsMain: [Bool]

    /// A page's own text is at least so long, in bytes; shorter ones are looked at with less left out.
    private static let leastText = 120

    init(_ regions: [HTMLContent.Region]) {
        self.regions = regions
        totals = regions
        holdsMain = regions.map { $0.part == .main || $0.part == .article }
        // Regions come after those they stand in.
        for index in regions.indices.reversed() where regions[index].parent >= 0 {
            let parent = regions[index].parent
            totals[parent].textBytes += totals[index].textBytes
            totals[parent].linkBytes += totals[index].linkBytes
            totals[parent].links += totals[index].links
            totals[parent].linksOn += totals[index].linksOn
            totals[parent].localLinks += totals[index].localLinks
            totals[parent].holdsTitle = totals[parent].holdsTitle || totals[index].holdsTitle
            holdsMain[parent] = holdsMain[parent] || holdsMain[index]
        }
    }

    /// What is left out, from most to least.
    private enum Strictness: CaseIterable { case all, named, hidden }

    /// By region, whether its own text is kept.
    func kept() -> [Bool] {
        let page = totals[0].textBytes
        for strictness in Strictness.allCases {
            let dropped = dropped(strictness)
            var best: [Bool]?
            for part in [HTMLElement.Part.main, .article, .content] {
                let kept = self.kept(within: part, dropped: dropped)
                let (text, prose) = size(of: kept)
                let isEnough: Bool =
                    switch part {
                    case .main: text > 0 && (text >= Self.leastText || text * 10 >= page)
                    case .article: text * 2 >= size(of: dropped.map { !$0 }).text && text > 0
                    default: text > 0
                    }
                guard isEnough else { continue }
                if part == .main || prose >= Self.leastText || text * 3 >= page { best = kept }
                break
            }
            if let best { return best }
        }
        return regions.map { _ in true }
    }

    /// The bytes of text and of text that is no link.
    private func size(of kept: [Bool]) -> (text: Int, prose: Int) {
        var (text, prose) = (0, 0)
        for (region, isKept) in zip(regions, kept) where isKept {
            text += region.textBytes
            prose += region.textBytes - region.linkBytes
        }
        return (text, prose)
    }

    private func kept(within part: HTMLElement.Part, dropped: [Bool]) -> [Bool] {
        var inside = [Bool](repeating: false, count: regions.count)
        for (index, region) in regions.enumerated() {
            inside[index] = part == .content || region.part == part || region.parent >= 0 && inside[region.parent]
        }
        return zip(inside, dropped).map { $0 && !$1 }
    }

    private func dropped(_ strictness: Strictness) -> [Bool] {
        var dropped = [Bool](repeating: false, count: regions.count)
        var inMain = dropped
        let pageHasTitle = totals[0].holdsTitle
        for (index, region) in regions.enumerated() where region.parent >= 0 {
            inMain[index] = inMain[region.parent] || region.part == .main || region.part == .article
            dropped[index] = dropped[region.parent]
            guard !dropped[index], region.isClosed, !holdsMain[index] else { continue }
            dropped[index] =
                switch strictness {
                case .all:
                    isAid(index, inMain: inMain[index], pageHasTitle: pageHasTitle) || listsLinks(index, inMain[index])
                case .named: isAid(index, inMain: inMain[index], pageHasTitle: pageHasTitle)
                case .hidden: false
                }
        }
        return dropped
    }

    private func isAid(_ index: Int, inMain: Bool, pageHasTitle: Bool) -> Bool {
        switch regions[index].part {
        case .aid: !totals[index].holdsTitle
        // The head of a page may be the only place of its title.
        case .edge: !inMain && !(totals[index].holdsTitle && pageHasTitle)
        default: false
        }
    }

    /// Whether a part consists of links that lead elsewhere.
    private func listsLinks(_ index: Int, _ inMain: Bool) -> Bool {
        let total = totals[index]
        guard HTMLElement.listsLinks.contains(total.name), total.links > 0, !total.holdsTitle else { return false }
        if total.linksOn > 0, total.textBytes < 400, total.linkBytes * 3 >= total.textBytes { return true }
        // A table of contents.
        if total.localLinks >= 2, total.localLinks == total.links, total.linkBytes * 10 >= total.textBytes * 8 {
            return true
        }
        guard !inMain, total.links >= 3 else { return false }
        let isProse = total.name == "p" || total.name == "td"
        return total.linkBytes * 100 >= total.textBytes * (isProse ? 80 : 65)
    }
}
