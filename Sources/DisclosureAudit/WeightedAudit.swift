import Glibc

/// weighted.csv: each share follows from counts and bases of tables.csv and people of participation.csv, by weights that are people
/// over respondents.
///
/// Which groups have a weight of their own follows from what is shown, too; so a row that rests on anything else is told.
struct WeightedAudit {
  typealias Rows = ParticipationAudit.Rows
  static let file = "weighted.csv"
  /// Fewer respondents stand for no people by themselves.
  private static let leastRespondents = 20

  private(set) var faults: [String] = []
  private let release: PublishedRelease
  private let intervals: IntervalRule

  /// - Parameters:
  ///   - files: The rows of each pack's file.
  ///   - participation: Those of each pack's participation.csv.
  init(_ release: PublishedRelease, _ files: [String: Rows], participation: [String: Rows]) {
    self.release = release
    intervals = IntervalRule(release.definition, responses: release.manifest.responses)
    for (pack, rows) in files.sorted(by: { $0.key < $1.key }) {
      let people = participation[pack] ?? []
      for (row, fields) in rows {
        if let fault = fault(row, fields, people) {
          faults.append("\(pack)/\(Self.file):\(row.line): \(fault)")
        }
      }
    }
  }

  private func fault(_ row: PublishedRow, _ fields: [String: String], _ people: Rows) -> String? {
    guard row.banner == "total", row.group == "Total",
      let question = release.definition.questions.first(where: { $0.id == row.question }),
      let own = release.row(row.pack, row.question, row.answer, "total", "Total"), own.base == row.base,
      own.count == row.count, own.percent == row.percent, own.lower == row.lower, own.upper == row.upper,
      own.marker == row.marker, let base = own.base, let count = own.count, own.percent != nil
    else { return "tables.csv says otherwise" }
    let banner = fields["weighted_by"] ?? ""
    guard let strata = strata(row.pack, question, banner, people) else {
      return "it cannot be weighted by what is published"
    }
    guard let expected = strata.share(count, of: base, row.answer, intervals) else {
      return "its parts are not published"
    }
    func tenths(_ column: String) -> Int? { PublishedRow.scaled(fields[column] ?? "", decimals: 1) }
    let isRight =
      fields["strata"] == "\(strata.count)"
      && tenths("weighted_percent").map { isRounded($0, expected.thousandths) } ?? false
      && tenths("weighted_lower").map { isRounded($0, expected.interval.lower) } ?? false
      && tenths("weighted_upper").map { isRounded($0, expected.interval.upper) } ?? false
      && tenths("effective_base").map { isRounded($0, 10 * expected.size) } ?? false
      && PublishedRow.scaled(fields["design_effect"] ?? "", decimals: 2)
        .map { isRounded($0, 100 * Double(base) / expected.size) } ?? false
      && fields["weighted_marker"] == ((tenths("effective_base") ?? 0) < 300 ? "u" : "")
    return isRight ? nil : "the weighted share does not follow from the figures of the groups"
  }

  // MARK: Groups with a weight of their own

  private struct Group {
    var people: Int
    var respondents: Int
    /// By answer.
    var cells: [String: (count: Int, base: Int)]
  }

  private struct Strata {
    var groups: [Group]
    var weights: [Double]
    /// Of everyone else.
    var rest: Double
    var count: Int

    /// A share in thousandths with its interval, and the effective base.
    func share(_ count: Int, of base: Int, _ answer: String, _ intervals: IntervalRule) -> (
      thousandths: Double, interval: (lower: Double, upper: Double), size: Double
    )? {
      var parts: [(count: Int, base: Int, weight: Double)] = []
      for (group, weight) in zip(groups, weights) {
        guard let cell = group.cells[answer] else { return nil }
        parts.append((cell.count, cell.base, weight))
      }
      let left = parts.reduce((count: count, base: base)) { ($0.count - $1.count, $0.base - $1.base) }
      guard left.count >= 0, left.base >= left.count else { return nil }
      parts.append((left.count, left.base, rest))
      let weighted = parts.reduce(0) { $0 + $1.weight * Double($1.base) }
      let squared = parts.reduce(0) { $0 + $1.weight * $1.weight * Double($1.base) }
      guard weighted > 0 else { return nil }
      var share = parts.reduce(0) { $0 + $1.weight * Double($1.count) } / weighted
      // Neither end is a matter of rounding.
      if count == 0 { share = 0 }
      if count == base { share = 1 }
      let size = weighted * weighted / squared
      return (1_000 * share, intervals.thousandths(share: share, size: size), size)
    }
  }

  private func strata(
    _ pack: String, _ question: PublishedDefinition.Question, _ banner: String, _ people: Rows
  ) -> Strata? {
    func number(_ fields: [String: String]) -> Int? { fields["population"].flatMap { Int($0) } }
    guard banner != "total", let total = people.first(where: { $0.row.banner == "total" }),
      let everyone = number(total.fields), let respondents = total.row.base
    else { return nil }
    var separate = people.filter { $0.row.banner == banner }.compactMap { told -> Group? in
      guard let people = number(told.fields), let responded = told.row.base,
        responded >= Self.leastRespondents,
        let cells = cells(pack, question, banner, told.row.group)
      else { return nil }
      return Group(people: people, respondents: responded, cells: cells)
    }
    func left(_ part: (Group) -> Int, of whole: Int) -> Int { separate.reduce(whole) { $0 - part($1) } }
    while left(\.people, of: everyone) > 0, left(\.respondents, of: respondents) < Self.leastRespondents,
      let fewest = separate.map(\.respondents).min(),
      let index = separate.firstIndex(where: { $0.respondents == fewest })
    {
      separate.remove(at: index)
    }
    let restPeople = left(\.people, of: everyone)
    let restRespondents = left(\.respondents, of: respondents)
    let count = separate.count + (restPeople > 0 ? 1 : 0)
    guard restPeople >= 0, restRespondents >= 0, count > 1 else { return nil }
    // Who stands for nobody, as the group was not stated, keeps the weight 1.
    let share = restPeople > 0 ? 1 : 1 - Double(restRespondents) / Double(respondents)
    func weight(_ people: Int, _ responded: Int) -> Double {
      Double(people) / Double(everyone) * share * Double(respondents) / Double(responded)
    }
    return Strata(
      groups: separate, weights: separate.map { weight($0.people, $0.respondents) },
      rest: restPeople > 0 ? weight(restPeople, restRespondents) : 1, count: count)
  }

  /// Every count of a question in one group; nil where one is withheld.
  private func cells(
    _ pack: String, _ question: PublishedDefinition.Question, _ banner: String, _ group: String
  ) -> [String: (count: Int, base: Int)]? {
    let answers =
      question.answers + question.nets.map { "(net) \($0.label)" }
      + (question.base == "asked" ? ["(no answer)"] : [])
    var cells: [String: (count: Int, base: Int)] = [:]
    for answer in answers {
      guard let row = release.row(pack, question.id, answer, banner, group), let count = row.count,
        let base = row.base
      else { return nil }
      cells[answer] = (count, base)
    }
    return release.row(pack, question.id, "(base)", banner, group)?.count == nil ? nil : cells
  }
}
