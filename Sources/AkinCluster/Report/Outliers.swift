/// Documents that fit their cluster much worse than its others.
///
/// Below the lower fence of Tukey ("Exploratory data analysis", 1977) of their cluster's cosines: the first quartile
/// less 1.5 times the distance of the quartiles. Clusters of fewer than eight have none.
enum Outliers {
    private static let fewest = 8

    /// The cosine below which a member is an outlier; nil for clusters that are too small for outliers.
    static func fence(_ similarities: [Float]) -> Double? {
        guard similarities.count >= fewest else { return nil }
        let sorted = similarities.sorted()
        let (first, third) = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
        return Double(first) - 1.5 * Double(third - first)
    }
}
