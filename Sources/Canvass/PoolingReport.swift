import Disclosure
import SurveyDefinition
import Tabulation

/// Which poolings of small groups would show more of a wave, each with what to paste into the definition.
struct PoolingReport {
  let defined: DefinedWave
  let losses: ProtectionLosses
  let search: PoolingSearch
  let console: Console

  /// Of one variable only the best pooling is written out; the others that help are named below it.
  private static let alsoNamed = 3

  func tell() {
    console.output("")
    guard search.candidates > 0 else {
      paragraph("No variable across the top has small groups that a change of its `groups` alone could pool.")
      return
    }
    console.output(console.title("Poolings of small groups"))
    paragraph(
      """
      Tried: \(grouped(search.tried)) of \(counted(search.candidates, "candidate")). canvass never pools a group \
      by itself: only the definition does, and whether a pooled group means anything is yours to judge.
      """)
    if search.outcomes.isEmpty { console.output("None that was tried would show more cells.") }
    var told: Set<Item> = []
    for outcome in search.outcomes where told.insert(outcome.pooling.item).inserted {
      tell(outcome, others: search.outcomes.filter { $0.pooling.item == outcome.pooling.item }.dropFirst())
    }
  }

  private func tell(_ outcome: PoolingOutcome, others: ArraySlice<PoolingOutcome>) {
    let before = losses.cells
    let after = outcome.losses.cells
    console.output("")
    paragraph(
      """
      Pooling \(named(outcome.pooling)) of `\(id(outcome.pooling.item))` would recover \
      \(counted(outcome.recovered, "cell"))\(packs(outcome)): \(grouped(after.withheld)) of \
      \(grouped(after.printed)) withheld in all packs instead of \(grouped(before.withheld)) of \
      \(grouped(before.printed)).
      """)
    let yaml = outcome.survey.groupsYAML(of: outcome.pooling.item)
    let key = yaml.prefix { $0 != ":" }
    let place = defined.places.groups[id(outcome.pooling.item)]
    let line = place.map { " (\($0.file), line \($0.line ?? 0))" } ?? ""
    paragraph("To do so, replace the `\(key)` of `\(id(outcome.pooling.item))`\(line) by:")
    console.output("")
    for line in yaml.split(separator: "\n") { console.output("    \(line)") }
    let named = others.prefix(Self.alsoNamed)
    if !named.isEmpty {
      console.output("")
      console.output("Of `\(id(outcome.pooling.item))` these were tried too:")
      for other in named { paragraph("- \(self.named(other.pooling)): \(counted(other.recovered, "cell"))") }
    }
  }

  private func paragraph(_ text: String) {
    for line in text.wrapped(console.width) { console.output(line) }
  }

  /// `Custody` and `OSD`; of several sets, each with a `;` between them.
  private func named(_ pooling: Pooling) -> String {
    let labels = self.labels(pooling.item)
    return pooling.sets.map { set in
      let names = set.map { "`\(labels[$0])`" }
      return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }.joined(separator: "; ")
  }

  /// The packs that would show more cells, and those that would show fewer, which a reader of the first must know.
  private func packs(_ outcome: PoolingOutcome) -> String {
    let changes = zip(losses.packs, outcome.losses.packs).map { ($0.id, $1.cells.shown - $0.cells.shown) }
    let parts = changes.filter { $0.1 != 0 }.map { "\($0.0) \($0.1 > 0 ? "+" : "-")\(grouped(abs($0.1)))" }
    return parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")"
  }

  private func id(_ item: Item) -> String {
    let survey = defined.wave.survey
    return switch item {
    case .variable(let index): survey.variables[index].id
    case .question(let index): survey.questions[index].id
    }
  }

  private func labels(_ item: Item) -> [String] {
    let survey = defined.wave.survey
    return switch item {
    case .variable(let index): survey.variables[index].groupLabels
    case .question(let index): survey.questions[index].answerLabels
    }
  }
}
