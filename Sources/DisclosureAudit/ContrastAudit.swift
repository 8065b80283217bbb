import Glibc

/// Files of differences and changes: they may say nothing that does not follow from what is published.
///
/// Each row is a row of tables.csv beside another share: of the rest, which is the total's less the group's; of the total or
/// another group, which stand in tables.csv; or of an earlier wave, which published it under rules no laxer than these. What is
/// said of the two is worked out again from their counts and bases.
struct ContrastAudit {
  static let differences = "differences.csv"
  static let pairs = "pairs.csv"
  static let changes = "changes.csv"
  static let all = [differences, pairs, changes]

  private(set) var faults: [String] = []
  private let release: PublishedRelease

  init(_ release: PublishedRelease, _ files: [ReleaseContents.Companion]) {
    self.release = release
    for file in files where Self.all.contains(file.name) { check(file) }
  }

  private mutating func check(_ file: ReleaseContents.Companion) {
    let name = "\(file.pack)/\(file.name)"
    let isChanges = file.name == Self.changes
    let further = isChanges ? Columns.ofChanges : Columns.ofDifferences
    guard let head = file.records.first, head == PublishedRow.columns + further else {
      faults.append("\(name): not the columns of a file that canvass writes")
      return
    }
    var contrasts: [Int: ContrastFigures] = [:]
    var families: [[String]: [(line: Int, p: Double?)]] = [:]
    for (index, record) in file.records.dropFirst().enumerated() {
      let line = index + 2
      guard record.count == head.count, let row = SharedColumns(record, pack: file.pack),
        let figures = ContrastFigures(record)
      else {
        faults.append("\(name):\(line): the row cannot be read")
        continue
      }
      let question = release.definition.questions.first { $0.id == row.question }
      guard row.wave == release.definition.wave, row.kind == question?.kind,
        row.source == (question?.kind == "theme" ? "open-text" : "survey")
      else {
        faults.append("\(name):\(line): not a row of this wave and question")
        continue
      }
      if isChanges, let fault = reasonAgainst(figures) {
        faults.append("\(name):\(line): \(fault)")
        continue
      }
      guard
        let own = release.row(row.pack, row.question, row.answer, row.banner, row.group),
        row.shows(own), let base = own.base, let count = own.count
      else {
        faults.append("\(name):\(line): tables.csv says otherwise")
        continue
      }
      let other = Share(count: figures.otherCount, base: figures.otherBase)
      let share = Share(count: count, base: base)
      if let fault = isChanges ? reasonAgainst(other) : reasonAgainst(other, figures.other, row, share) {
        faults.append("\(name):\(line): \(fault)")
        continue
      }
      let isTotal = !isChanges && figures.other == "(total)"
      let expected =
        isTotal ? Expected(group: share, inTotal: other) : Expected(share, other)
      if !expected.agrees(with: figures) {
        faults.append("\(name):\(line): the difference does not follow from the two shares")
        continue
      }
      contrasts[line] = figures
      // Those that were adjusted together.
      let family =
        isChanges
        ? [row.question, row.banner, figures.other]
        : [row.question, row.banner, row.answer, Columns.family(figures.other)]
      families[family, default: []].append((line, expected.p))
    }
    for family in families.values {
      let adjusted = Self.adjusted(family.map(\.p), release.definition)
      for ((line, _), probability) in zip(family, adjusted) {
        guard let figures = contrasts[line], !figures.agrees(withAdjusted: probability) else { continue }
        faults.append("\(name):\(line): `p_adjusted` or `verdict` does not follow from the probabilities")
      }
    }
    faults.sort()
  }

  // MARK: With whom a share is compared

  /// Texts that are none of ours must not stand in a release.
  private func reasonAgainst(_ figures: ContrastFigures) -> String? {
    guard release.manifest.comparedWith?[figures.other] != nil else {
      return "manifest.json knows of no comparison with that wave"
    }
    let words = figures.altered.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    return figures.altered.isEmpty || Set(words).isSubset(of: Columns.alterations)
      ? nil : "`altered` says what no release of canvass does"
  }

