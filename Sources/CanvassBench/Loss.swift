import Foundation

/// What optimum.py says of one block: one question under one banner, over all packs.
struct BlockLoss: Decodable {
  var printed: Int
  /// Cells that the thresholds withhold by themselves.
  var primary: Int
  var ours: Int
  var oursPeople: Int
  /// The least that was found; nil where nothing was found in time.
  var best: Int?
  var bestPeople: Int?
  /// Whether nothing less is possible.
  var proven: Bool

  enum CodingKeys: String, CodingKey {
    case printed, primary, ours, best, proven
    case oursPeople = "ours_people"
    case bestPeople = "best_people"
  }

  static func blocks(_ text: String) throws -> [BlockLoss] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(BlockLoss.self, from: Data($0.utf8)) }
  }
}

/// What gauss.R says of one table.
struct GaussLoss: Codable, Equatable {
  /// The version of GaussSuppression.
  var version: String
  var primary: Int
  var suppressed: Int
  /// As often as withheld cells count them.
  var people: Int
}

/// What gauss.R says of the plain tables by seed, kept beside the script for those who have no R.
struct KeptGaussLosses {
  private let file: URL
  private(set) var bySeed: [Int: GaussLoss]

  init(scripts: String) throws {
    file = URL(filePath: scripts).appending(path: "gauss.json")
    bySeed = try JSONDecoder().decode([Int: GaussLoss].self, from: Data(contentsOf: file))
  }

  /// Takes up what a run says of a seed, and writes it down if it is new.
  mutating func keep(_ loss: GaussLoss, seed: Int) throws {
    if bySeed[seed] == loss { return }
    bySeed[seed] = loss
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try (encoder.encode(bySeed) + Data("\n".utf8)).write(to: file)
  }
}

/// One line of the table of losses.
struct LossRow {
  var name: String
  var surveys: Int
  var blocks: [BlockLoss]
  /// nil where GaussSuppression was given other cells than these, or has not been asked about all surveys.
  var gauss: [GaussLoss]?

  static func table(_ rows: [LossRow]) -> [[String]] {
    var table = [
      [
        "surveys", "tables", "proven", "cells", "by the thresholds", "ours", "optimum",
        "secondary cells, ours / optimum",
        "all cells, ours / optimum", "people, ours / optimum", "secondary cells, GaussSuppression / optimum",
        "people, GaussSuppression / optimum",
      ]
    ]
    for row in rows {
      let blocks = row.blocks.filter { $0.best != nil }
      func sum(_ number: (BlockLoss) -> Int) -> Int { blocks.reduce(0) { $0 + number($1) } }
      let primary = sum(\.primary)
      let ours = sum(\.ours)
      let best = sum { $0.best ?? 0 }
      let bestPeople = sum { $0.bestPeople ?? 0 }
      let gauss = row.gauss.map { tables in
        [
          ratio(Double(tables.reduce(0) { $0 + $1.suppressed - $1.primary }), to: Double(best - primary)),
          ratio(Double(tables.reduce(0) { $0 + $1.people }), to: Double(bestPeople)),
        ]
      }
      let figures = [
        "\(row.surveys) × \(row.name)", "\(blocks.count)", "\(blocks.filter(\.proven).count)",
        "\(sum(\.printed))",
        "\(primary)", "\(ours)", "\(best)", ratio(Double(ours - primary), to: Double(best - primary)),
        ratio(Double(ours), to: Double(best)),
        ratio(Double(sum(\.oursPeople)), to: Double(bestPeople)),
      ]
      table.append(figures + (gauss ?? ["–", "–"]))
    }
    return table
  }
}

/// Runs canvass, the search for the optimum and, where it is there, GaussSuppression on surveys in a folder of its own.
struct LossTools {
  private let scripts: String
  private let canvass: String
  private let python: String
  private let work: URL
  private var keptGauss: KeptGaussLosses
  let hasOptimum: Bool
  let hasGauss: Bool

