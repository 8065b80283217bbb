/// scores.csv tells the scores that follow from counts of tables.csv, all of them and nothing else.
///
/// Which groups have a row, and what stands in it, is worked out again from definition.json and tables.csv: the mean in whole
/// numbers, its interval by its formula, and the ends of a net score's by whether each is within reach of the counts. Of an alpha,
/// which follows from no count, only where it may stand and what it may be.
struct ScoresAudit {
  static let file = "scores.csv"
  static let columns = [
    "pack", "wave", "question", "kind", "source", "answer", "banner", "group", "base", "value", "lower",
    "upper", "marker",
  ]

  private(set) var faults: [String] = []
  private let release: PublishedRelease
  /// Ids of questions of which something is withheld, in any pack: alpha, which is of no published count, could narrow it.
  private let withheld: Set<String>

  init(_ release: PublishedRelease, _ files: [ReleaseContents.Companion]) {
    self.release = release
    withheld = Set(release.rows.filter { $0.marker == "c" }.map(\.question))
    var scored: [String: [String: Int]] = [:]
    for question in release.definition.questions where question.scores != nil {
      guard let numbers = question.numbers else {
        faults.append("definition.json: the scores of `\(question.id)` are not ones that canvass writes")
        continue
      }
      scored[question.id] = numbers
    }
    let indices = release.definition.indices ?? []
    faults += indices.filter { !isIndex($0, of: scored) }.map {
      "definition.json: the index `\($0.id)` is not one that canvass writes"
    }
    if Set(indices.map(\.id)).count < indices.count {
      faults.append("definition.json: two indices of one id")
    }
    guard faults.isEmpty else { return }
    for pack in release.packs {
      var expected: [Row] = []
      for question in release.definition.questions {
        guard let numbers = scored[question.id] else { continue }
        expected += rows(of: question, numbers, pack)
      }
      expected += indices.flatMap { rows(of: $0, expected, pack) }
      check(files.first { $0.pack == pack.id && $0.name == Self.file }, of: pack.id, expected)
    }
  }

  /// A row that has to be there, or may.
  private struct Row {
    let question: String
    let kind: String
    let answer: String
    let banner: String
    let group: String
    let figure: any ScoreFigure
    var isRequired = true

    var place: [String] { [question, answer, banner, group] }
    /// What is wrong with a row that does not tell the figure.
    var fault: String {
      isRequired ? "the score does not follow from the counts of tables.csv" : "an alpha is not told so"
    }
  }

  private func isIndex(_ index: PublishedDefinition.Index, of scored: [String: [String: Int]]) -> Bool {
    let questions = release.definition.questions
    return index.questions.count > 1 && Set(index.questions).count == index.questions.count
      && index.questions.allSatisfy { id in
        scored[id] != nil && !questions.contains { $0.id == id && $0.sensitive }
      }
      && !questions.contains { $0.id == index.id }
      && !release.definition.variables.contains { $0.id == index.id }
  }

  private func rows(
    of question: PublishedDefinition.Question, _ numbers: [String: Int], _ pack: PublishedDefinition.Pack
  ) -> [Row] {
    let minimum = max(1, release.definition.protection.minimumBase)
    let hasSides = numbers.values.contains { $0 > 0 } && numbers.values.contains { $0 < 0 }
    var rows: [Row] = []
    for banner in ["total"] + pack.banners {
      for group in release.groupLabels(of: banner) {
        guard let (base, counts) = counts(question, pack.id, banner, group), base >= minimum else { continue }
        func add(_ answer: String, _ figure: any ScoreFigure) {
          rows.append(
            Row(
              question: question.id, kind: question.kind, answer: answer, banner: banner, group: group,
              figure: figure))
        }
        let mean = MeanScore(numbers, counts, release.intervals)
        if mean.base >= minimum { add("(mean score)", mean) }
        if hasSides { add("(net score)", NetPoints(numbers, counts, base: base, release.intervals)) }
      }
    }
    return rows
  }

