import AkinCore
import Testing

/// The message of the error that some work ends with: one line.
func messageOfError(_ work: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) -> String {
    do {
        try work()
        Issue.record("There was no error.", sourceLocation: sourceLocation)
        return ""
    } catch {
        let message = (error as? AkinError)?.description ?? "not an AkinError: \(error)"
        #expect(!message.contains("\n"), sourceLocation: sourceLocation)
        return message
    }
}
