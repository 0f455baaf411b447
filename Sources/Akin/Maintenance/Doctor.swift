import AkinTransformers
import AkinCore
import AkinStore
import AkinVectors
import Foundation

/// Looks at the machine, the libraries, the models and a store, and says what is well and what is not.
public enum Doctor {
    /// Examines this machine, its models and, when given, the store at a path. Nothing is changed.
    public static func examine(store path: String? = nil, models: ModelLibrary = ModelLibrary()) async
        -> [DoctorFinding]
    {
        var findings = machine() + libraries() + examine(models) + [packedModels(of: models)]
        if let path { findings += await examine(storeAt: path) }
        return findings
    }

    private static func machine() -> [DoctorFinding] {
        [
            DoctorFinding(
                topic: "processor", severity: .ok,
                message: "\(Machine.processorName), \(ProcessInfo.processInfo.activeProcessorCount) cores, "
                    + "\(ProcessInfo.processInfo.physicalMemory >> 30) GiB of memory"),
            DoctorFinding(
                topic: "kernels", severity: .ok,
                message:
                    "\(Kernels.active.name) (this processor can run \(Kernels.available.map(\.name).joined(separator: ", ")))"
            ),
        ]
    }

    private static func libraries() -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        do {
            try ProductCheck.requireWorkingBLAS()
            findings.append(
                DoctorFinding(
                    topic: "OpenBLAS", severity: .ok,
                    message: "\(MatrixProduct.libraryName); known products are right"))
        } catch {
            findings.append(DoctorFinding(topic: "OpenBLAS", severity: .failure, Note(of: error)))
        }
        let version = Store.libraryVersion
        findings.append(DoctorFinding(topic: "SQLite", severity: .ok, message: version.description))
        if version.hasWALResetRace {
            findings.append(
                DoctorFinding(
                    topic: "SQLite", severity: .note,
                    message:
                        "Versions 3.7.0 to 3.51.2 can lose a commit when a checkpoint runs beside another connection's commit; "
                        + "Akin checkpoints "
                        + "only under its writer's lock, so write to the store with Akin alone."))
        }
        return findings
    }

    private static func examine(_ models: ModelLibrary) -> [DoctorFinding] {
        let installed = (try? models.installed()) ?? []
        guard !installed.isEmpty else {
            return [
                DoctorFinding(
                    topic: "models", severity: .note,
                    message:
                        "None is installed in \(models.folder), so word vectors are trained on what is indexed.",
                    remedy: .fetchModel(Remedy.recommendedModel))
            ]
        }
        return installed.map { model in
            do {
                let folder = URL(filePath: model.path)
                let encoder = try ModelLibrary.encoder(at: folder, precision: .auto, cache: nil)
                let encoded = try encoder.encode(["The river rose after the rain."], role: .passage, threads: 1)
                let length = VectorMath.dot(encoded.vectors.row(0), encoded.vectors.row(0))
                let precision = (encoder as? any FolderEncoder).map { " in \($0.precision.rawValue)" } ?? ""
                let network = model.layers > 0 ? "\(model.layers) layers" : "static"
                return DoctorFinding(
                    topic: "model \(model.name)", severity: length.isFinite ? .ok : .failure,
                    message: "\(network), \(model.dimension) components, loads and encodes\(precision) (\(model.path))"
                )
            } catch {
                return DoctorFinding(topic: "model \(model.name)", severity: .failure, Note(of: error))
            }
        }
    }

    private static func packedModels(of models: ModelLibrary) -> DoctorFinding {
        let state = models.packed.state
        guard state.isWritable else {
            return DoctorFinding(
                topic: "packed models", severity: .note,
                message: "\(models.packedFolder) cannot be written, so every start prepares the model's weights again.")
        }
        guard state.isTrusted else {
            return DoctorFinding(
                topic: "packed models", severity: .note,
                message:
                    "\(models.packedFolder) belongs to another user, or others can write there, so what is in it is not used and every "
                    + "start prepares the model's weights again.")
        }
        let contents =
            state.files == 0
            ? "none" : "\(state.files) \(state.files == 1 ? "file" : "files"), \(state.bytes >> 20) MiB"
        return DoctorFinding(
            topic: "packed models", severity: .ok,
            message: "\(contents) in \(models.packedFolder), made when a model is first loaded")
    }

    /// Bytes of the write-ahead log far beyond those at which a commit merges it.
    private static let largeLog = 128 << 20

    private static func examine(storeAt path: String) async -> [DoctorFinding] {
        do {
            let database = try await Database.open(at: path)
            let information = try await database.information()
            let free = try? URL(filePath: path).deletingLastPathComponent().resourceValues(forKeys: [
                .volumeAvailableCapacityKey
            ])
            .volumeAvailableCapacity
            var findings = [
                DoctorFinding(
                    topic: "store", severity: .ok,
                    message:
                        "\(path): \(information.documents) documents, \(information.passages) passages, format \(information.formatVersion)"
                )
            ]
            if let free {
                let isEnough = free >= information.bytes
                findings.append(
                    DoctorFinding(
                        topic: "disk", severity: isEnough ? .ok : .warning,
                        message: "\(free >> 20) MiB are free"
                            + (isEnough ? "" : ", less than the store's own size: optimizing and a backup may not fit"))
                )
            }
            let log = Database.bytesOnDisk(path + "-wal")
            if log > Self.largeLog {
                findings.append(
                    DoctorFinding(
                        topic: "log", severity: .note,
                        message:
                            "\(log >> 20) MiB of changes are not merged into the store yet: its writer was killed, or a reader keeps "
                            + "an old state in use.",
                        remedy: .optimize))
            }
            return findings
        } catch {
            return [DoctorFinding(topic: "store", severity: .failure, Note(of: error))]
        }
    }
}
