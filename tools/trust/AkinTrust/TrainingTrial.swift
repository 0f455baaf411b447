import Akin
import AkinCore
import ArgumentParser
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A small training, run in processes of its own.
struct TrainingTrial {
    enum Task: String, CaseIterable {
        case classify, tag
    }

    struct Outcome {
        let status: Int32
        let signal: Int32?
        let errors: String
        let seconds: Double
    }

    /// A training that runs.
    struct Running {
        let process: Process
        let errors: Pipe
        let start: ContinuousClock.Instant

        /// Waits for its end.
        func outcome() -> Outcome {
            let said = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let isSignal = process.terminationReason == .uncaughtSignal
            return Outcome(
                status: process.terminationStatus, signal: isSignal ? process.terminationStatus : nil,
                errors: String(decoding: said, as: UTF8.self), seconds: (ContinuousClock.now - start) / .seconds(1))
        }
    }

    /// The status of a worker that stopped where it was to.
    static let stopped: Int32 = 4

    private let task: Task
    private let model: String
    private let folder: String
    private let examples: String

    init(_ task: Task, model: String, in trial: TrialFolder) throws {
        (self.task, self.model) = (task, model)
        folder = try trial.fresh("training-\(task.rawValue)")
        examples = trial.file("\(task.rawValue)\(task == .classify ? ".jsonl" : ".conll")")
        let (animals, places) = (["dog", "cat", "man", "child"], ["house", "river", "bank", "tree"])
        let lines = (0..<96).map { index in
            let (animal, place) = (animals[index % 4], places[index / 4 % 4])
            let more = String(repeating: "big ", count: index / 16)
            return switch task {
            case .classify:
                #"{"text": "the \#(animal) is in the \#(more)\#(place) \#(index)", "label": "\#(place < "i" ? "low" : "high")"}"#
            case .tag:
                "the O\n\(animal) B-ANIMAL\nis O\nin O\n\(more.isEmpty ? "the" : "big") O\n\(place) B-PLACE\n\(index) O\n"
            }
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: examples))
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Deletes all but the run that was not stopped.
    func clear() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "whole" {
            try FileManager.default.removeItem(atPath: path(name))
        }
    }

    /// What is there besides the models.
    func beside() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "whole" && $0 != "model" }.sorted()
    }

    /// The files of a model.
    func files(of name: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for entry in try FileManager.default.contentsOfDirectory(atPath: path(name)) {
            files[entry] = try Data(contentsOf: URL(filePath: "\(path(name))/\(entry)"))
        }
        return files
    }

    /// - Parameters:
    ///   - stopsAfter: steps after which the worker stops by itself.
    ///   - fileLimit: bytes that a file may have.
    func start(output: String, seed: Int = 1, stopsAfter: Int? = nil, fileLimit: Int? = nil) throws -> Running {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).standardizedFileURL
        process.arguments = [
            "training-worker", "--task", task.rawValue, "--examples", examples, "--output", path(output), "--model",
            model, "--training-seed", "\(seed)",
        ]
        if let stopsAfter { process.arguments? += ["--stops-after", "\(stopsAfter)"] }
        if let fileLimit { process.arguments? += ["--file-limit", "\(fileLimit)"] }
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        return Running(process: process, errors: errors, start: start)
    }

    func run(
        output: String, seed: Int = 1, killAfter: Double? = nil, stopsAfter: Int? = nil, fileLimit: Int? = nil
    ) throws -> Outcome {
        let running = try start(output: output, seed: seed, stopsAfter: stopsAfter, fileLimit: fileLimit)
        let identifier = running.process.processIdentifier
        let timer = DispatchSource.makeTimerSource()
        if let killAfter {
            timer.schedule(deadline: .now() + killAfter)
            timer.setEventHandler { kill(identifier, SIGKILL) }
        }
        timer.resume()
        let outcome = running.outcome()
        timer.cancel()
        return outcome
    }
}

/// Trains and keeps the state after every step.
struct TrainingWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "training-worker", shouldDisplay: false)

    @OptionGroup var trial: TrialOptions
    @Option var task: String
    @Option var examples: String
    @Option var output: String
    @Option var trainingSeed: UInt64
    @Option var stopsAfter: Int?
    @Option var fileLimit: Int?

    func run() async throws {
        if let fileLimit {
            // Writing more is refused, where it would end the process otherwise.
            _ = signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: rlim_t(fileLimit), rlim_max: rlim_t(fileLimit))
            setrlimit(limitOfFileSize, &limit)
        }
        let configuration = Database.Configuration(model: trial.model, threads: 2)
        let most = stopsAfter
        let progress: ProgressHandler = { progress in
            if let most, progress.completed >= Double(most * 8), progress.phase.rawValue == "fine-tuning" {
                stop()
            }
        }
        do {
            if task == TrainingTrial.Task.classify.rawValue {
                var training = ClassifierTraining()
                // The best pass stands in the checkpoint too.
                (training.method, training.epochs, training.batchSize) = (.fineTuned, 6, 8)
                training.patience = 3
                (training.learningRate, training.seed, training.checkpointInterval) = (1e-3, trainingSeed, .zero)
                _ = try await training.run(
                    on: [examples], output: output, configuration: configuration, progress: progress)
            } else {
                var training = TaggerTraining()
                (training.epochs, training.batchSize, training.learningRate) = (6, 8, 1e-3)
                (training.seed, training.checkpointInterval) = (trainingSeed, .zero)
                _ = try await training.run(
                    on: [examples], output: output, configuration: configuration, progress: progress)
            }
        } catch let error as AkinError {
            FileHandle.standardError.write(Data("\(error.message)\n".utf8))
            throw ExitCode(3)
        }
    }
}

/// Ends the process at once, as a kill would, with a status of its own.
private func stop() -> Never { exit(TrainingTrial.stopped) }

#if canImport(Glibc)
private let limitOfFileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
private let limitOfFileSize = RLIMIT_FSIZE
#endif
