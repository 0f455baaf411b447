import Akin
import AkinVectors

/// Texts of several scripts and lengths, in words of which few are frequent and many are rare; the same for the same
/// seed.
struct MixedTexts {
    private var generator: SeededGenerator
    private static let stems = ["run", "connect", "nation", "café", "Überfluss", "naïve", "x86", "été", "well", "hop"]
    private static let endings = ["", "s", "ed", "ing", "ation", "ly", "er", "ness"]
    private static let characters = Array("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏")

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func word() -> String {
        // A rank with probability 1 / rank.
        let rank = Int(pow2(generator.unitDouble() * 10))
        let stem = Self.stems[rank % Self.stems.count]
        return stem + Self.endings[rank / 10 % Self.endings.count] + (rank > 80 ? String(rank) : "")
    }

    private func pow2(_ exponent: Double) -> Double { exponent < 1 ? 1 + exponent : 2 * pow2(exponent - 1) }

    private mutating func chinese() -> String {
        String(
            (0..<2 + generator.integer(below: 6)).map { _ in
                Self.characters[generator.integer(below: Self.characters.count)]
            })
    }

    mutating func text() -> String {
        switch generator.integer(below: 10) {
        case 0: ""
        case 1: "— … !"
        case 2, 3: "\(chinese())，\(word())\(chinese())。"
        default: (0..<1 + generator.integer(below: 60)).map { _ in word() }.joined(separator: " ")
        }
    }

    mutating func documents(_ count: Int, prefix: String) -> [Document] {
        (0..<count).map { number in
            Document(id: "\(prefix)\(number)", title: number % 4 == 0 ? word() : nil, text: text())
        }
    }

    /// A question of 1 to 25 words, some of them Chinese.
    mutating func question() -> String {
        let words = (0..<1 + generator.integer(below: 25)).map { _ in word() }
        return words.joined(separator: " ") + (generator.integer(below: 3) == 0 ? " " + chinese() : "")
    }

    /// A question with a phrase, a beginning, an exclusion or a name from a program among its words.
    mutating func questionWithSyntax() -> String {
        let words = (0..<1 + generator.integer(below: 5)).map { _ in word() }
        let syntax =
            switch generator.integer(below: 8) {
            case 0, 1: "\"\(word()) \(word())\""
            case 2: "\"\(word())\""
            case 3: "\(word().prefix(3))*"
            case 4: "-\(word())"
            case 5: "title:\(word())"
            case 6: "\(word())_\(word())"
            default: "\(chinese())*"
            }
        return "\(words.joined(separator: " ")) \(syntax)"
    }
}
