/// scores.csv tells the scores that follow from counts of tables.csv, all of them and nothing else.
///
/// Which groups have a row, and what stands in it, is worked out again from definition.json and tables.csv: the mean in whole
/// numbers, its interval by its formula, and the ends of a net score's by whether each is within reach of the counts.
struct ScoresAudit {
  static let file = "scores.csv"
  static let columns = [
    "pack", "wave", "question", "kind", "source", "answer", "banner", "group", "base", "value", "lower",
    "upper", "marker",
  ]

  private(set) var faults: [String] = []
  private let release: PublishedRelease

  init(_ release: PublishedRelease, _ files: [ReleaseContents.Companion]) {
    self.release = release
    var scored: [String: [String: Int]] = [:]
    for question in release.definition.questions where question.scores != nil {
      guard let numbers = question.numbers else {
        faults.append("definition.json: the scores of `\(question.id)` are not ones that canvass writes")
        continue
      }
      scored[question.id] = numbers
    }
    guard faults.isEmpty else { return }
    for pack in release.packs {
      let expected = release.definition.questions.flatMap { question in
        scored[question.id].map { rows(of: question, $0, pack) } ?? []
      }
      check(files.first { $0.pack == pack.id && $0.name == Self.file }, of: pack.id, expected)
    }
  }

  /// A row that has to be there.
  private struct Row {
    let question: PublishedDefinition.Question
    let banner: String
    let group: String
    let figure: any ScoreFigure
    let isMean: Bool

    var answer: String { isMean ? "(mean score)" : "(net score)" }
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
        let mean = MeanScore(numbers, counts, release.intervals)
        if mean.base >= minimum {
          rows.append(Row(question: question, banner: banner, group: group, figure: mean, isMean: true))
        }
        if hasSides {
          let net = NetPoints(numbers, counts, base: base, release.intervals)
          rows.append(Row(question: question, banner: banner, group: group, figure: net, isMean: false))
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
      if !expected.isEmpty {
        faults.append("\(name): it is missing, though tables.csv has what goes into it")
      }
      return
    }
    guard file.records.first == Self.columns else {
      faults.append("\(name): not the columns of a file that canvass writes")
      return
    }
    var left = Dictionary(
      expected.map { ([$0.question.id, $0.answer, $0.banner, $0.group], $0) }, uniquingKeysWith: { $1 })
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
        record[3] == row.question.kind, record[4] == "survey"
      else {
        faults.append("\(place): not a row of this pack, wave and question")
        continue
      }
      if !row.figure.isTold(by: Array(record[8...])) {
        faults.append("\(place): the score does not follow from the counts of tables.csv")
      }
    }
    for row in expected where left[[row.question.id, row.answer, row.banner, row.group]] != nil {
      faults.append(
        "\(name): the row \(row.answer) of `\(row.question.id)`, \(row.banner), \(row.group) is missing")
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
