import ReleaseModel
import SurveyDefinition
import Tabulation

/// What focus groups raised, as far as it may be shown.
///
/// Sessions are not respondents: in how many of an audience's sessions a theme was raised is shown where it had at least two
/// of them, and an audience with one only together with others. So that its own does not follow from the total, another
/// audience goes with it where it is the only one.
struct SessionFigures {
  private let tally: SessionTally
  private let isWithheld: [Bool]
  private let hidesTotal: Bool

  /// The fewest sessions that are shown together.
  static let fewest = 2

  init(_ tally: SessionTally) {
    self.tally = tally
    var isWithheld = tally.sessions.map { $0 < Self.fewest }
    let together = zip(tally.sessions, isWithheld).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    if together > 0, together < Self.fewest {
      let others = tally.sessions.indices.filter { !isWithheld[$0] }
      if let smallest = others.min(by: { (tally.sessions[$0], $0) < (tally.sessions[$1], $1) }) {
        isWithheld[smallest] = true
      }
    }
    self.isWithheld = isWithheld
    hidesTotal = tally.sessions(of: nil) < Self.fewest
  }

  func published(_ form: SessionForm) -> (base: Int?, figure: ReleasedFigure) {
    let sessions = tally.sessions(of: form.audience)
    guard let theme = form.theme else { return (sessions, .base(sessions)) }
    let isHidden = form.audience.map { isWithheld[$0] } ?? hidesTotal
    return (sessions, isHidden ? .withheld : .sessions(tally.raised(theme, by: form.audience)))
  }
}

/// The tables of the focus groups, the same in every pack: the total and, across the top, the audiences.
func declareSessions(_ tally: SessionTally, pack: String) -> [DeclaredTable] {
  func column(_ audience: Int?) -> [Figure] {
    func figure(_ row: FigureRow, _ theme: Int?) -> Figure {
      Figure(
        key: FigureKey(
          pack: pack, question: focusGroupsID, row: row, banner: audience == nil ? "total" : "audience",
          group: audience.map { tally.audiences[$0] } ?? "Total"),
        form: .sessions(SessionForm(audience: audience, theme: theme)))
    }
    return [figure(.base, nil)]
      + tally.themes.enumerated().map { figure(.answer($0.element.label), $0.offset) }
  }
  return [[column(nil)], tally.audiences.indices.map { column($0) }].map {
    DeclaredTable(question: focusGroupsID, kind: "theme", source: "focus-group", columns: $0)
  }
}

/// The reserved id under which tables have the focus groups.
let focusGroupsID = "focus-groups"
