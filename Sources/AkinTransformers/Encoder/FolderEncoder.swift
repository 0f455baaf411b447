package import AkinCore
package import AkinVectors
package import Foundation

/// An encoder whose model is a folder on this machine; a store remembers the folder and the precision.
package protocol FolderEncoder: TextEncoder {
    /// Where the network and the tokenizer were read from.
    var folder: URL { get }

    /// The arithmetic of its network, never `auto`.
    var precision: EncodingPrecision { get }

    /// The number of components that its vectors are cut to; nil where they are as the model makes them.
    var cutDimensions: Int? { get }
}
