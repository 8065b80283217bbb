import ArgumentParser
import Foundation

struct CountsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counts", abstract: "Time counting beside other programs that count the same.")

  @OptionGroup var place: PageOptions
  @Option(help: "The folder of the other programs.")
  var peers = "Tests/Peers"
  @Option(help: "The canvass to be measured.")
  var canvass = ".build/release/canvass"
  @Option(help: "The python3 that has polars, duckdb and pandas.")
  var python = "python3"
  @Option(help: "How often each program runs; the median counts.")
  var runs = 5
  @Option(help: "How many responses there are.")
  var responses = [1_200, 100_000, 1_000_000]
  @Option(help: "How many responses there are while questions and banners grow.")
  var growing = 100_000

  func run() throws {
    let bench = try CountingBench(peers: peers, canvass: canvass, python: python)
    defer { bench.removeFolder() }
    var rows: [[String]] = []
    for number in responses {
      for cells in CountedSurvey.Cells.allCases {
        for isWeighted in [false, true] {
          let survey = CountedSurvey(responses: number, cells: cells, isWeighted: isWeighted)
          rows += try bench.measure(survey, runs: number > 500_000 ? min(runs, 3) : runs)
        }
      }
    }
    let page = MeasurementsPage(place.page)
    try page.show([CountingBench.heading] + rows, below: "Measured counting")
    try page.show(bench.growth(responses: growing, runs: runs), below: "Measured growth of counting")
  }
}

/// Programs that make the same cross-tabulations of the same file, run turn by turn.
struct CountingBench {
  static let heading = [
    "responses", "cells", "weights", "program", "seconds", "processor", "processor / libcsv",
    "seconds / canvass", "memory",
  ]
  /// Beyond this many responses Python's csv is left out.
  private static let mostForCSV = 100_000

  private let folder: URL
  private let peers: String
  private let canvass: String
  private let python: String