  private func reasonAgainst(_ other: Share, _ label: String, _ row: SharedColumns, _ share: Share) -> String?
  {
    let total = release.row(row.pack, row.question, row.answer, "total", "Total")
    let known: (count: Int?, base: Int?)
    switch label {
    case "(total)": known = (total?.count, total?.base)
    case "(rest)": known = (total?.count.map { $0 - share.count }, total?.base.map { $0 - share.base })
    default:
      let group = release.row(row.pack, row.question, row.answer, row.banner, label)
      known = (group?.count, group?.base)
    }
    guard known.count == other.count, known.base == other.base, other.base > 0 else {
      return "with whom the group is compared does not follow from tables.csv"
    }
    if label == "(rest)", isTooSmall(other) { return "it tells a share of so few people that no table would" }
    return nil
  }

  private func isTooSmall(_ share: Share) -> Bool {
    let rules = release.definition.protection
    func isSmall(_ count: Int) -> Bool { count > 0 && count < rules.minimumCell }
    return isSmall(share.count) || isSmall(share.base - share.count) || share.base < rules.minimumBase
  }

  /// What an earlier wave published is not in this folder; but no share of it may be one that must not be told.
  private func reasonAgainst(_ before: Share) -> String? {
    guard before.base > 0, (0...before.base).contains(before.count) else {
      return "no share goes with the numbers of the earlier wave"
    }
    return isTooSmall(before) ? "it tells a small count of the earlier wave" : nil
  }

  // MARK: Adjusting

  /// Probabilities adjusted together, by the method that the definition names.
  static func adjusted(_ probabilities: [Double?], _ definition: PublishedDefinition) -> [Double?] {
    let tested = probabilities.indices.filter { probabilities[$0] != nil }
    let order = tested.sorted { (probabilities[$0] ?? 1, $0) < (probabilities[$1] ?? 1, $1) }
    var adjusted: [Double?] = probabilities
    let number = order.count
    switch definition.comparisons {
    case "none": break
    case "benjamini-hochberg":
      var least = 1.0
      for (place, index) in order.enumerated().reversed() {
        least = min(least, (probabilities[index] ?? 1) * Double(number) / Double(place + 1))
        adjusted[index] = least
      }
    default:
      var most = 0.0
      for (place, index) in order.enumerated() {
        most = max(most, min(1, (probabilities[index] ?? 1) * Double(number - place)))
        adjusted[index] = most
      }
    }
    return adjusted
  }
}

private enum Columns {
  static let contrast = [
    "difference", "difference_lower", "difference_upper", "p", "p_adjusted", "verdict",
  ]
  static let ofDifferences = ["against", "base_against", "count_against", "percent_against"] + contrast
  static let alterations: Set = ["wording", "answers", "route", "base", "net", "groups", "pack"]
  static let ofChanges = ["since", "base_before", "count_before", "percent_before"] + contrast + ["altered"]
  /// Where they begin.
  static let first = PublishedRow.columns.count

  /// Groups against the rest are one family, so against the total, whose tests are the same; and pairs.
  static func family(_ other: String) -> String { ["(rest)", "(total)"].contains(other) ? other : "pairs" }
}

/// The columns that a row shares with tables.csv.
private struct SharedColumns {
  let pack: String
  let wave: String
  let question: String
  let kind: String
  let source: String
  let answer: String
  let banner: String
  let group: String
  private let figures: ArraySlice<String>

  init?(_ record: [String], pack: String) {
    guard PublishedRow.label(record[0]) == pack else { return nil }
    self.pack = pack
    wave = PublishedRow.label(record[1])
    question = PublishedRow.label(record[2])
    kind = record[3]
    source = record[4]
    answer = PublishedRow.label(record[5])
    banner = PublishedRow.label(record[6])
    group = PublishedRow.label(record[7])
    figures = record[8..<Columns.first]
  }

  /// Whether its base, count, percentage, interval and marker are those of a row.
  func shows(_ row: PublishedRow) -> Bool {
    func tenths(_ text: String) -> Int? { text.isEmpty ? nil : PublishedRow.scaled(text, decimals: 1) }
    let fields = Array(figures)
    return row.base.map(String.init) == fields[0] && row.count.map(String.init) == fields[1]
      && row.percent == tenths(fields[2]) && row.lower == tenths(fields[3]) && row.upper == tenths(fields[4])
      && row.marker == fields[5]
  }
}

