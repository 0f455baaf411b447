/// A text, or two that belong together, with the class it is in.
package struct LabelledText: Hashable, Sendable {
    package var text: String
    /// The second text, where examples are pairs.
    package var pair: String?
    package var label: String

    package init(text: String, pair: String? = nil, label: String) {
        self.text = text
        self.pair = pair
        self.label = label
    }
}
