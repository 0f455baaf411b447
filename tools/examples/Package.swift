// swift-tools-version: 6.2
import PackageDescription

// Three programs that use Akin as a library. To run one: swift run -c release --package-path tools/examples notes-search
let package = Package(
    name: "examples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "akin", path: "../..")],
    targets: ["notes-search", "cluster-report", "imported-vectors"].map { name in
        .executableTarget(name: name, dependencies: [.product(name: "Akin", package: "akin")], path: name)
    }
)
