/// When a commit returns, and so what a power cut can lose.
public enum Durability: String, Sendable, CaseIterable, Codable {
    /// After the data has been forced to disk: a power cut loses nothing that was acknowledged.
    case full
    /// After the operating system has the data: a power cut may lose the last commits, never the store's consistency.
    case normal
}
