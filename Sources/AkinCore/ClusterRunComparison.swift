/// How the clusters of an earlier run have changed.
public struct ClusterRunComparison: Sendable, Codable, Hashable {
    /// What became of a cluster.
    public enum Change: String, Sendable, Codable, Hashable, CaseIterable {
        case grew, shrank
        /// It continues an earlier one, most of whose members are elsewhere.
        case moved
        case same
        /// It continues none.
        case appeared
        /// None continues it.
        case vanished
    }

    /// A cluster of the other run and the documents it shares with one of this.
    public struct Flow: Sendable, Codable, Hashable {
        /// Its number in the other run.
        public var cluster: Int
        public var label: String
        public var documents: Int

        package init(cluster: Int, label: String, documents: Int) {
            self.cluster = cluster
            self.label = label
            self.documents = documents
        }
    }

    /// A cluster of either run and what became of it.
    public struct Entry: Sendable, Codable, Hashable {
        public var change: Change
        /// The cluster's number now; nil when it vanished.
        public var cluster: Int?
        public var label: String
        /// The number of the cluster of the earlier run that it continues; nil when it appeared.
        public var earlier: Int?
        public var earlierLabel: String?
        /// Members now; 0 when it vanished.
        public var size: Int
        /// Members then; 0 when it appeared.
        public var earlierSize: Int
        /// Members of both clusters, of those documents that both runs know.
        public var stayed: Int
        /// Members now that the earlier run did not know.
        public var added: Int
        /// Members then that this run does not know.
        public var gone: Int
        /// Where the other members came from (for a vanished cluster: went to), the most first.
        public var flows: [Flow]
        /// Ids of a few members that came from elsewhere or are new (for a vanished cluster: of those that left).
        public var examples: [String]

        package init(
            change: Change, cluster: Int?, label: String, earlier: Int?, earlierLabel: String?, size: Int,
            earlierSize: Int, stayed: Int, added: Int, gone: Int, flows: [Flow], examples: [String]
        ) {
            self.change = change
            self.cluster = cluster
            self.label = label
            self.earlier = earlier
            self.earlierLabel = earlierLabel
            self.size = size
            self.earlierSize = earlierSize
            self.stayed = stayed
            self.added = added
            self.gone = gone
            self.flows = flows
            self.examples = examples
        }
    }

    /// The earlier run's name or number.
    public var run: String
    /// When the earlier run was made, ISO 8601.
    public var created: String
    /// Documents that both runs know.
    public var common: Int
    /// The share of pairs of these on which the runs agree, corrected for chance (adjusted Rand index).
    public var agreement: Double
    /// The clusters of this run in their order, then those that vanished.
    public var entries: [Entry]

    package init(run: String, created: String, common: Int, agreement: Double, entries: [Entry]) {
        self.run = run
        self.created = created
        self.common = common
        self.agreement = agreement
        self.entries = entries
    }
}
