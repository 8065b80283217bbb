import Foundation
import Testing

@testable import Canvass

/// `canvass --version --verbose`.
@Suite struct LibrariesInUseTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func shell(_ line: String) throws -> BuiltCommand.Ended {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-version-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try BuiltCommand.shell(line, in: folder)
  }

  /// The packages that `make setup` installs, by the library that each is for.
  @Test func `every library that is built in or installed is named with its version`() throws {
    let libraries = librariesInUse()
    let byName = Dictionary(uniqueKeysWithValues: libraries.map { ($0.name, $0) })
    let makefile = try String(contentsOf: Self.root.appending(path: "Makefile"), encoding: .utf8)
    let line = try #require(makefile.split(separator: "\n").first { $0.hasPrefix("LIBRARIES = ") })
    let names = [
      "libcsv-dev": "libcsv", "zlib1g-dev": "zlib", "libglpk-dev": "GLPK", "libexpat1-dev": "Expat",
      "libzip-dev": "libzip", "r-mathlib": "libRmath", "libreadstat-dev": "ReadStat",
      "nettle-dev": "Nettle",
    ]
    let packages = line.split(separator: " ").dropFirst(2).map { String($0.split(separator: ":")[1]) }
    #expect(Set(packages) == Set(names.keys))
    for package in packages {
      let library = try #require(byName[names[package] ?? ""], "\(package) is not named")
      #expect(library.version?.first?.isNumber == true || package == "libreadstat-dev", "\(package)")
      // The tests are linked with the same libraries.
      #expect(library.file?.hasPrefix("lib") == true && library.file?.contains(".so") == true, "\(package)")
    }
    #expect(byName["Swift"]?.version?.hasPrefix("6.") == true)
    #expect(byName["GNU C library"]?.version?.hasPrefix("2.") == true)
  }

  @Test func `the Swift packages have the versions of Package.swift`() throws {
    let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    let versions = Dictionary(
      uniqueKeysWithValues: librariesInUse().compactMap { library in
        library.version.map { (library.name, $0) }
      })
    var found = 0
    for match in manifest.matches(
      of: /\.package\(url: "[^"]*\/(?<name>[^"\/]+)", exact: "(?<version>[^"]+)"\)/)
    {
      // The documentation's plugin is no part of the program.
      if match.name == "swift-docc-plugin" { continue }
      #expect(versions[String(match.name)] == String(match.version), "\(match.name)")
      found += 1
    }
    #expect(found == 2)
  }

  @Test func `the command tells them, in either order, and nothing else with --verbose alone`() throws {
    let told = try shell("canvass --version --verbose")
    #expect(told.status == 0 && told.errors.isEmpty)
    #expect(told.output.hasPrefix("canvass \(canvassVersion)\n  Swift "))
    #expect(told.output.split(separator: "\n").count == librariesInUse().count + 1)
    for library in librariesInUse() { #expect(told.output.contains("  \(library.name) ")) }
    #expect(try shell("canvass --verbose --version").output == told.output)
    #expect(try shell("canvass --version").output == "\(canvassVersion)\n")
    let alone = try shell("canvass --verbose")
    #expect(alone.status == 2 && alone.errors.contains("--verbose goes with --version alone."))
    #expect(try shell("canvass --verbose check nowhere").status == 2)
    #expect(try shell("canvass --version --verbose >/dev/full").status == 74)
  }
}
