/// Files beside tables.csv: ranks, response rates and the joint display say nothing that it does not, each of their figures stands
/// there, or adds up some that do.
/// Differences, changes and scores have an audit of their own.
struct CompanionAudit {
  private(set) var faults: [String] = []
  /// By pack, the rows of pairs of themes, which tell what tables.csv does not.
  private(set) var pairs: [String: CoOccurrenceAudit.Rows] = [:]
  /// By pack, the rows of places of rankings, likewise.
  private(set) var rankings: [String: RankingAudit.Rows] = [:]
  private let release: PublishedRelease
  private var participation: [String: ParticipationAudit.Rows] = [:]
  private var weighted: [String: WeightedAudit.Rows] = [:]

  /// The columns of each file after those that all have.
  private static let further = [
    "theme-ranks.csv": ["level", "rank", "rank_from", "rank_to", "ranked"],
    "joint-display.csv": ["sessions", "raised", "comparison"],
    ParticipationAudit.file: [
      "population", "response_rate", "share_of_population", "share_of_responses",
    ],
    WeightedAudit.file: [
      "weighted_by", "strata", "weighted_percent", "weighted_lower", "weighted_upper", "effective_base",
      "design_effect", "weighted_marker",
    ],
    AssociationAudit.file: ["f", "df1", "df2", "p", "p_adjusted", "cramers_v"],
    CoOccurrenceAudit.file: ["with", "expected"],
    RankingAudit.file: ["place"],
  ]

  /// Files whose figures are reckoned from counts that count everyone once.
  private static let ofUnweighted =
    ContrastAudit.all + [ScoresAudit.file, WeightedAudit.file, AssociationAudit.file]