  init(peers: String, canvass: String, python: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "canvass-bench-" + UUID().uuidString)
    (self.peers, self.canvass, self.python) = (peers, canvass, python)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["parse", "counts", "measure"] {
      let built = try ChildProcess(
        "cc", ["-O2", "-Wall", "-Wextra", "-o", path(name), "\(peers)/\(name).c", "-lcsv"])
      guard built.status == 0 else { throw Unmeasurable("\(name).c cannot be compiled: \(built.output)") }
    }
  }

  func removeFolder() { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appending(path: name).path() }

  /// A program that is run on a survey.
  private struct Runner {
    var name: String
    var command: [String]
    var environment: [String: String] = [:]
    var input: String?
    /// Whether it prints counts.
    var isPeer = false
  }

  private func runners(of survey: CountedSurvey) -> [Runner] {
    let (plan, file) = (path("plan"), path("survey/2030/responses.csv"))
    func tally(_ name: String, threads: Int, _ folder: String, input: String? = nil) -> Runner {
      Runner(
        name: name,
        command: [
          canvass, "tally", folder, "--threads", "\(threads)", "--partial", path("partial"), "--quiet",
        ],
        input: input)
    }
    func script(
      _ name: String, _ script: String, _ more: [String] = [], _ environment: [String: String] = [:]
    )
      -> Runner
    {
      Runner(
        name: name, command: [python, "\(peers)/\(script)", plan, file] + more, environment: environment,
        isPeer: true)
    }
    var runners = [
      Runner(name: "libcsv, parsing alone", command: [path("parse"), file]),
      Runner(name: "C over libcsv", command: [path("counts"), plan, file], isPeer: true),
      tally("canvass, 1 thread", threads: 1, path("survey")),
      tally("canvass, 2 threads", threads: 2, path("survey")),
      tally("canvass, standard input", threads: 1, path("stream"), input: file),
      script("Polars, 2 threads", "polars_counts.py", [], ["POLARS_MAX_THREADS": "2"]),
      script("DuckDB, 2 threads", "duckdb_counts.py", ["2"]),
      script("pandas", "pandas_counts.py"),
    ]
    if survey.responses <= Self.mostForCSV { runners.append(script("Python's csv", "csv_counts.py")) }
    return runners
  }

  private func write(_ survey: CountedSurvey) throws {
    for (name, file) in [("survey", "responses.csv"), ("stream", "-")] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: "\(name)/2030"), withIntermediateDirectories: true)
      try Data(survey.definition(file: file).utf8).write(to: folder.appending(path: "\(name)/survey.yaml"))
      try Data("made_up: true\n".utf8).write(to: folder.appending(path: "\(name)/2030/wave.yaml"))
    }
    try Data(survey.plan.utf8).write(to: folder.appending(path: "plan"))
    try survey.write(to: path("survey/2030/responses.csv"))
  }

  /// Times all programs, and sees that they count the same.
  func measure(_ survey: CountedSurvey, runs: Int) throws -> [[String]] {
    try write(survey)
    let ours = try survey.counts(of: path("survey/2030/responses.csv"))
    let runners = runners(of: survey)
    var taken = Array(repeating: [MeasuredProcess](), count: runners.count)
    var least = Int.max
    for turn in 1...runs {
      least = min(least, try MeasuredProcess(path("measure"), [canvass, "--version"]).memory)
      for (index, runner) in runners.enumerated() {
        let run = try MeasuredProcess(
          path("measure"), runner.command, environment: runner.environment, input: runner.input)
        if runner.isPeer, turn == 1 { try Self.compare(run.output, with: ours, of: runner.name) }
        taken[index].append(run)
      }
    }
    let parsing = taken[0].map(\.processorSeconds)
    let quickest = taken[3].map(\.seconds)
    return zip(runners, taken).map { runner, taken in
      let isCanvass = runner.name.hasPrefix("canvass")
      let memory = (taken.map(\.memory).max() ?? 0) - (isCanvass ? least : 0)
      let row = [
        "\(survey.responses)", survey.cells.rawValue, survey.isWeighted ? "a column" : "none", runner.name,
        decimal(median(taken.map(\.seconds)) ?? 0, places: 3),
        decimal(median(taken.map(\.processorSeconds)) ?? 0, places: 3),
        spread(taken.map(\.processorSeconds), to: parsing), spread(taken.map(\.seconds), to: quickest),
        decimal(Double(memory) / 1024, places: 1) + " MiB" + (isCanvass ? " above `--version`" : ""),
      ]
      print(row.joined(separator: " | "))
      return row
    }
  }

  /// The median of the ratios of runs of the same turn, and the least and greatest.
  private func spread(_ numbers: [Double], to others: [Double]) -> String {
    let ratios = zip(numbers, others).map { $0 / max($1, 1e-6) }
    guard let least = ratios.min(), let most = ratios.max(), let middle = median(ratios) else { return "–" }
    return "\(decimal(middle, places: 2)) (\(decimal(least, places: 2)) to \(decimal(most, places: 2)))"
  }

  /// Throws where what a peer printed is not what was counted here: counts exactly, weights to 1e-9.
  static func compare(_ output: String, with ours: [String: Double], of peer: String) throws {
    var theirs: [String: Double] = [:]
    for line in output.split(separator: "\n") {
      guard let tab = line.lastIndex(of: "\t"), let number = Double(line[line.index(after: tab)...]) else {
        throw Unmeasurable("\(peer) prints what is no count: \(line.prefix(200))")
      }
      if number != 0 { theirs[String(line[..<tab])] = number }
    }
    guard theirs.count == ours.count,
      ours.allSatisfy({ key, number in theirs[key].map { abs($0 - number) <= 1e-9 * number } ?? false })
    else {
      let other =
        Array(theirs.filter { ours[$0.key] != $0.value }.prefix(2))
        + Array(ours.filter { theirs[$0.key] != $0.value }.prefix(2))
      throw Unmeasurable("\(peer) counts otherwise than canvass: \(other)")
    }
  }

  /// What counting takes as one thing grows, as multiples of the first.
  func growth(responses: Int, runs: Int) throws -> [[String]] {
    let series: [(name: String, surveys: [(Int, CountedSurvey)])] = [
      ("responses", [1, 2, 4, 8].map { ($0 * responses / 4, CountedSurvey(responses: $0 * responses / 4)) }),
      (
        "questions",
        [14, 28, 56, 112].map { ($0, CountedSurvey(responses: responses, questions: $0, multiples: 0)) }
      ),
      (
        "banners",
        [1, 3, 6, 12].map { ($0, CountedSurvey(responses: responses, multiples: 0, banners: $0)) }
      ),
    ]
    var table = [["what grows", "to", "processor", "processor / libcsv", "memory above `--version`"]]
    for (name, surveys) in series {
      var first: Double?
      for (number, survey) in surveys {
        try write(survey)
        let wanted = runners(of: survey)[...2]
        var taken: [String: [MeasuredProcess]] = [:]
        var least = Int.max
        for _ in 1...runs {
          least = min(least, try MeasuredProcess(path("measure"), [canvass, "--version"]).memory)
          for runner in wanted {
            taken[runner.name, default: []].append(try MeasuredProcess(path("measure"), runner.command))
          }
        }
        let own = taken["canvass, 1 thread"] ?? []
        let seconds = median(own.map(\.processorSeconds)) ?? 0
        first = first ?? seconds
        table.append([
          name, "\(number)", ratio(seconds, to: first ?? 0),
          spread(
            own.map(\.processorSeconds), to: (taken["libcsv, parsing alone"] ?? []).map(\.processorSeconds)),
          decimal(Double((own.map(\.memory).max() ?? 0) - least) / 1024, places: 1) + " MiB",
        ])
      }
    }
    return table
  }
}