/// So many of so many people.
private struct Share {
  let count: Int
  let base: Int

  var proportion: Double { Double(count) / Double(base) }
}

/// What a row says of two shares.
private struct ContrastFigures {
  let other: String
  let otherBase: Int
  let otherCount: Int
  /// In tenths.
  let otherPercent: Int
  let difference: Int
  let lower: Int
  let upper: Int
  /// In ten-thousandths; nil where there is none.
  let p: Int?
  let adjusted: Int?
  let verdict: String
  /// Of a change; empty of a difference.
  let altered: String

  init?(_ record: [String]) {
    let fields = Array(record[Columns.first...])
    func tenths(_ text: String) -> Int? { PublishedRow.scaled(text, decimals: 1) }
    func probability(_ text: String) -> Int?? {
      if text.isEmpty { return .some(nil) }
      return PublishedRow.scaled(text, decimals: 4)
    }
    // More people than any survey has would be more than can be reckoned with.
    let people = 0...1_000_000_000
    guard let base = Int(fields[1]), people.contains(base), let count = Int(fields[2]),
      people.contains(count), let percent = tenths(fields[3]),
      let difference = tenths(fields[4]), let lower = tenths(fields[5]), let upper = tenths(fields[6]),
      let p = probability(fields[7]), let adjusted = probability(fields[8])
    else { return nil }
    other = PublishedRow.label(fields[0])
    otherBase = base
    otherCount = count
    otherPercent = percent
    self.difference = difference
    self.lower = lower
    self.upper = upper
    self.p = p
    self.adjusted = adjusted
    verdict = fields[9]
    altered = fields.count > 10 ? fields[10] : ""
  }

  func agrees(withAdjusted probability: Double?) -> Bool {
    guard let probability else { return adjusted == nil && verdict == "unclear" }
    guard let adjusted, isRounded(adjusted, probability * 10_000) else { return false }
    // At the very level the last bits of a double decide.
    if abs(probability - 0.05) < 1e-9 { return true }
    let told = probability < 0.05 && difference != 0
    return verdict == (told ? difference > 0 ? "higher" : "lower" : "unclear")
  }
}

/// What two shares show: the difference, Newcombe's interval of it (1998, Statistics in Medicine 17, 873-890, method 10) and the
/// probability of the pooled z test.
private struct Expected {
  let otherPercent: Int
  /// In thousandths of the base.
  let difference: Double
  let lower: Double
  let upper: Double
  let p: Double?

  init(_ share: Share, _ other: Share) {
    self.init(share, other, isScaledBy: 1, shown: other)
  }

  /// A group against the total that it is in, of which the test is that against the rest.
  init(group: Share, inTotal total: Share) {
    let rest = Share(count: total.count - group.count, base: total.base - group.base)
    self.init(group, rest, isScaledBy: Double(rest.base) / Double(total.base), shown: total)
  }

  private init(_ share: Share, _ other: Share, isScaledBy scale: Double, shown: Share) {
    let (first, second) = (share.proportion, other.proportion)
    let own = wilsonThousandths(first, size: Double(share.base))
    let others = wilsonThousandths(second, size: Double(other.base))
    let gap = 1_000 * (first - second)
    func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    difference = gap * scale
    lower = scale * (gap - length(1_000 * first - own.lower, others.upper - 1_000 * second))
    upper = scale * (gap + length(own.upper - 1_000 * first, 1_000 * second - others.lower))
    let pooled = Double(share.count + other.count) / Double(share.base + other.base)
    let variance = pooled * (1 - pooled) * (1 / Double(share.base) + 1 / Double(other.base))
    p = variance > 0 ? erfc(abs(first - second) / (2 * variance).squareRoot()) : nil
    otherPercent = percentTenths(shown.count, shown.base)
  }

  func agrees(with figures: ContrastFigures) -> Bool {
    guard otherPercent == figures.otherPercent, isRounded(figures.difference, difference),
      isRounded(figures.lower, lower), isRounded(figures.upper, upper)
    else { return false }
    guard let p, let told = figures.p else { return p == nil && figures.p == nil }
    return isRounded(told, p * 10_000)
  }
}
