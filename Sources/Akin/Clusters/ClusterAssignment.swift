import AkinCore
import AkinStore
import AkinVectors

extension Database {
    /// Puts documents that were added or changed since the newest clustering of documents into its clusters, each into
    /// the one whose centroid is nearest. Does nothing where there is no clustering, where it was made of other
    /// vectors, or where no document is new.
    func assignToNewestClusters() throws {
        let needed = try store.read { reader -> Bool in
            guard let run = try reader.newestDocumentRun(), run.space != nil else { return false }
            return try !reader.documentsWithoutCluster(run: run.id).isEmpty
        }
        guard needed else { return }
        try store.write { writer in
            guard let run = try writer.newestDocumentRun(), let space = run.space else { return }
            let clusters = try writer.clusters(run: run.id)
            guard let dimension = clusters.first?.centroid.count else { return }
            var documents = try writer.documentsWithoutCluster(run: run.id)
            if let filter = run.filter {
                guard let condition = try? DocumentFilter(parsing: filter) else { return }
                let admitted = try writer.documents(matching: condition)
                documents = documents.filter { admitted.contains($0) }
            }
            var rows: [Int64] = []
            var vectors: [[Float]] = []
            for document in documents {
                let passages = try writer.passages(documentRowID: document).map(\.id)
                let sum = VectorMath.sum(try writer.vectors(space: space, passages: passages).compactMap(\.self))
                if let sum, sum.contains(where: { $0 != 0 }) {
                    rows.append(document)
                    vectors.append(VectorMath.unit(sum))
                }
            }
            guard !rows.isEmpty else { return }
            guard vectors.allSatisfy({ $0.count == dimension }), dimension > 0 else {
                throw AkinError(
                    .invalidData,
                    "What was put is stored, but in none of the clusters of run \(run.id): their centres have \(dimension) components and the "
                        + "vectors \(vectors[0].count).",
                    remedy: .anyOf([.steps([.verify, .repair]), .cluster]))
            }
            let centroids = Matrix(clusters.map(\.centroid))
            let nearest = ScreenedRows(Matrix(vectors), threads: configuration.threads)
                .nearest(to: centroids, threads: configuration.threads).assignments
            try writer.assign(zip(rows, nearest).map { (document: $0, cluster: clusters[$1].number) }, run: run.id)
        }
    }
}
