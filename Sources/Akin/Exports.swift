// `AkinError` and `JSONValue` belong to the facade's API; who imports `Akin` names them without another import.
@_exported public import AkinCore
// `WordTrainingOptions` and what it is made of.
@_exported public import AkinWords
