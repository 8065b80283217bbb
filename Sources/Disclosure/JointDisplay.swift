import ReleaseModel
import SurveyDefinition
import Tabulation

/// Puts what the survey's open text raised beside what focus groups raised, from released rows alone.
struct JointDisplay {
  /// A theme as both sources raised it.
  struct Row {
    var question: String
    var theme: String
    var audience: String?
    var survey: ReleasedRow?
    var sessions: Int
    var raised: Int?
    var comparison: JointTheme.Comparison?
  }

  let wave: Wave
  let sessions: SessionTally
  let intervals: IntervalRules
  /// Makes the row of some released ones together.
  let makeRow: (FigureKey, _ base: Int?, ReleasedFigure) -> ReleasedRow

  /// A theme is raised often in the survey by this share of its base or more, in tenths of a percent.
  static let often = 100

  /// The joint display of one pack: of each of its theme questions, each theme with all sessions, and with those of each
  /// audience.
  func rows(of pack: Pack, _ tables: [ReleasedTable]) -> [Row] {
    pack.questions.flatMap { index -> [Row] in
      let question = wave.survey.questions[index]
      guard case .theme(let coding) = question.kind else { return [] }
      let own = tables.filter { $0.question == question.id }
      let groups = tables.filter { $0.question == focusGroupsID }
      guard let total = own.first(where: { $0.banner == "total" }) else { return [] }
      return coding.themes.flatMap { theme -> [Row] in
        ([nil] + sessions.audiences.map(Optional.some)).compactMap { audience in
          guard let raised = groups.row(theme.label, audience) else { return nil }
          let survey =
            if let audience {
              self.row(of: audience, theme.label, pack, own, total)
            } else {
              total.rows.first { $0.key.row == .answer(theme.label) }
            }
          return joint(question.id, theme.label, audience, survey, raised)
        }
      }
    }
  }

  /// The survey's row of the respondents whom an audience stands for: the pack itself, or some groups of one of its banners
  /// together.
  private func row(
    of audience: String, _ theme: String, _ pack: Pack, _ tables: [ReleasedTable], _ total: ReleasedTable
  ) -> ReleasedRow? {
    guard let who = wave.audiences.first(where: { $0.label == audience })?.who else { return nil }
    if pack.who == who { return total.rows.first { $0.key.row == .answer(theme) } }
    guard who.alternatives.count == 1, who.alternatives[0].count == 1 else { return nil }
    let clause = who.alternatives[0][0]
    let labels = wave.survey.groupLabels(of: clause.item)
    guard let table = tables.first(where: { $0.banner == wave.survey.id(of: clause.item) }) else {
      return nil
    }
    let rows = clause.accepted.compactMap { group in
      table.rows.first { $0.key.row == .answer(theme) && $0.key.group == labels[group] }
    }
    guard rows.count == clause.accepted.count, let first = rows.first else { return nil }
    if rows.count == 1 { return first }
    // What groups weigh together is not told by their percentages.
    return wave.survey.weights == nil ? together(rows, first) : nil
  }

  /// Rows of groups added up: what any reader could; withheld where one of them is.
  private func together(_ rows: [ReleasedRow], _ first: ReleasedRow) -> ReleasedRow {
    var key = first.key
    key.group = rows.map(\.key.group).joined(separator: "; ")
    let bases = rows.compactMap(\.base)
    let base = bases.count == rows.count ? bases.reduce(0, +) : nil
    guard let base else { return makeRow(key, nil, .withheld) }
    if base == 0 { return makeRow(key, 0, .notApplicable) }
    var count = 0
    for row in rows {
      switch row.figure {
      case .share(let own, _, _, _, _): count += own
      case .notApplicable: break
      case .withheld, .base, .sessions, .value: return makeRow(key, base, .withheld)
      }
    }
    return makeRow(key, base, .share(count, of: base, intervals))
  }

  private func joint(
    _ question: String, _ theme: String, _ audience: String?, _ survey: ReleasedRow?, _ raised: ReleasedRow
  ) -> Row {
    let sessions = raised.base ?? 0
    let count: Int? = if case .sessions(let count) = raised.figure { count } else { nil }
    return Row(
      question: question, theme: theme, audience: audience, survey: survey, sessions: sessions, raised: count,
      comparison: count.flatMap { count in
        survey.flatMap { Self.compare($0.figure, raised: count, of: sessions) }
      })
  }

  /// - Parameters:
  ///   - raised: The sessions in which the theme was raised; in half of them or more is often.
  static func compare(_ survey: ReleasedFigure, raised: Int, of sessions: Int) -> JointTheme.Comparison? {
    guard case .share(let count, _, let lower, let upper, _) = survey, sessions > 0 else { return nil }
    let isOften = 2 * raised >= sessions
    if lower < often, upper >= often { return .unclear }
    if lower >= often {
      if isOften { return .agreement }
      return raised == 0 ? .silence : .dissonance
    }
    if !isOften { return .agreement }
    return count == 0 ? .silence : .dissonance
  }
}

extension [ReleasedTable] {
  /// The row of a theme among the sessions of an audience, or of all.
  fileprivate func row(_ theme: String, _ audience: String?) -> ReleasedRow? {
    first { $0.banner == (audience == nil ? "total" : "audience") }?.rows.first {
      $0.key.row == .answer(theme) && (audience == nil || $0.key.group == audience)
    }
  }
}
