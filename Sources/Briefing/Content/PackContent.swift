import Comparison
import ReleaseModel

/// A pack as a briefing goes through it: question by question in the order of the page, each with its tables.
struct PackContent {
  let release: Release
  let pack: ReleasedPack
  let audience: PublicDefinition.Pack?
  /// How the definition words, orders and colours the briefing.
  let settings: PublicBriefing
  /// In the order of the page; theme questions are among them.
  let questions: [QuestionResults]
  /// How many responded, by banner, `total` first.
  let respondents: [ReleasedTable]
  /// The focus groups; empty where the wave has none.
  let focusGroups: [ReleasedTable]
  /// How each group differs from the rest and from the total.
  let differences: [GroupDifference]
  /// Shares of everyone weighted to the people of groups; empty where these are not known.
  let weighted: [WeightedShare]
  /// Whether associations.csv has a row.
  let hasAssociations: Bool
  /// How shares have changed since the wave before; empty where there is none.
  let changes: [WaveChange]
  /// The mean scores and net scores of questions whose answers stand for numbers.
  let scores: [GroupScore]

  init(_ pack: ReleasedPack, in release: Release) {
    self.release = release
    self.pack = pack
    let definition = release.definition
    audience = definition.packs.first { $0.id == pack.id }
    settings = (definition.briefing ?? PublicBriefing()).under(audience?.briefing)
    var tables: [String: [ReleasedTable]] = [:]
    var order: [String] = []
    for table in pack.tables {
      if tables[table.question] == nil { order.append(table.question) }
      tables[table.question, default: []].append(table)
    }
    respondents = tables["respondents"] ?? []
    focusGroups = tables["focus-groups"] ?? []
    differences = groupDifferences(of: pack, in: release)
    weighted = weightedShares(of: pack, in: release)
    hasAssociations = !associations(of: pack, in: release).isEmpty
    changes = release.earlierWaves.last.map { waveChanges(of: pack, in: release, since: $0) } ?? []
    scores = groupScores(of: pack, in: release)
    let first = (settings.order ?? []).filter { tables[$0] != nil }
    let asked =
      first + order.filter { $0 != "respondents" && $0 != "focus-groups" && !first.contains($0) }
    let described = Dictionary(definition.questions.map { ($0.id, $0) }) { first, _ in first }
    questions = asked.compactMap { id in
      guard let question = described[id] else { return nil }
      return QuestionResults(question: question, tables: tables[id] ?? [])
    }
  }

  /// Whether nobody in the pack is of a group.
  func hasNobody(in group: String, of banner: String) -> Bool {
    respondents.contains { $0.banner == banner && $0.rows.contains { $0.key.group == group && $0.base == 0 } }
  }

  /// The indices that are told of everyone in the pack.
  var indices: [(index: PublicDefinition.Index, score: GroupScore)] {
    (release.definition.indices ?? []).compactMap { index in
      scores.first { $0.form == .index && $0.question == index.id && $0.banner == totalBanner }.map {
        (index, $0)
      }
    }
  }

  /// The respondents of the pack; nil where that is withheld or not told.
  var responses: Int? {
    respondents.first { $0.banner == totalBanner }?.rows.first { $0.key.row == .base }?.base
  }

  /// The banners of the pack, as their tables name them.
  var banners: [String] {
    var ids: [String] = []
    for table in pack.tables where table.banner != totalBanner && table.question != "focus-groups" {
      if !ids.contains(table.banner) { ids.append(table.banner) }
    }
    return ids
  }

  /// What a banner is called: the label of a variable, or the wording of a question.
  func label(ofBanner id: String) -> String {
    let definition = release.definition
    return definition.variables.first { $0.id == id }?.label
      ?? definition.questions.first { $0.id == id }?.text ?? id
  }
}

/// The id that tables.csv has for everyone in the pack.
let totalBanner = "total"

/// One question with its tables.
struct QuestionResults {
  let question: PublicDefinition.Question
  let tables: [ReleasedTable]

  var total: ReleasedTable? { tables.first { $0.banner == totalBanner } }
  var byBanner: [ReleasedTable] { tables.filter { $0.banner != totalBanner } }

  /// The rows of the total; empty where the pack has none.
  var totalRows: [ReleasedRow] { total?.rows ?? [] }

  /// The base of the total; nil where it is withheld.
  var base: Int? { totalRows.first { $0.key.row == .base }?.base }

  /// The rows of the answers alone, as the table has them.
  var answerRows: [ReleasedRow] {
    totalRows.filter { if case .answer = $0.key.row { true } else { false } }
  }

  /// The rows of nets of the total.
  var netRows: [ReleasedRow] {
    totalRows.filter { if case .net = $0.key.row { true } else { false } }
  }

  /// Of what is published of some rows, what most gave; the first of those that as many gave.
  static func largest(of rows: [ReleasedRow]) -> (row: ReleasedRow, share: Share)? {
    rows.compactMap { row in Share(row.figure).map { (row: row, share: $0) } }
      .max { $0.share.count < $1.share.count }
  }

  /// Whether nobody can have given both of two answers, or one of each of two nets.
  func areOfOthers(_ first: FigureRow, _ second: FigureRow) -> Bool {
    guard ["single", "scale"].contains(question.kind) else { return false }
    func answers(_ row: FigureRow) -> Set<String> {
      if case .net(let label) = row { return Set(question.nets.first { $0.label == label }?.answers ?? []) }
      return [row.text]
    }
    return answers(first).isDisjoint(with: answers(second))
  }

  /// The one row by which groups are compared: the first net; else the mean of a number, the first answer of a scale or a
  /// single choice, and what most gave of the rest. Nil where there is none.
  var headline: FigureRow? {
    if let net = netRows.first, question.kind != "multiple" { return net.key.row }
    switch question.kind {
    case "number": return totalRows.first { $0.key.row == .mean }?.key.row
    case "multiple", "theme", "ranking":
      return Self.largest(of: answerRows)?.row.key.row ?? answerRows.first?.key.row
    default: return answerRows.first?.key.row
    }
  }
}

/// A published share: a count, and its percentage with the interval, in tenths.
struct Share: Hashable {
  let count: Int
  let percent: Int
  let lower: Int
  let upper: Int
  let isUnreliable: Bool

  init(count: Int, percent: Int, lower: Int, upper: Int, isUnreliable: Bool = false) {
    self.count = count
    self.percent = percent
    self.lower = lower
    self.upper = upper
    self.isUnreliable = isUnreliable
  }

  /// Nil where the figure is withheld or is no share.
  init?(_ figure: ReleasedFigure) {
    guard case .share(let count, let percent, let lower, let upper, let isUnreliable) = figure else {
      return nil
    }
    self.init(count: count, percent: percent, lower: lower, upper: upper, isUnreliable: isUnreliable)
  }
}

extension ReleasedTable {
  /// The rows of each group, in the order of the table.
  var columns: [(group: String, rows: ArraySlice<ReleasedRow>)] {
    var columns: [(group: String, rows: ArraySlice<ReleasedRow>)] = []
    var start = 0
    for index in rows.indices
    where index + 1 == rows.count || rows[index + 1].key.group != rows[index].key.group {
      columns.append((rows[index].key.group, rows[start...index]))
      start = index + 1
    }
    return columns
  }
}

extension ArraySlice<ReleasedRow> {
  /// A group of which nothing is told, not even how many they are.
  var isWithheldWhole: Bool { allSatisfy { $0.base == nil && $0.figure.isWithheld } }

  /// A group of which nobody is in the base.
  var isOfNobody: Bool { allSatisfy { $0.base == 0 && $0.figure == .notApplicable } }
}
