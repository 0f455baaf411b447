import AkinCore
import AkinTestSupport
import AkinTraining
import Foundation
import Testing

@Suite struct ModelFolderWriterTests {
    @Test(arguments: [true, false]) func `a folder that appears meanwhile stays`(isEmpty: Bool) throws {
        let parent = try TemporaryFolder()
        let folder = URL(filePath: parent.path("model"))
        let error = #expect(throws: AkinError.self) {
            try ModelFolderWriter.write(to: folder) { staging in
                try Data("mine".utf8).write(to: staging.appending(path: "weights"))
                // Another training is done first.
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
                if !isEmpty { try Data("theirs".utf8).write(to: folder.appending(path: "weights")) }
            }
        }
        #expect(error?.code == .cannotCreate && error?.message.contains("exists already") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path(".")) == ["model"])
        if !isEmpty { #expect(try String(contentsOf: folder.appending(path: "weights"), encoding: .utf8) == "theirs") }
    }
}
