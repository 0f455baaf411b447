package import AkinCore
package import AkinText

extension SearchQuery {
    /// The question of a request as its syntax is understood.
    ///
    /// - Throws: `AkinError(.invalidArgument)` for one that cannot be read; its message shows the place with a caret.
    package init(_ request: SearchRequest) throws(AkinError) {
        guard !request.literal else {
            self.init(literal: request.query)
            return
        }
        do {
            try self.init(parsing: request.query, mayOnlyExclude: request.vector != nil)
        } catch {
            throw AkinError(error)
        }
    }
}
