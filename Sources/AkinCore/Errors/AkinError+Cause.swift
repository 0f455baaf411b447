import Foundation

extension AkinError {
    /// What caused the error, in a few words on one line; nil when nothing is known to have.
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
        // What Foundation makes of a code is a sentence; of a Swift error it only knows the type.
        let isFoundations = error is CocoaError || error is URLError || type(of: error) == NSError.self
        return isFoundations ? error.localizedDescription : String(describing: error)
    }

    /// What Foundation's codes stand for where it has not kept the system's own.
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
