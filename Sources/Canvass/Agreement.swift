import Ingest
import Reliability
import Rendering
import SurveyDefinition

/// What `canvass agreement` is asked to do.
public struct AgreementRequest: Sendable, Hashable {
  /// nil: every survey in `Surveys`.
  public var surveyFolder: String?
  /// Empty: all waves.
  public var waves: [String] = []
  /// Also list every unit on which coders differ.
  public var listsUnits = false

  public init() {}
}

/// `canvass agreement`: how far the coders of a wave's open text and focus groups agree, for the coding team alone.
///
/// Neither units nor coders are named: a unit is told by the line on which it was first coded.
public func agreement(_ request: AgreementRequest, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    let surveys = try selectedSurveys(request.surveyFolder)
    let definitions = try usage { () throws(UsageFailure) in
      try readDefinitions(of: surveys, waves: request.waves)
    }
    var findings = definitions.findings
    var status: ExitStatus = definitions.faulty.isEmpty ? .done : .faults
    for failure in definitions.failures { status = max(status, tell(.file(failure), on: console)) }
    for wave in definitions.waves {
      let (decisions, found) = try coderDecisions(of: wave)
      findings.formUnion(found)
      guard found.allSatisfy(\.isRemark) else {
        status = .faults
        continue
      }
      console.output(
        console.title("\(wave.wave.survey.title), wave \(wave.wave.id)".truncated(console.width)))
      console.output("For the coding team; not for publication.")
      console.output("")
      let compared = decisions.filter { $0.coders > 1 }
      if compared.isEmpty {
        console.output("No text or session of this wave was read by more than one coder.")
      }
      for decisions in compared {
        AgreementText(decisions, listsUnits: request.listsUnits, console: console).tell()
      }
    }
    tell(findings, remarks: true, on: console)
    return status
  } catch {
    return tell(error, on: console)
  }
}

private func coderDecisions(
  of defined: DefinedWave
) throws(RunFailure) -> (decisions: [CoderDecisions], findings: [Finding]) {
  let survey = defined.wave.survey
  do {
    let openText = try readOpenTextCodings(defined.codings.openText.map { ($0.layout, $0.input) }, of: survey)
    let sessions = try readFocusGroupCodings(
      defined.codings.focusGroups.map { ($0.layout, $0.input) }, of: defined.wave)
    // Whose codes count is to be said before a run; comparing coders comes before that.
    let findings = (openText.findings + sessions.findings).filter { $0.code != "several-coders" }
    return (
      openText.decisions(of: survey) + [sessions.decisions(of: survey)].compactMap { $0 }, findings
    )
  } catch {
    throw .ingest(error)
  }
}

/// The agreement of coders on one question, theme by theme, as a table.
struct AgreementText {
  private let decisions: CoderDecisions
  private let listsUnits: Bool
  private let console: Console

  init(_ decisions: CoderDecisions, listsUnits: Bool, console: Console) {
    self.decisions = decisions
    self.listsUnits = listsUnits
    self.console = console
  }

  /// What was coded.
  private var unit: String { decisions.question == nil ? "session" : "text" }

  /// Each theme is a decision of its own: given or not.
  func ratings(of theme: Int) -> Ratings {
    var ratings = Ratings(coders: decisions.coders)
    for unit in decisions.units { ratings.add(unit.themes.map { $0.map { $0.contains(theme) ? 1 : 0 } }) }
    return ratings
  }

  /// All decisions on all themes together.
  var overall: Ratings {
    var ratings = Ratings(coders: decisions.coders)
    for unit in decisions.units {
      for theme in decisions.themes.indices {
        ratings.add(unit.themes.map { $0.map { $0.contains(theme) ? 1 : 0 } })
      }
    }
    return ratings
  }

