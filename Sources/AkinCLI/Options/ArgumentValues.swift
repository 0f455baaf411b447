public import Akin
public import AkinCore
import AkinWire
public import ArgumentParser

extension EncodingPrecision: ExpressibleByArgument {}
extension ClassifierTraining.Method: ExpressibleByArgument {}
extension ClassifierTraining.ClassWeights: ExpressibleByArgument {}
extension PairTraining.Loss: ExpressibleByArgument {}
extension Durability: ExpressibleByArgument {}
extension TextFormat: ExpressibleByArgument {}
extension SearchMode: ExpressibleByArgument {}
extension SearchPlan: ExpressibleByArgument {}
extension FusionMethod: ExpressibleByArgument {}
extension ClusterUnit: ExpressibleByArgument {}
extension DistanceMetric: ExpressibleByArgument {}
extension VectorElement: ExpressibleByArgument {}
extension VectorFileFormat: ExpressibleByArgument {}
extension VectorFormat: ExpressibleByArgument {}
extension WordAlgorithm: ExpressibleByArgument {}
extension WordArchitecture: ExpressibleByArgument {}
extension WordLoss: ExpressibleByArgument {}
extension WordTokens: ExpressibleByArgument {}
extension WordVectorFileFormat: ExpressibleByArgument {}
extension AnalogyMethod: ExpressibleByArgument {}

/// The families of encoders that make vectors. Imported vectors have a command of their own.
extension EncoderKind: ExpressibleByArgument {
    public static var allValueStrings: [String] { allCases.filter { $0 != .imported }.map(\.rawValue) }

    public init?(argument: String) {
        guard Self.allValueStrings.contains(argument) else { return nil }
        self.init(rawValue: argument)
    }
}
