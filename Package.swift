// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every Swift target: complete concurrency checking, checked memory safety,
/// imports that stay where they are used, and no warnings.
let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The same for what searches: it is optimised in debug builds, too, or its tests would take many times as long.
let searchingSettings =
  swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "canvass",
  products: [
    .executable(name: "canvass", targets: ["CanvassCLI"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CReadStat", providers: [.apt(["libreadstat-dev"])]),
    // Some distributions of libRmath, whose header declares far more.
    .target(name: "CRmath", linkerSettings: [.linkedLibrary("Rmath"), .linkedLibrary("m")]),
    // Calls that Swift's Glibc module does not offer: exchanging two folders, a file without a name.
    .target(name: "CFileSystem"),
    // GLPK, whose faults become a status.
    .target(name: "CSolver", linkerSettings: [.linkedLibrary("glpk")]),
    .target(name: "Solver", dependencies: ["CSolver"], swiftSettings: searchingSettings),

    .target(
      name: "SurveyDefinition",
      dependencies: [.product(name: "Yams", package: "Yams")],
      exclude: ["Schema"],
      swiftSettings: swiftSettings),
    // Projects of programs for qualitative analysis.
    .target(name: "QDAImport", dependencies: ["CExpat", "CZip"], swiftSettings: swiftSettings),
    // What survey platforms export beside, or instead of, a CSV.
    .target(name: "ExportFormats", dependencies: ["CExpat", "CReadStat"], swiftSettings: swiftSettings),
    .target(
      name: "Ingest",
      dependencies: ["SurveyDefinition", "QDAImport", "CLibCSV", "CZlib"],
      swiftSettings: swiftSettings),
    // A definition guessed from an export.
    .target(
      name: "Drafting", dependencies: ["SurveyDefinition", "Ingest", "ExportFormats"],
      swiftSettings: swiftSettings),
    // How far coders agree.
    .target(name: "Reliability", dependencies: ["CRmath"], swiftSettings: swiftSettings),
    .target(
      name: "Tabulation",
      dependencies: ["SurveyDefinition"],
      swiftSettings: searchingSettings),
    .target(name: "ReleaseModel", swiftSettings: swiftSettings),
    // Shares, means and differences with their intervals and tests, whatever was counted.
    .target(name: "Estimation", dependencies: ["CRmath"], swiftSettings: searchingSettings),
    // Weights of respondents: post-stratified, raked, trimmed.
    .target(name: "Weighting", swiftSettings: searchingSettings),
    // What the figures of a release show of groups and of waves.
    .target(
      name: "Comparison", dependencies: ["ReleaseModel", "Estimation"], swiftSettings: searchingSettings),
    .target(
      name: "Disclosure",
      dependencies: ["SurveyDefinition", "Tabulation", "ReleaseModel", "Estimation", "Solver"],
      swiftSettings: searchingSettings),
    .target(
      name: "DisclosureAudit", dependencies: ["Estimation", "Solver"], swiftSettings: searchingSettings),
    // Spreadsheets as files, whatever stands in them.
    .target(name: "Workbooks", dependencies: ["CZip"], swiftSettings: swiftSettings),
    .target(
      name: "Rendering", dependencies: ["ReleaseModel", "Comparison", "Workbooks"],
      swiftSettings: swiftSettings),
    // Pictures of the user's own, made harmless.
    .target(name: "Pictures", dependencies: ["CExpat"], swiftSettings: swiftSettings),
    // A pack as a page with charts.
    .target(
      name: "Briefing", dependencies: ["ReleaseModel", "Comparison", "Rendering"], exclude: ["Renderer"],
      swiftSettings: swiftSettings),
    .target(
      name: "Simulation",
      dependencies: ["SurveyDefinition", .product(name: "Yams", package: "Yams")],
      swiftSettings: swiftSettings),
    .target(
      name: "Canvass",
      dependencies: [
        "SurveyDefinition", "Ingest", "Tabulation", "ReleaseModel", "Disclosure", "Comparison", "Rendering",
        "Briefing", "Simulation", "CFileSystem", "DisclosureAudit", "Reliability", "Drafting",
        "ExportFormats", "Pictures", "Weighting", "CNettle",
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "CanvassCLI",
      dependencies: [
        "Canvass",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Supply"],
      swiftSettings: swiftSettings),

    // What protection costs, how long it takes and what it still gives away: `make bench`.
    .executableTarget(
      name: "CanvassBench",
      dependencies: [
        "Canvass", "SurveyDefinition", "Ingest", "Tabulation", "ReleaseModel", "Disclosure", "Rendering",
        "Simulation", "DisclosureAudit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),

    .testTarget(
      name: "SurveyDefinitionTests", dependencies: ["SurveyDefinition"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "IngestTests", dependencies: ["Ingest", "SurveyDefinition"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "DraftingTests", dependencies: ["Drafting", "Ingest", "SurveyDefinition", "ExportFormats"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "QDAImportTests", dependencies: ["QDAImport", "CZip"], exclude: ["Resources"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ExportFormatsTests", dependencies: ["ExportFormats"], swiftSettings: swiftSettings),
    .testTarget(
      name: "ReliabilityTests", dependencies: ["Reliability"], exclude: ["reference.R"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EstimationTests", dependencies: ["Estimation"], exclude: ["raked.R"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "WeightingTests", dependencies: ["Weighting"], swiftSettings: swiftSettings),
    .testTarget(
      name: "ComparisonTests", dependencies: ["Comparison", "Estimation", "ReleaseModel"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "TabulationTests", dependencies: ["Tabulation", "SurveyDefinition"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "DisclosureTests",
      dependencies: ["Disclosure", "Solver", "Tabulation", "ReleaseModel", "SurveyDefinition"],
      exclude: ["Attack"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "DisclosureAuditTests", dependencies: ["DisclosureAudit"], exclude: ["second_opinion.py"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CanvassBenchTests", dependencies: ["CanvassBench"], swiftSettings: swiftSettings),
    .testTarget(
      name: "RenderingTests", dependencies: ["Rendering", "Comparison", "ReleaseModel", "Workbooks", "CZip"],
      swiftSettings: swiftSettings),
    .testTarget(name: "PicturesTests", dependencies: ["Pictures"], swiftSettings: swiftSettings),
    .testTarget(
      name: "BriefingTests", dependencies: ["Briefing", "Rendering", "ReleaseModel"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "SimulationTests", dependencies: ["Simulation", "SurveyDefinition"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CanvassTests",
      dependencies: [
        "Canvass", "CanvassCLI", "Ingest", "SurveyDefinition", "ReleaseModel", "Tabulation", "Disclosure",
        "DisclosureAudit", "Rendering", "Briefing",
      ],
      exclude: ["recount.py", "faults.c"],
      swiftSettings: swiftSettings),
  ]
)

// Readers under libFuzzer, which `make fuzz` builds in a folder of its own: with its `main` and the instrumentation of everything it
// is no part of any other build.
if Context.environment["CANVASS_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "CanvassFuzz",
      dependencies: [
        "SurveyDefinition", "Ingest", "QDAImport", "ExportFormats", "Pictures", "DisclosureAudit",
      ],
      exclude: ["Seeds"],
      swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])]))
}
