import Akin
import Foundation

extension ModelLibrary {
    /// The models where this process's environment has them: `$AKIN_MODELS`, else `$XDG_CACHE_HOME/akin/models`, else
    /// `~/.cache/akin/models`; packed ones in `packed` beside the last two.
    ///
    /// A relative `$AKIN_MODELS` is below the working folder, like every path that a user names. The other variables
    /// count only if they are absolute, as the XDG Base Directory Specification says: a cache must not depend on the
    /// working folder, in which others may have put a folder of that name.
    static var ofEnvironment: ModelLibrary {
        let cache = cacheFolder
        let own = ProcessInfo.processInfo.environment["AKIN_MODELS"].flatMap { $0.isEmpty ? nil : $0 }
        return ModelLibrary(folder: own ?? cache + "/models", packedFolder: cache + "/packed")
    }

    /// The folder in which this user's programs keep what can be made again: `$XDG_CACHE_HOME/akin`, else
    /// `~/.cache/akin`.
    static var cacheFolder: String {
        let environment = ProcessInfo.processInfo.environment
        func absolute(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        return absolute("XDG_CACHE_HOME").map { $0 + "/akin" } ?? absolute("HOME").map { $0 + "/.cache/akin" }
            ?? userCacheFolder
    }
}
