import AkinCore
import AkinStore

/// The family of vectors that an import adds to: the store's own, or one that is made with the first vector.
struct ImportedSpace: Sendable {
    /// The name of the encoder that is shown for vectors made elsewhere.
    static let encoderName = "external"

    let metric: DistanceMetric
    let element: VectorElement
    /// Nil until there is a vector.
    var dimension: Int?

    /// - Parameter source: the element type of the vectors to be imported, where they have one.
    /// - Throws: `AkinError(.incompatible)` where the store has vectors of another metric, type or dimension.
    init(options: VectorImportOptions, source: VectorElement?, dimension: Int?, path: String, reader: StoreReader)
        throws
    {
        let known = try reader.spaces().last { $0.isImported && $0.status == .active }
        metric = try options.metric ?? known?.distanceMetric() ?? .cosine
        element = try options.element ?? known?.knownElement() ?? source ?? .f32
        self.dimension = known?.dimension ?? dimension
        guard let known else { return }
        for (name, stored, wanted) in [
            ("metric", known.metric, metric.rawValue), ("type", known.elementType, element.rawValue),
            ("dimension", String(known.dimension), String(dimension ?? known.dimension)),
        ] where stored != wanted {
            throw AkinError(
                .incompatible,
                "The vectors imported into \(path) have the \(name) \(stored), not \(wanted), and all of a store's must agree.",
                remedy: .giveAnother(.store))
        }
    }

    /// The space, made here where there is none yet, which then serves search if nothing else does.
    func space(_ writer: StoreWriter, dimension: Int, database: Database) throws -> VectorSpace {
        if let known = try database.importedSpace(writer) {
            guard known.metric == metric.rawValue, known.elementType == element.rawValue, known.dimension == dimension
            else {
                throw AkinError(
                    .incompatible,
                    "Another process has just imported vectors of another kind into \(database.path).",
                    remedy: .giveAnother(.store))
            }
            return known
        }
        var space = VectorSpace(
            kind: VectorSpace.importedKind, encoderName: Self.encoderName,
            fingerprint: "\(Self.encoderName)-\(element.rawValue)-\(metric.rawValue)-\(dimension)",
            precision: element.rawValue,
            dimension: dimension, metric: metric.rawValue, elementType: element.rawValue)
        let servesSearch = try database.activeSpace(writer) == nil
        space.id = try writer.createSpace(space)
        if servesSearch { try writer.setSetting(Database.activeSpaceKey, String(space.id)) }
        return space
    }
}
