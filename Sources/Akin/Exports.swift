// `AkinError` and `JSONValue` belong to the facade's API. A program that imports `Akin` can name them without another
// import.
@_exported public import AkinCore
// `WordTrainingOptions` and the types of its properties.
@_exported public import AkinWords
// What a reader of files is made of: `FileReader` and the texts that it gives.
@_exported public import AkinText
