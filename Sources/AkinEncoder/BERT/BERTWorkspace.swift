package import AkinVectors

/// The scratch memory of one forward pass. T is the longest sequence it holds, H the hidden size, I the intermediate size.
package struct BERTWorkspace: Workspace {
    /// T
    package let capacity: Int
    package internal(set) var hidden: Matrix  // (T, H): the state of each token, from layer to layer
    var queryKeyValue: Matrix  // (T, 3 · H)
    var attentionScratch: Matrix
    var context: Matrix  // (T, H): the heads' results side by side
    var projected: Matrix  // (T, H): a step's result before it joins the residual
    var inner: Matrix  // (T, I)

    package init(capacity: Int, configuration: BERTConfiguration) {
        let (hiddenSize, innerSize) = (configuration.hiddenSize, configuration.intermediateSize)
        self.capacity = capacity
        hidden = Matrix(rows: capacity, columns: hiddenSize)
        queryKeyValue = Matrix(rows: capacity, columns: 3 * hiddenSize)
        attentionScratch = SelfAttention(heads: configuration.headCount, headSize: configuration.headSize)
            .scratch(length: capacity)
        context = Matrix(rows: capacity, columns: hiddenSize)
        projected = Matrix(rows: capacity, columns: hiddenSize)
        inner = Matrix(rows: capacity, columns: innerSize)
    }
}
