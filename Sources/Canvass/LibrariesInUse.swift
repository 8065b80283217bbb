import DisclosureAudit
import Glibc
import Ingest
import Reliability

/// A work of others that canvass is running with.
struct LibraryInUse: Hashable {
  let name: String
  /// Nil where the library does not tell.
  let version: String?
  /// The file that this process has loaded; nil for what is part of the program.
  let file: String?
}

/// `canvass --version --verbose`: the version, and a line for each library in use.
public func tellVersion(on console: Console) -> ExitStatus {
  let libraries = librariesInUse()
  let width = libraries.map(\.name.count).max() ?? 0
  console.output("canvass \(canvassVersion)")
  for library in libraries {
    let version = library.version ?? "does not tell its version"
    let file = library.file.map { " (\($0))" } ?? ""
    console.output("  \(library.name.fitted(width))  \(version)\(file)")
  }
  return .done
}

/// What canvass is running with: the compiler and the Swift packages it was built of, and the C libraries of this system.
///
/// A library that can be asked tells its version itself; of libcsv and libRmath it is the one of the header that canvass was built
/// with. The file is the one that is loaded, its links followed.
func librariesInUse() -> [LibraryInUse] {
  let loaded = loadedLibraries()
  func library(_ name: String, _ version: String?, stem: String) -> LibraryInUse {
    LibraryInUse(name: name, version: version, file: loaded[stem])
  }
  let stems = ["Expat": "libexpat", "libcsv": "libcsv", "libzip": "libzip", "zlib": "libz"]
  let solver = AuditReport.solver.split(separator: " ").map(String.init)
  let system =
    readingLibraries.map { library($0.name, $0.version, stem: stems[$0.name] ?? $0.name) } + [
      library("GLPK", solver.last, stem: "libglpk"),
      library("ReadStat", nil, stem: "libreadstat"),
      library("Nettle", digestLibraryVersion, stem: "libnettle"),
      library("libRmath", rmathVersion, stem: "libRmath"),
      library("GNU C library", systemLibraryVersion, stem: "libc"),
    ]
  let built = [("Swift", swiftVersion)] + swiftPackages
  return built.map { LibraryInUse(name: $0.name, version: $0.version, file: nil) }
    + system.sorted { $0.name.lowercased() < $1.name.lowercased() }
}

/// The Swift packages that are part of the program, at the versions that Package.swift names.
private let swiftPackages = [
  (name: "swift-argument-parser", version: "1.8.2"),
  (name: "Yams", version: "6.2.2"),
]

/// As `getconf GNU_LIBC_VERSION` tells it; nil where this is another library.
private var systemLibraryVersion: String? {
  var buffer = [CChar](repeating: 0, count: 64)
  guard unsafe confstr(Int32(_CS_GNU_LIBC_VERSION), &buffer, buffer.count) > 0 else { return nil }
  let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  return text.split(separator: " ").last.map(String.init)
}

/// The compiler's version, as far as a program can know it: a later one than the last named here is the last.
private let swiftVersion: String = {
  #if compiler(>=6.4)
    "6.4 or later"
  #elseif compiler(>=6.3.4)
    "6.3.4 or later"
  #elseif compiler(>=6.3.3)
    "6.3.3"
  #elseif compiler(>=6.3.2)
    "6.3.2"
  #elseif compiler(>=6.3.1)
    "6.3.1"
  #else
    "6.3"
  #endif
}()

/// By the name without its version, the files of libraries that this process has loaded.
private func loadedLibraries() -> [String: String] {
  guard let bytes = try? FileSystem.read("/proc/self/maps") else { return [:] }
  var files: [String: String] = [:]
  for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
    // The sixth column is the path, which may have blanks.
    let columns = line.split(separator: " ", maxSplits: 5)
    guard columns.count == 6, let name = columns[5].split(separator: "/").last, name.contains(".so") else {
      continue
    }
    let stem = String(name.prefix { $0 != "." && $0 != "-" })
    files[stem] = String(name)
  }
  return files
}
