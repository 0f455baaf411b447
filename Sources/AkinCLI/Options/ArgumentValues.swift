public import Akin
public import AkinCore
import AkinWire
public import ArgumentParser

extension EncoderChoice: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension DurabilityLevel: ExpressibleByArgument {}
extension InputFormat: ExpressibleByArgument {}
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