  /// - Parameter scores: The rows of the pack's questions.
  private func rows(
    of index: PublishedDefinition.Index, _ scores: [Row], _ pack: PublishedDefinition.Pack
  ) -> [Row] {
    var means: [[String]: MeanScore] = [:]
    for row in scores where index.questions.contains(row.question) {
      if let mean = row.figure as? MeanScore { means[[row.question, row.banner, row.group]] = mean }
    }
    var rows: [Row] = []
    for banner in ["total"] + pack.banners {
      for group in release.groupLabels(of: banner) {
        let found = index.questions.compactMap { means[[$0, banner, group]] }
        guard found.count == index.questions.count else { continue }
        let value = IndexValue(found)
        func row(_ answer: String, _ figure: any ScoreFigure, isRequired: Bool) -> Row {
          Row(
            question: index.id, kind: "index", answer: answer, banner: banner, group: group, figure: figure,
            isRequired: isRequired)
        }
        rows.append(row("(index)", value, isRequired: true))
        let minimum = max(IndexAlpha.minimumBase, release.definition.protection.minimumBase)
        if banner == "total", value.base >= minimum, found.count >= IndexAlpha.minimumQuestions,
          withheld.isDisjoint(with: index.questions)
        {
          rows.append(row("(alpha)", IndexAlpha(base: value.base), isRequired: false))
        }
      }
    }
    return rows
  }

  /// The base of a group and how many gave each answer; nil where something of it is withheld.
  private func counts(
    _ question: PublishedDefinition.Question, _ pack: String, _ banner: String, _ group: String
  ) -> (base: Int, counts: [String: Int])? {
    guard let base = release.row(pack, question.id, "(base)", banner, group)?.count else { return nil }
    var counts: [String: Int] = [:]
    var left = Int128(base)
    for answer in question.answers + (question.base == "asked" ? ["(no answer)"] : []) {
      guard let count = release.row(pack, question.id, answer, banner, group)?.count, count >= 0
      else { return nil }
      counts[answer] = count
      left -= Int128(count)
    }
    return left == 0 ? (base, counts) : nil
  }

  private mutating func check(_ file: ReleaseContents.Companion?, of pack: String, _ expected: [Row]) {
    let name = "\(pack)/\(Self.file)"
    guard let file else {
      if expected.contains(where: \.isRequired) {
        faults.append("\(name): it is missing, though tables.csv has what goes into it")
      }
      return
    }
    guard file.records.first == Self.columns else {
      faults.append("\(name): not the columns of a file that canvass writes")
      return
    }
    var left = Dictionary(
      expected.map { ($0.place, $0) }, uniquingKeysWith: { $1 })
    for (index, record) in file.records.dropFirst().enumerated() {
      let place = "\(name):\(index + 2)"
      guard record.count == Self.columns.count else {
        faults.append("\(place): the row cannot be read")
        continue
      }
      let labels = [2, 5, 6, 7].map { PublishedRow.label(record[$0]) }
      guard let row = left.removeValue(forKey: labels) else {
        faults.append("\(place): no score follows from tables.csv here, or it stands in an earlier row")
        continue
      }
      guard PublishedRow.label(record[0]) == pack, PublishedRow.label(record[1]) == release.definition.wave,
        record[3] == row.kind, record[4] == "survey"
      else {
        faults.append("\(place): not a row of this pack, wave and question")
        continue
      }
      if !row.figure.isTold(by: Array(record[8...])) {
        faults.append("\(place): \(row.fault)")
      }
    }
    for row in expected where row.isRequired && left[row.place] != nil {
      faults.append(
        "\(name): the row \(row.answer) of `\(row.question)`, \(row.banner), \(row.group) is missing")
    }
  }
}

extension PublishedDefinition.Question {
  /// By answer, the score in millionths; nil where they are none.
  fileprivate var numbers: [String: Int]? {
    guard let scores, kind == "single" || kind == "scale" else { return nil }
    var numbers: [String: Int] = [:]
    for score in scores {
      guard answers.contains(score.answer), let number = Self.millionths(score.score),
        numbers.updateValue(number, forKey: score.answer) == nil
      else { return nil }
    }
    return Set(numbers.values).count > 1 ? numbers : nil
  }

  private static func millionths(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let decimals = parts.count == 1 ? 0 : parts.count == 2 ? parts[1].utf8.count : nil,
      (0...6).contains(decimals), let number = PublishedRow.scaled(text, decimals: decimals),
      number.magnitude <= 1_000_000_000
    else { return nil }
    let millionths = (decimals..<6).reduce(number) { number, _ in 10 * number }
    return millionths.magnitude <= 1_000_000_000 ? millionths : nil
  }
}
