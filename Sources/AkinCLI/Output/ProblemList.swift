import Akin

/// What was skipped in the input, on standard error: a line for each sort of fault, with the place of the first.
struct ProblemList {
    /// How many sorts are printed one by one.
    private static let most = 20

    let groups: [ProblemGroup]
    /// The number of all problems; `groups` may hold fewer.
    let count: Int

    init(_ groups: [ProblemGroup], count: Int) {
        self.groups = groups
        self.count = count
    }

    func print() {
        let printed = groups.prefix(ProblemList.most)
        for group in printed {
            let place = "\(group.first.path):\(group.first.line.map { "\($0):" } ?? "")"
            let more = group.count > 1 ? " (and \(Figures.whole(group.count - 1)) more like it)" : ""
            StandardError.line("\(place) \(RemedyWording.text(group.first))\(more)")
        }
        let left = count - printed.reduce(0) { $0 + $1.count }
        if left > 0 { StandardError.line("… and \(Figures.whole(left)) of other sorts") }
    }
}
