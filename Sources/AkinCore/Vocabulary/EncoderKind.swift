/// What makes the vectors of a space: a family of encoders, or the user.
public enum EncoderKind: String, Sendable, CaseIterable, Codable {
    /// A BERT model in a Hugging Face folder.
    case bert
    /// A static model, distilled from a BERT model for the corpus or read from a `model2vec` folder: hundreds of times
    /// faster, nearly as good, and passages can be encoded by the BERT model later.
    case `static`
    /// Word vectors trained on the corpus itself.
    case words
    /// Vectors that the user imported. No encoder makes more of them.
    case imported = "user"
}
