import ArgumentParser

/// Lines as a person names them, from 1: `30:60`, `30:`, `:60`, or one line.
struct LineRange: ExpressibleByArgument {
    let range: ClosedRange<Int>

    init?(argument: String) {
        let ends = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), ends.contains(where: { !$0.isEmpty }) else { return nil }
        func number(_ text: Substring, ifEmpty other: Int) -> Int? { text.isEmpty ? other : Int(text) }
        guard let first = number(ends[0], ifEmpty: 1),
            let last = ends.count == 1 ? first : number(ends[1], ifEmpty: .max - 1), first >= 1, first <= last,
            last < .max
        else { return nil }
        range = first...last
    }
}
