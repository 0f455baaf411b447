import AkinCore
import ArgumentParser
import Foundation

/// The message of a failed command and its exit status.
struct Failure {
    let message: String
    let status: Int32

    /// Nil for the errors of the argument parser, which knows how to present its own.
    init?(_ error: any Error) {
        switch error {
        case let error as AkinError:
            message = error.addingCause(to: RemedyWording.text(error))
            status = error.code.exitStatus
        case is CancellationError:
            message = "interrupted"
            status = Failure.interrupted
        case let error as CocoaError:
            message = (error.filePath.map { $0 + ": " } ?? "") + AkinError.text(of: error)
            status = AkinError.Code.inputOutput.exitStatus
        case is ExitCode, is ValidationError, is CleanExit:
            return nil
        default:
            guard AkinCommand.exitCode(for: error) == .failure else { return nil }
            message = AkinError.text(of: error)
            status = AkinError.Code.internalFailure.exitStatus
        }
    }

    /// 128 + SIGINT, as a shell reports a program that the user stopped.
    static let interrupted: Int32 = 130
}

extension AkinError.Code {
    /// The exit status of `sysexits.h` that stands for this kind of failure.
    var exitStatus: Int32 {
        switch self {
        case .invalidArgument: 64
        case .invalidData, .incompatible: 65
        case .noInput, .notFound: 66
        case .noModel: 69
        case .cannotCreate: 73
        case .inputOutput: 74
        case .locked: 75
        default: 70
        }
    }
}
