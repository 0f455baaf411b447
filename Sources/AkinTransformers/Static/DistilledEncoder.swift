package import AkinVectors

/// An encoder that stands for another, its teacher, whose vectors live in the same space.
package protocol DistilledEncoder: StoredEncoder {
    /// What it was distilled from; nil where that is not known.
    var teacher: StaticModel.Teacher? { get }

    /// Tokens that have a vector.
    var vocabularySize: Int { get }

    /// The teacher, loaded at the first call; nil where it is not on this machine, or another model is in its place.
    func knownTeacher() -> (any TextEncoder)?
}