  func tell() {
    let read = decisions.units.count { unit in unit.themes.count { $0 != nil } > 1 }
    console.output(console.title(decisions.question.map { "Question \($0)" } ?? "Focus groups"))
    console.output(
      "\(counted(decisions.units.count, unit)) coded, \(grouped(read)) of them by "
        + (decisions.coders == 2 ? "both coders" : "more than one of the \(decisions.coders) coders"))
    console.output("")
    let columns = ["given", "agree", "kappa", "alpha", "AC1", "AC1, 95%"]
    let widths = [7, 8, 8, 8, 8, 15]
    let label = console.width - widths.reduce(0, +)
    console.output(
      console.title("Theme".fitted(label) + zip(columns, widths).map { $0.right($1) }.joined()))
    var rare: [String] = []
    for (theme, definition) in decisions.themes.enumerated() {
      let ratings = ratings(of: theme)
      let given = decisions.units.count { unit in unit.themes.contains { $0?.contains(theme) ?? false } }
      let warns = ratings.showsPrevalenceParadox()
      if warns { rare.append(definition.label) }
      line(name(of: theme), grouped(given), ratings, label, widths, mark: warns ? "*" : "")
    }
    line("All themes", "", overall, label, widths)
    console.output("")
    if !rare.isEmpty {
      for line in Self.rareThemes.wrapped(console.width) { console.output(line) }
      console.output("")
    }
    tellUnits()
  }

  /// Feinstein and Cicchetti (1990), Journal of Clinical Epidemiology 43(6), 543-549.
  private static let rareThemes = """
    * Nearly all that was coded has this theme, or nearly none of it: kappa and alpha are low there though coders nearly always agree. \
    Look at AC1 and at the agreement itself.
    """

  /// A theme by its own label, further in than the one above it.
  private func name(of theme: Int) -> String {
    var label = decisions.themes[theme].label
    var indent = "  "
    var above = decisions.themes[theme].parent
    if let parent = above { label.removeFirst(decisions.themes[parent].label.count + " / ".count) }
    while let parent = above {
      indent += "  "
      above = decisions.themes[parent].parent
    }
    return indent + label
  }

  private func line(
    _ name: String, _ given: String, _ ratings: Ratings, _ label: Int, _ widths: [Int], mark: String = ""
  ) {
    // Where a second coder read only a part, the rest says nothing of their agreement.
    let twice = ratings.codedTwice
    let agreed = twice.percentAgreement()
    let gwet = twice.gwetAC1()
    var interval = ""
    if let limits = gwet?.interval {
      // Half the agreement at most is expected by chance, so that AC1 ends at -1; the formula of its interval does not.
      interval = "\(fixed(max(-1, limits.lowerBound), 2)) to \(fixed(limits.upperBound, 2))"
    }
    func coefficient(_ coefficient: AgreementCoefficient?) -> String {
      coefficient.map { fixed($0.value, 3) } ?? "-"
    }
    let cells: [String] = [
      given + mark, agreed.map { fixed($0.value * 100, 1) + "%" } ?? "-", coefficient(twice.cohenKappa()),
      coefficient(twice.krippendorffAlpha()), coefficient(gwet), interval,
    ]
    let sides = zip(cells, widths).map { cell, width in cell.right(width) }.joined()
    let indent = String(name.prefix { $0 == " " })
    let text = name.truncated(label - 1 - indent.columns).fitted(label - indent.columns)
    console.output(indent + text + sides)
  }

  private func tellUnits() {
    let differing = decisions.units.compactMap { unit -> String? in
      let read = unit.themes.compactMap { $0 }
      guard read.count > 1 else { return nil }
      let themes = decisions.themes.indices.filter { theme in
        Set(read.map { $0.contains(theme) }).count > 1
      }
      guard !themes.isEmpty else { return nil }
      let place = "\(unit.place.file):\(unit.place.line ?? 0)"
      return "\(place): \(themes.map { decisions.themes[$0].id }.joined(separator: ", "))"
    }
    guard listsUnits, !differing.isEmpty else {
      console.output(
        differing.isEmpty
          ? "Coders differ on no \(unit)."
          : "Coders differ on \(counted(differing.count, unit)); "
            + "`--list` lists them by the line of their first coding.")
      console.output("")
      return
    }
    console.output(console.title("Where coders differ: first coding of the \(unit), themes"))
    for line in differing { console.output(line) }
    console.output("")
  }

  /// A number with some decimals, half away from zero.
  private func fixed(_ number: Double, _ decimals: Int) -> String {
    let scale = decimals == 1 ? 10.0 : decimals == 2 ? 100 : 1_000
    return fixedPoint(Int64((number * scale).rounded(.toNearestOrAwayFromZero)), decimals: decimals)
  }
}
