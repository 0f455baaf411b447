/// Sentences that show which components of a model's states are large: of several lengths, subjects, registers and
/// languages. Twice as many made nothing better in trials.
enum CalibrationTexts {
    static let all = [
        "A small dog sleeps under the kitchen table.",
        "Two girls are riding their bicycles along the river on a sunny afternoon.",
        "How long does it take to boil an egg?",
        "Shares of the airline fell 12 percent on Tuesday after it warned that fuel prices would halve its profit for the year.",
        "The committee postponed its decision until the report of the auditors has been published.",
        "def mean(values): return sum(values) / len(values)",
        "She has played the violin since she was six, but she never learned to read music.",
        "My order arrived late, the box was torn and one of the cups was broken. I would like my money back.",
        "Enzymes lower the activation energy of a reaction without being used up by it.",
        "What is the capital of Mongolia",
        "The recipe needs 250 g of flour, three eggs, a pinch of salt and half a litre of milk.",
        "In 1871 the expedition reached the northern coast, where the ice closed around the ship and held it for two winters.",
        "Die Bibliothek bleibt wegen Umbauarbeiten bis Ende März geschlossen.",
        "El gato duerme sobre la ventana abierta.",
        "今天下午我们去公园散步。",
        "yes",
    ]
}
