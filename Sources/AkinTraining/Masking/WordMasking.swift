package import AkinVectors

/// Hides words of a text for the network to find: of 15 % of the tokens, 80 % become `[MASK]`, 10 % another token drawn
/// at random and 10 % stay as they are (Devlin et al. 2019, section 3.1).
package struct WordMasking: Sendable {
    /// The id of `[MASK]`.
    package let maskID: Int32
    package let vocabularySize: Int
    /// By id, whether it is a special token, which is never hidden.
    package let isSpecial: [Bool]
    /// By id, whether it goes on a word (`##ing`).
    package let isContinuation: [Bool]
    /// The share of tokens that are to be found.
    package var share: Float = 0.15
    /// Whether all pieces of a word are hidden together.
    package var hidesWholeWords = false

    package init(maskID: Int32, isSpecial: [Bool], isContinuation: [Bool]) {
        self.maskID = maskID
        vocabularySize = isSpecial.count
        self.isSpecial = isSpecial
        self.isContinuation = isContinuation
    }

    /// The most tokens that are hidden among `count`: all of them where they are pieces of one word.
    package func most(of count: Int) -> Int { hidesWholeWords ? count : wanted(of: count) }

    private func wanted(of count: Int) -> Int { max(1, Int((Float(count) * share).rounded())) }

    /// Hides tokens in `ids`. Returns the places of those to be found and what stood there, in their order; at least
    /// one where there is any that may be hidden.
    package func hide(_ ids: inout [Int32], _ generator: inout SeededGenerator) -> (places: [Int], ids: [Int32]) {
        var units: [Range<Int>] = []
        for place in ids.indices where !isSpecial[Int(ids[place])] {
            if hidesWholeWords, isContinuation[Int(ids[place])], let last = units.last, last.upperBound == place {
                units[units.count - 1] = last.lowerBound..<place + 1
            } else {
                units.append(place..<place + 1)
            }
        }
        let candidates = units.reduce(0) { $0 + $1.count }
        let wanted = wanted(of: candidates)
        var chosen: [Int] = []
        while chosen.count < wanted, !units.isEmpty {
            let index = generator.integer(below: units.count)
            units.swapAt(index, units.count - 1)
            let unit = units.removeLast()
            if !chosen.isEmpty, chosen.count + unit.count > wanted, unit.count > 1 { continue }
            chosen += unit
        }
        chosen.sort()
        let hidden = chosen.map { ids[$0] }
        for place in chosen {
            let draw = generator.unitFloat()
            if draw < 0.8 {
                ids[place] = maskID
            } else if draw < 0.9 {
                ids[place] = Int32(generator.integer(below: vocabularySize))
            }
        }
        return (chosen, hidden)
    }
}
