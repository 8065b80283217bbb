import Foundation

/// What a run of another program took.
struct MeasuredProcess {
  /// By the clock.
  var seconds: Double
  /// Of all processors, by the program and the system for it.
  var processorSeconds: Double
  /// At the most, in KiB.
  var memory: Int
  var output: String

  /// Runs a program to its end.
  /// - Parameters:
  ///   - measure: The program made of Tests/Peers/measure.c.
  ///   - input: A file that it gets as standard input.
  init(
    _ measure: String, _ command: [String], environment: [String: String] = [:], input: String? = nil
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "canvass-bench-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let taken = folder.appending(path: "taken")
    let printed = folder.appending(path: "printed")
    try Data().write(to: printed)
    let process = Process()
    process.executableURL = URL(filePath: measure)
    process.arguments = [taken.path()] + command
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: URL(filePath: $0)) } ?? FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: printed)
    try process.run()
    process.waitUntilExit()
    output = try String(contentsOf: printed, encoding: .utf8)
    let numbers = (try? String(contentsOf: taken, encoding: .utf8))?.split { $0.isWhitespace } ?? []
    guard numbers.count == 4, numbers[0] == "0", let seconds = Double(numbers[1]),
      let processor = Double(numbers[2]), let memory = Int(numbers[3])
    else { throw Unmeasurable("\(command.joined(separator: " ")) failed: \(output.suffix(500))") }
    self.seconds = seconds
    processorSeconds = processor
    self.memory = memory
  }
}
