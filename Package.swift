// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: warnings are errors, imports say what they expose.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Settings of all but AkinVectors, AkinIndex and AkinPostings, whose work is raw memory: unsafe constructs must be
/// marked where they stand.
let strictAndSafe: [SwiftSetting] = strict + [.strictMemorySafety()]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "akin",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Akin", targets: ["Akin"]),
        .executable(name: "akin", targets: ["AkinCLI"]),
        .executable(name: "akin-reader", targets: ["AkinReaderProgram"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Leaves that do not know each other
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .target(
            name: "CAkinKernels",
            cSettings: ["checksum", "codes", "embedding", "linear", "network", "training", "vector", "words"].map {
                .headerSearchPath($0)
            }),
        .target(name: "AkinCore", swiftSettings: strictAndSafe),
        .target(name: "AkinProcesses", dependencies: ["AkinCore", "CAkinKernels"], swiftSettings: strictAndSafe),
        .target(name: "AkinVectors", dependencies: ["AkinCore", "CAkinKernels", "COpenBLAS"], swiftSettings: strict),
        .target(name: "AkinText", dependencies: ["AkinCore", yams], swiftSettings: strictAndSafe),
        .target(name: "AkinTokenizers", dependencies: ["AkinCore", "AkinVectors"], swiftSettings: strictAndSafe),
        .target(
            name: "AkinWords", dependencies: ["AkinCore", "AkinVectors", "CAkinKernels", crypto],
            swiftSettings: strictAndSafe),
        .target(
            name: "AkinTransformers",
            dependencies: ["AkinCore", "AkinVectors", "AkinTokenizers", "CAkinKernels", crypto],
            swiftSettings: strictAndSafe),
        .target(name: "AkinIndex", dependencies: ["AkinCore", "AkinVectors", "CAkinKernels"], swiftSettings: strict),
        .target(name: "AkinPostings", dependencies: ["AkinCore", "AkinVectors"], swiftSettings: strict),
        .target(
            name: "AkinTraining",
            dependencies: [
                "AkinCore", "AkinVectors", "AkinText", "AkinTokenizers", "AkinTransformers", "CAkinKernels",
            ],
            swiftSettings: strictAndSafe),
        .target(name: "AkinCluster", dependencies: ["AkinCore", "AkinVectors"], swiftSettings: strictAndSafe),
        .target(
            name: "AkinReport", dependencies: ["AkinCore", "AkinCluster"],
            resources: [
                "page.css", "map.css", "clusters.css", "findings.css", "media.css", "senses.css", "training.css",
                "rows.js", "map-places.js", "map-drawing.js", "map-choice.js", "map-gestures.js",
            ].map { .embedInCode("Page/\($0)") },
            swiftSettings: strictAndSafe),
        .target(
            name: "AkinMigrations", path: "migrations",
            resources: [
                .embedInCode("v001_initial.sql"), .embedInCode("v002_clusters.sql"), .embedInCode("v003_checksums.sql"),
                .embedInCode("v004_labels.sql"), .embedInCode("v005_collections_places.sql"),
                .embedInCode("v006_compact_search_texts.sql"),
            ],
            swiftSettings: strictAndSafe),
        .target(
            name: "AkinStore", dependencies: ["AkinCore", "AkinMigrations", grdb, crypto], swiftSettings: strictAndSafe),

        // The facade joins them, the program wraps it
        .target(
            name: "Akin",
            dependencies: [
                "AkinCore", "AkinVectors", "AkinText", "AkinTokenizers", "AkinWords", "AkinTransformers", "AkinIndex",
                "AkinPostings", "AkinCluster", "AkinReport", "AkinTraining",
                "AkinStore", "AkinProcesses",
                "CAkinKernels", crypto, logging,
            ],
            swiftSettings: strictAndSafe),
        .target(name: "AkinWire", dependencies: ["Akin", "AkinCore"], swiftSettings: strictAndSafe),
        .executableTarget(
            name: "AkinCLI",
            dependencies: [
                "Akin", "AkinWire", "AkinVectors", "AkinText", "AkinCore", "CAkinKernels", argumentParser,
            ],
            swiftSettings: strictAndSafe),

        // Formats that need libraries of the system are read in a program of their own, which the facade starts
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .target(
            name: "AkinReaders", dependencies: ["AkinCore", "AkinText", "AkinProcesses", "CAkinKernels", "CArchive"],
            swiftSettings: strictAndSafe),
        .executableTarget(
            name: "AkinReaderProgram", dependencies: ["AkinReaders"], swiftSettings: strictAndSafe),

        // Times parts in process for tools/bench
        .executableTarget(
            name: "AkinBench",
            dependencies: [
                "AkinCluster", "AkinTraining", "AkinTransformers", "AkinWords", "AkinTokenizers", "AkinIndex",
                "AkinVectors",
                "AkinCore", argumentParser,
            ],
            path: "tools/bench/AkinBench", swiftSettings: strict),

        // Kills, cuts and fills for tools/trust and the tests
        .executableTarget(
            name: "AkinTrust", dependencies: ["Akin", "AkinCore", "AkinStore", grdb, argumentParser],
            path: "tools/trust/AkinTrust", swiftSettings: strict),

        // Tests
        .target(
            name: "AkinTestSupport", dependencies: ["AkinCore", "AkinVectors"], path: "Tests/AkinTestSupport",
            swiftSettings: strict),
        .testTarget(name: "AkinCoreTests", dependencies: ["AkinCore", "AkinTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AkinVectorsTests", dependencies: ["AkinVectors", "AkinCore", "CAkinKernels", "AkinTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "AkinTextTests", dependencies: ["AkinText", "AkinCore", "AkinVectors", "AkinTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "AkinReadersTests",
            dependencies: ["AkinReaders", "AkinText", "AkinCore", "AkinProcesses", "CArchive", "AkinTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "AkinTokenizersTests",
            dependencies: ["AkinTokenizers", "AkinCore", "AkinVectors", "AkinTestSupport"],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "AkinWordsTests",
            dependencies: ["AkinWords", "AkinCore", "AkinVectors", "CAkinKernels", "AkinTestSupport"],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "AkinTransformersTests",
            dependencies: [
                "AkinTransformers", "AkinTokenizers", "AkinCore", "AkinVectors", "CAkinKernels", "AkinTestSupport",
            ],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "AkinIndexTests", dependencies: ["AkinIndex", "AkinCore", "AkinVectors", "AkinTestSupport"],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "AkinPostingsTests", dependencies: ["AkinPostings", "AkinCore", "AkinVectors", "AkinTestSupport"],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "AkinTrainingTests",
            dependencies: [
                "AkinTraining", "AkinText", "AkinTokenizers", "AkinTransformers", "AkinCore", "AkinVectors",
                "CAkinKernels", "AkinTestSupport",
            ],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "AkinClusterTests", dependencies: ["AkinCluster", "AkinCore", "AkinVectors", "AkinTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "AkinReportTests", dependencies: ["AkinReport", "AkinCluster", "AkinCore", "AkinTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "AkinStoreTests",
            dependencies: ["AkinStore", "AkinCore", "AkinVectors", "AkinTestSupport", grdb, crypto],
            exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "AkinTests",
            dependencies: ["Akin", "AkinStore", "AkinCore", "AkinVectors", "AkinTestSupport", grdb, crypto],
            swiftSettings: strict),
        .testTarget(
            name: "AkinWireTests", dependencies: ["AkinWire", "Akin", "AkinCore", "AkinTestSupport"],
            swiftSettings: strict),
        .testTarget(name: "AkinTrustTests", dependencies: ["AkinTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AkinCLITests", dependencies: ["AkinCLI", "AkinCore", "AkinStore", "AkinTestSupport", grdb],
            swiftSettings: strict),
    ],
    cLanguageStandard: .c11
)