  init(_ release: PublishedRelease, _ files: [ReleaseContents.Companion]) {
    self.release = release
    let isWeighted = release.definition.weighting != nil
    if isWeighted {
      faults = files.filter { Self.ofUnweighted.contains($0.name) }.map {
        "\($0.pack)/\($0.name): a release with weighted percentages has no such file"
      }
      if !faults.isEmpty { return }
    } else {
      faults = ContrastAudit(release, files).faults
      faults += ScoresAudit(release, files).faults
    }
    for file in files where !ContrastAudit.all.contains(file.name) && file.name != ScoresAudit.file {
      let name = "\(file.pack)/\(file.name)"
      guard let head = file.records.first, head == PublishedRow.columns + (Self.further[file.name] ?? [])
      else {
        faults.append("\(name): not the columns of a file that canvass writes")
        continue
      }
      var rows: [(row: PublishedRow, fields: [String: String])] = []
      for (index, record) in file.records.dropFirst().enumerated() {
        guard record.count == head.count,
          case .success(let row) = PublishedRow.read(
            record, columns: Dictionary(head.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 }),
            pack: file.pack, line: index + 2)
        else {
          faults.append("\(name):\(index + 2): the row cannot be read")
          continue
        }
        let fields = Dictionary(zip(head, record.map(PublishedRow.label)), uniquingKeysWith: { $1 })
        guard isOfThisRelease(fields, file) else {
          faults.append("\(name):\(index + 2): not a row of this pack, wave and question")
          continue
        }
        rows.append((row, fields))
      }
      switch file.name {
      case "theme-ranks.csv": checkRanks(name, rows)
      case "joint-display.csv": checkJointDisplay(name, rows)
      case ParticipationAudit.file: participation[file.pack] = rows
      case WeightedAudit.file: weighted[file.pack] = rows
      case AssociationAudit.file: faults += AssociationAudit.faults(name, rows, release)
      case CoOccurrenceAudit.file: pairs[file.pack] = rows
      case RankingAudit.file: rankings[file.pack] = rows
      default: faults.append("\(name): figures of this file cannot be audited by this version")
      }
    }
    faults += ParticipationAudit(release, participation).faults
    if !isWeighted { faults += WeightedAudit(release, weighted, participation: participation).faults }
  }

  /// Whether what a row says of where it is from is so: texts that are none of ours must not stand in a release.
  private func isOfThisRelease(_ fields: [String: String], _ file: ReleaseContents.Companion) -> Bool {
    guard fields["pack"] == file.pack, fields["wave"] == release.definition.wave else { return false }
    guard let question = release.definition.questions.first(where: { $0.id == fields["question"] }) else {
      return fields["question"] == "respondents" && fields["kind"] == "single" && fields["source"] == "survey"
    }
    let source = question.kind == "theme" ? "open-text" : "survey"
    return fields["kind"] == question.kind
      && fields["source"] == (file.name == "joint-display.csv" ? "joint" : source)
  }

  private func isSame(_ row: PublishedRow, _ other: PublishedRow) -> Bool {
    row.base == other.base && row.count == other.count && row.percent == other.percent
      && row.lower == other.lower && row.upper == other.upper && row.marker == other.marker
  }

  private mutating func checkRanks(_ name: String, _ rows: [(row: PublishedRow, fields: [String: String])]) {
    var levels: [[String]: [PublishedRow]] = [:]
    for (row, fields) in rows {
      let place = "\(name):\(row.line)"
      guard let own = release.row(row.pack, row.question, row.answer, row.banner, row.group), isSame(row, own)
      else {
        faults.append("\(place): tables.csv says otherwise")
        continue
      }
      levels[[row.question, row.banner, row.group, fields["level"] ?? ""], default: []].append(own)
    }
    for (row, fields) in rows {
      let rivals = levels[[row.question, row.banner, row.group, fields["level"] ?? ""]] ?? []
      let shown = rivals.filter { $0.percent != nil }
      var expected = ["rank": "", "rank_from": "", "rank_to": "", "ranked": "\(shown.count)"]
      if let count = row.count, let lower = row.lower, let upper = row.upper {
        let ahead = shown.count {
          release.intervals.isWeighted ? ($0.percent ?? 0) > (row.percent ?? 0) : ($0.count ?? 0) > count
        }
        expected["rank"] = "\(ahead + 1)"
        expected["rank_from"] = "\(shown.count { ($0.lower ?? 0) > upper } + 1)"
        expected["rank_to"] = "\(shown.count - shown.count { ($0.upper ?? 0) < lower })"
      }
      for (column, text) in expected.sorted(by: { $0.key < $1.key }) where fields[column] != text {
        faults.append(
          "\(name):\(row.line): `\(column)` does not follow from tables.csv, by which it is \u{201C}\(text)\u{201D}"
        )
      }
    }
  }

  private mutating func checkJointDisplay(
    _ name: String, _ rows: [(row: PublishedRow, fields: [String: String])]
  ) {
    for (row, fields) in rows {
      let place = "\(name):\(row.line)"
      let groups = release.row(row.pack, SessionAudit.question, row.answer, row.banner, row.group)
      if fields["sessions"] != (groups?.base).map(String.init)
        || fields["raised"] != (groups?.count.map(String.init) ?? "")
      {
        faults.append("\(place): tables.csv says otherwise of the focus groups")
      }
      if !followsFromTables(row) {
        faults.append("\(place): its count and base do not follow from tables.csv")
      }
    }
  }

  /// Whether the survey's side of a row stands in the tables: in the total, or in groups that make an audience, added up.
  private func followsFromTables(_ row: PublishedRow) -> Bool {
    if row.base == nil, row.count == nil { return true }
    let total = release.row(row.pack, row.question, row.answer, "total", "Total")
    if row.banner == "total" { return total.map { isSame(row, $0) } ?? false }
    guard
      let who = release.definition.focusGroups?.audiences.first(where: { $0.label == row.group })?.who,
      let pack = release.packs.first(where: { $0.id == row.pack })
    else { return false }
    if let total, isSame(row, total), pack.who.map({ Self.isSame($0, who) }) ?? false { return true }
    guard who.count == 1, who[0].count == 1 else { return false }
    let parts = who[0][0].answers.map {
      release.row(row.pack, row.question, row.answer, who[0][0].item, $0)
    }
    let bases = parts.compactMap { $0?.base }
    guard bases.count == parts.count, row.base == bases.reduce(0, +) else { return false }
    guard let count = row.count else { return true }
    let counts = parts.compactMap { $0?.count }
    return counts.count == parts.count && count == counts.reduce(0, +)
  }

  private static func isSame(
    _ left: [[PublishedDefinition.Clause]], _ right: [[PublishedDefinition.Clause]]
  ) -> Bool {
    func text(_ clauses: [[PublishedDefinition.Clause]]) -> [[[String]]] {
      clauses.map { $0.map { [$0.item] + $0.answers.sorted() } }
    }
    return text(left) == text(right)
  }
}
