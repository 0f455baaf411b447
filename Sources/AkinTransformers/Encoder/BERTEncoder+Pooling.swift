package import AkinVectors

/// How an encoder's vectors come from its network's states, where training can make them in the same way.
package struct TrainablePooling: Sendable, Equatable {
    /// The mean of all tokens' states, else the first token's.
    package let isMean: Bool
    /// Whether the vectors are brought to unit length.
    package let isNormalized: Bool
}

extension BERTEncoder {
    /// nil where the vectors of texts in these roles are pooled in another way, leave out the prompt's tokens, or go
    /// through a further layer.
    package func trainablePooling(of roles: [TextRole]) -> TrainablePooling? {
        guard cutDimensions == nil, layout.pooling.count == 1, [.mean, .firstToken].contains(layout.pooling[0]),
            layout.poolsPrompt || roles.allSatisfy({ prompt($0).isEmpty })
        else { return nil }
        for case .dense in layout.stages { return nil }
        return TrainablePooling(isMean: layout.pooling[0] == .mean, isNormalized: !layout.stages.isEmpty)
    }
}
