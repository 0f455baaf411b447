package import Foundation

/// The shape of a cluster report's JSON that other programs rely on. `Run` is what names its run: the number in a store,
/// or a text.
package struct ClusterReportJSON<Run: Decodable & Equatable>: Decodable, Equatable {
    package struct Cluster: Decodable, Equatable {
        package struct Representative: Decodable, Equatable {
            package var id: String
            package var text: String
        }

        package var id: Int
        package var size: Int
        package var label: String
        package var keywords: [String]
        package var cohesion: Double
        package var representatives: [Representative]
    }

    package var run: Run?
    package var k: Int
    package var algorithm: String
    package var objective: Double
    package var silhouette: Double
    package var clusters: [Cluster]
    package var assignments: [String: Int]

    package init(_ json: Data) throws { self = try JSONDecoder().decode(Self.self, from: json) }
}