  init(scripts: String, canvass: String, python: String) throws {
    self.scripts = scripts
    self.canvass = canvass
    self.python = python
    guard FileManager.default.isExecutableFile(atPath: canvass) else {
      throw Unmeasurable("there is no \(canvass): `make build` makes it")
    }
    keptGauss = try KeptGaussLosses(scripts: scripts)
    work = FileManager.default.temporaryDirectory.appending(path: "canvass-bench-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    hasOptimum =
      try ChildProcess(python, ["-c", "import highspy, numpy, scipy, yaml"], isQuiet: true).status == 0
    hasGauss = try ChildProcess("Rscript", ["-e", "library(GaussSuppression)"], isQuiet: true).status == 0
  }

  /// Removes everything that was made on the way.
  func removeFolder() { try? FileManager.default.removeItem(at: work) }

  /// Surveys of seeds, each searched for so many seconds a table, made by a script that takes the seed and a folder.
  /// - Parameter isWhole: Whether a survey has one table, whose sizes and totals may be chosen as well.
  mutating func measure(
    _ name: String, maker: String, seeds: ClosedRange<Int>, seconds: Int, isWhole: Bool = false
  ) throws -> LossRow {
    var row = LossRow(name: name, surveys: seeds.count, blocks: [], gauss: nil)
    for seed in seeds {
      let folder = work.appending(path: "\(maker)/\(seed)").path()
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let made = try ChildProcess(python, ["\(scripts)/\(maker)", "\(seed)", "\(folder)/survey"])
      guard made.status == 0 else { throw Unmeasurable("\(maker) made nothing of seed \(seed)") }
      row.blocks += try blocks(
        "\(folder)/survey", wave: "w1", output: "\(folder)/Output", seconds: seconds, isWhole: isWhole)
      // gauss.R knows the plain tables alone, and chooses sizes and totals as well.
      if hasGauss, isWhole { try keptGauss.keep(gauss("\(folder)/survey"), seed: seed) }
      print("\(name), seed \(seed): \(row.blocks.count) tables so far")
    }
    let gauss = seeds.compactMap { keptGauss.bySeed[$0] }
    if isWhole, gauss.count == seeds.count { row.gauss = gauss }
    return row
  }

  func measureBundled(_ name: String, seconds: Int) throws -> LossRow {
    let output = work.appending(path: "bundled").path()
    return LossRow(
      name: name, surveys: 1,
      blocks: try blocks("Surveys/staff", wave: "2012-12", output: output, seconds: seconds, isWhole: false),
      gauss: nil)
  }

  private func blocks(
    _ survey: String, wave: String, output: String, seconds: Int, isWhole: Bool
  ) throws -> [BlockLoss] {
    try? FileManager.default.removeItem(atPath: output)
    let ran = try ChildProcess(canvass, ["run", survey, "--output", output, "--quiet"])
    guard ran.status == 0 else { throw Unmeasurable("canvass run \(survey) ended with \(ran.status)") }
    guard let id = try FileManager.default.contentsOfDirectory(atPath: output).first else {
      throw Unmeasurable("canvass run \(survey) wrote nothing")
    }
    let lines = output + "/blocks.jsonl"
    let searched = try ChildProcess(
      python,
      [
        "\(scripts)/optimum.py", survey, wave, "\(output)/\(id)/\(wave)", "--derived", "wide", "--seconds",
        "\(seconds)", "--json", lines, "--groups", isWhole ? "whole" : "released",
      ])
    guard searched.status == 0 else { throw Unmeasurable("optimum.py \(survey): \(searched.output)") }
    guard FileManager.default.fileExists(atPath: lines) else { return [] }
    return try BlockLoss.blocks(try String(contentsOfFile: lines, encoding: .utf8))
  }

  private func gauss(_ survey: String) throws -> GaussLoss {
    let ran = try ChildProcess("Rscript", ["\(scripts)/gauss.R", survey])
    guard ran.status == 0, let line = ran.output.split(separator: "\n").last else {
      throw Unmeasurable("gauss.R \(survey): \(ran.output)")
    }
    return try JSONDecoder().decode(GaussLoss.self, from: Data(line.utf8))
  }
}
