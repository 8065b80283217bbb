import Foundation

/// Another program, run to its end.
struct ChildProcess {
  var output: String
  var status: Int32
  var isGivenUp = false

  /// - Parameters:
  ///   - limit: Seconds after which the program is ended; nil: never.
  ///   - isQuiet: What the program says of its errors is thrown away.
  init(_ program: String, _ arguments: [String], limit: Int? = nil, isQuiet: Bool = false) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "canvass-bench-" + UUID().uuidString)
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: file)
    if isQuiet { process.standardError = FileHandle.nullDevice }
    try process.run()
    let end = limit.map { ContinuousClock.now.advanced(by: .seconds($0)) }
    var isLate = false
    while process.isRunning {
      if let end, ContinuousClock.now > end {
        isLate = true
        process.terminate()
        break
      }
      Thread.sleep(forTimeInterval: 0.005)
    }
    process.waitUntilExit()
    isGivenUp = isLate
    status = process.terminationStatus
    output = try String(contentsOf: file, encoding: .utf8)
  }
}
