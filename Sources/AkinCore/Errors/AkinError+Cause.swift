import Foundation

extension AkinError {
    /// The cause of the error, in a few words on one line; nil where none is known.
    package var causeText: String? { cause.map(Self.text) }

    /// An error in a few words: the system's own for what the system refused, instead of the domains and codes it is
    /// wrapped in.
    package static func text(of error: any Error) -> String {
        let text =
            switch error {
            case let error as AkinError: error.message
            default: systemText(of: error as NSError) ?? plainText(of: error)
            }
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func plainText(of error: any Error) -> String {
        if let code = (error as? CocoaError)?.code, let number = systemNumbers[code] {
            return unsafe String(cString: strerror(number))
        }
        // Foundation has a sentence for an error code. For a Swift error it has only the type's name.
        let isFoundations = error is CocoaError || error is URLError || type(of: error) == NSError.self
        return isFoundations ? error.localizedDescription : String(describing: error)
    }

    /// The system's codes that Foundation's stand for, where it has not kept them.
    private static let systemNumbers: [CocoaError.Code: Int32] = [
        .fileNoSuchFile: ENOENT, .fileReadNoSuchFile: ENOENT, .fileReadNoPermission: EACCES,
        .fileWriteNoPermission: EACCES,
        .fileWriteFileExists: EEXIST, .fileWriteOutOfSpace: ENOSPC, .fileWriteVolumeReadOnly: EROFS,
        .fileReadTooLarge: EFBIG,
    ]

    /// The message of the POSIX error that an error is or wraps.
    private static func systemText(of error: NSError) -> String? {
        var error = error
        while error.domain != NSPOSIXErrorDomain {
            guard let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError else { return nil }
            error = underlying
        }
        return unsafe String(cString: strerror(Int32(truncatingIfNeeded: error.code)))
    }
}
