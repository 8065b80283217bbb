import Solver

/// What an audit of a release found.
public struct AuditReport: Sendable {
  /// Each figure that is missing, contradicts another or cannot be what it says, in words.
  public var faults: [String] = []
  /// Each count that a reader can tell too closely, as a worked example.
  public var breaks: [AuditBreak] = []
  /// Counts for which neither a break nor safety could be shown within the limits of work.
  public var undecided: [AuditUndecided] = []
  /// Counts that were tried.
  public var counts: Int { tried.figures + tried.complements + tried.remainders + tried.notAnswering }
  /// Counts that were tried, by what they are.
  public var tried = AuditedCounts()
  /// Of these, counts that the figures leave open.
  public var openCounts = 0
  /// Counts that were decided by tables of whole numbers that agree with all figures.
  public var settledByTables = 0
  /// Kinds of respondents who may know more than an outsider.
  public var kinds = 0
  /// Linear and integer programs that were solved.
  public var boundsTried: Int { linearPrograms + integerPrograms }
  public var linearPrograms: Int { work.linear }
  public var integerPrograms: Int { work.integer }
  var work = AuditWork()

  /// Whether the release is safe and its figures add up.
  public var isSafe: Bool { breaks.isEmpty && undecided.isEmpty }
  public var addsUp: Bool { faults.isEmpty }

  /// The same with other names of packs in the places that it speaks of, each once.
  public func naming(_ name: (String) -> String) -> AuditReport {
    func named(_ place: AuditPlace) -> AuditPlace {
      var place = place
      var known = Set<String>()
      place.packs = place.packs.map(name).filter { known.insert($0).inserted }
      return place
    }
    var report = self
    for index in breaks.indices { report.breaks[index].coordinates = named(breaks[index].coordinates) }
    for index in undecided.indices {
      report.undecided[index].coordinates = named(undecided[index].coordinates)
    }
    return report
  }

  /// How counts were bounded, for audit.json.
  public static let method =
    "bounds of every count by propagation, whole-number tables, linear and integer programs; outsiders and each kind of respondent"
  /// What solved the programs, with its version.
  public static var solver: String { solverName }
}

/// How many counts an audit tried, by what they are.
public struct AuditedCounts: Sendable, Hashable {
  /// Bases and rows.
  public var figures = 0
  /// What a row leaves of its base, or of a net that it lies within.
  public var complements = 0
  /// What a pack leaves of another, of figures and complements.
  public var remainders = 0
  /// Who did not answer a sensitive question.
  public var notAnswering = 0

  init() {}

  init(_ targets: [AuditTarget]) {
    for target in targets {
      if target.composition.count > 1 {
        remainders += 1
        continue
      }
      switch target.subject {
      case .base, .row: figures += 1
      case .complement, .rest: complements += 1
      case .notAnswering: notAnswering += 1
      }
    }
  }
}

/// Attacks a release with nothing but what its readers have.
///
/// Every figure is a form over unknown whole counts of atoms, groups and answers; what the definition says of packs,
/// nets, routing and banners holds between them. Each count that could be small is bounded by propagation, then by linear
/// programs, then by integer programs, for outsiders and for each kind of respondent (who knows that a count with them
/// in it is at least 1). The approach is the attacker's problem of Fischetti and Salazar (2001), Management Science
/// 47(7), 1008-1027. A solver that fails leaves a count undecided, never safe.
/// - Parameters:
///   - threads: How many components are worked on at a time; the report is the same for any number.
///   - progress: Told of each part of each step, from whichever thread has done it.
/// - Throws: `UnreadableRelease` where the folder is not a release that can be audited.
public func audit(
  _ contents: ReleaseContents, by attacker: Attacker = .anyReader, threads: Int,
  progress: (@Sendable (AuditStep) -> Void)? = nil
) throws(UnreadableRelease) -> AuditReport {
  let release = try PublishedRelease(contents)
  var tables = try CountTables(release, try AudienceAtoms(release))
  tables.requireStructure()
  let sessions = SessionAudit(release)
  let workers = Workers(threads: threads, progress: progress)
  let (read, beside) = workers.both(
    { [tables] in TablesRead(release, tables, sessions) },
    { [atoms = tables.atoms] in FilesBeside(release, atoms, contents.companions) })
  tables = read.tables
  var report = AuditReport()
  report.faults = release.faults + read.faults + sessions.faults + beside.faults
  report.breaks = sessions.breaks + beside.breaks
  let parts = AudiencePart.parts(tables.atoms, packs: release.packs.count)
  let targets = tables.targets(parts)
  report.tried = AuditedCounts(targets)
  let bounds = Propagation(tables.system, workLimit: 40_000_000)
  if let contradiction = bounds.contradiction {
    if report.faults.isEmpty {
      report.faults.append(
        "no counts go with all figures: " + tables.name(of: tables.system.constraints[contradiction]))
    }
    return report
  }
  var auditor = Auditor(
    tables: tables, parts: parts, targets: targets, bounds: bounds,
    attacker: attacker, workers: workers)
  auditor.run(&report)
  return report
}

/// What the rows of tables.csv require of the counts behind them, and what they say that cannot be.
private struct TablesRead: Sendable {
  var tables: CountTables
  var faults: [String]

  init(_ release: PublishedRelease, _ tables: CountTables, _ sessions: SessionAudit) {
    self.tables = tables
    let figures = PrintedFigures(tables, besides: sessions.explained)
    var evidence = Evidence()
    evidence.require(figures, in: &self.tables)
    faults = figures.faults + evidence.contradictions + Additions(self.tables, figures).contradictions
    faults += WeightedFigures(release).faults
  }
}

/// What the files beside tables.csv tell, and what they say that cannot be.
private struct FilesBeside: Sendable {
  var faults: [String]
  var breaks: [AuditBreak]

  init(_ release: PublishedRelease, _ atoms: AudienceAtoms, _ files: [ReleaseContents.Companion]) {
    let companions = CompanionAudit(release, files)
    let pairs = CoOccurrenceAudit(release, atoms, companions.pairs)
    let rankings = RankingAudit(release, atoms, companions.rankings)
    faults = companions.faults + pairs.faults + rankings.faults
    breaks = pairs.breaks + rankings.breaks
  }
}

/// Who attacks.
public enum Attacker: Sendable {
  /// Whoever reads the release, be it one of the respondents, who knows their own answers.
  case anyReader
  /// A reader who is none of the respondents.
  case outsider
}

/// A count that a reader can tell too closely.
public struct AuditBreak: Sendable {
  /// Whose count it is, in words.
  public var place: String
  /// Where it stands, by name.
  public var coordinates: AuditPlace
  /// What it is known to lie in.
  public var range: ClosedRange<Int>
  /// What a respondent must know of themselves to tell; nil where every reader can.
  public var insider: String?
  /// The steps, one a line; empty where none short enough was found.
  public var arithmetic: [String] = []
}
