import ArgumentParser

/// The command `canvass-bench`: what protection costs, how long it takes and what it still gives away.
@main
struct CanvassBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "canvass-bench",
    abstract: "Measure the protection of canvass and write the tables of its documentation.",
    subcommands: [
      LossCommand.self, TimeCommand.self, TimeOneCommand.self, MinimalityCommand.self, CountsCommand.self,
    ])
}

/// Where a measurement puts its table.
struct PageOptions: ParsableArguments {
  @Option(help: "The page whose tables are replaced; without it they are only printed.")
  var page: String?
}

struct LossCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loss", abstract: "Compare what is withheld with the least that could be.")

  @OptionGroup var place: PageOptions
  @Option(help: "The folder of attack.py, optimum.py and the makers of surveys.")
  var scripts = "Tests/DisclosureTests/Attack"
  @Option(help: "The canvass to be measured.")
  var canvass = ".build/release/canvass"
  @Option(help: "The python3 that has numpy, scipy, PyYAML and highspy.")
  var python = "python3"
  @Option(help: "Seconds that the search for the optimum may take for one table.")
  var seconds = 20
  @Option(help: "The same for a table of the bundled survey, which has a hundred.")
  var bundledSeconds = 5
  @Option(help: "How many plain tables.")
  var plain = 20
  @Option(help: "How many surveys with several packs and banners.")
  var packs = 8
  @Flag(inversion: .prefixedNo, help: "Measure the bundled survey as well.")
  var bundled = true

  func run() throws {
    var tools = try LossTools(scripts: scripts, canvass: canvass, python: python)
    defer { tools.removeFolder() }
    guard tools.hasOptimum else {
      print("loss not measured: \(python) lacks highspy, numpy, scipy or yaml (`make bench-packages`)")
      return
    }
    if !tools.hasGauss {
      print("GaussSuppression as it was measured before: there is no Rscript with that package")
    }
    var rows: [LossRow] = []
    rows.append(
      try tools.measure("plain tables", maker: "plain_survey.py", seeds: 1...plain, seconds: seconds))
    rows.append(
      try tools.measure(
        "plain tables, with sizes and totals", maker: "plain_survey.py", seeds: 1...plain, seconds: seconds,
        isWhole: true))
    if packs > 0 {
      rows.append(
        try tools.measure("packs and banners", maker: "random_survey.py", seeds: 1...packs, seconds: seconds))
    }
    if bundled { rows.append(try tools.measureBundled("the bundled survey", seconds: bundledSeconds)) }
    try MeasurementsPage(place.page).show(LossRow.table(rows), below: "Measured loss")
  }
}

struct TimeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time", abstract: "Time protection and audit, and how they grow.")

  @OptionGroup var place: PageOptions
  @Option(help: "How often each survey is timed; the median counts.")
  var runs = 3
  @Option(help: "Seconds after which a single run is given up.")
  var limit = 120
  @Option(help: "Leave out surveys whose name begins with this.")
  var without: [String] = []

  func run() throws {
    var timing = Timing(runs: runs, limit: limit)
    let cases = TimedCase.all.filter { timed in !without.contains { timed.name.hasPrefix($0) } }
    try timing.measure(cases)
    let page = MeasurementsPage(place.page)
    try page.show(timing.goals(cases), below: "Measured time")
    try page.show(timing.growth(cases), below: "Measured growth")
  }
}

/// One run of one survey, in a process of its own, so that it can be given up and starts with no memory of another.
struct TimeOneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time-one", abstract: "Time one survey once.", shouldDisplay: false)

  @Argument var name: String

  func run() throws {
    guard let timed = TimedCase.all.first(where: { $0.name == name }) else {
      throw ValidationError("no survey is called \(name)")
    }
    let seconds = try timed.time()
    print("\(seconds.protect) \(seconds.audit) \(seconds.verdict)")
  }
}

struct MinimalityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minimality", abstract: "Run the protector backwards over all data that go with a release.")

  @OptionGroup var place: PageOptions
  @Option(help: "How many made-up tables of each shape.")
  var tables = 40
  @Option(help: "Most data sets that are tried for one release.")
  var limit = 4_000

  func run() throws {
    let rows = TinyShape.measured.map { shape in
      MinimalityRow(shape, seeds: 1...tables, limit: limit)
    }
    try MeasurementsPage(place.page).show(MinimalityRow.table(rows), below: "Measured minimality")
  }
}
