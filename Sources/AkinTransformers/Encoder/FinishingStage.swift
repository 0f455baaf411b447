/// A step from a pooled vector to the model's own: a Dense module, known by its configuration or by its weights, or the
/// scaling to unit length.
enum FinishingStage<Dense: Sendable>: Sendable {
    case dense(Dense)
    case normalize

    func map<Other>(_ transform: (Dense) throws -> Other) rethrows -> FinishingStage<Other> {
        switch self {
        case .dense(let dense): .dense(try transform(dense))
        case .normalize: .normalize
        }
    }
}
