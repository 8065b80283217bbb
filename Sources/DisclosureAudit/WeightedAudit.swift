import Glibc

/// weighted.csv: each share follows from counts and bases of tables.csv and people of participation.csv, by weights that are people
/// over respondents; and every share that can be weighted so is there once.
struct WeightedAudit {
  typealias Rows = ParticipationAudit.Rows
  static let file = "weighted.csv"

  private(set) var faults: [String] = []
  private let release: PublishedRelease
  private let intervals: IntervalRule

  /// - Parameters:
  ///   - files: The rows of each pack's file.
  ///   - participation: Those of each pack's participation.csv.
  init(_ release: PublishedRelease, _ files: [String: Rows], participation: [String: Rows]) {
    self.release = release
    intervals = IntervalRule(release.definition, responses: release.manifest.responses)
    for pack in release.packs {
      let rows = files[pack.id] ?? []
      var left = expected(pack.id, participation[pack.id] ?? [])
      for (row, fields) in rows {
        let key = Key(question: row.question, answer: row.answer, banner: fields["weighted_by"] ?? "")
        let place = "\(pack.id)/\(Self.file):\(row.line)"
        guard let share = left.removeValue(forKey: key) else {
          faults.append("\(place): it cannot be weighted by what is published, or stands here twice")
          continue
        }
        if !shows(row, fields, share) {
          faults.append("\(place): the weighted share does not follow from the figures of the groups")
        }
      }
      // A release without CSV has no such file, and is not read; one that has some must have all.
      for key in left.keys.sorted(by: {
        ($0.question, $0.answer, $0.banner) < ($1.question, $1.answer, $1.banner)
      }) {
        faults.append(
          "\(pack.id)/\(Self.file): `\(key.answer)` of `\(key.question)` weighted by `\(key.banner)` is missing"
        )
      }
    }
    for pack in files.keys.sorted() where !release.packs.contains(where: { $0.id == pack }) {
      faults.append("\(pack)/\(Self.file): definition.json knows no such pack")
    }
  }

  private struct Key: Hashable {
    let question: String
    let answer: String
    let banner: String
  }

  /// Whether a row has the total's figures and the weighted ones, each as it is written.
  private func shows(_ row: PublishedRow, _ fields: [String: String], _ share: Weighted) -> Bool {
    guard let own = release.row(row.pack, row.question, row.answer, "total", "Total"), row.banner == "total",
      row.group == "Total", own.base == row.base, own.count == row.count, own.percent == row.percent,
      own.lower == row.lower, own.upper == row.upper, own.marker == row.marker
    else { return false }
    func agrees(_ column: String, _ value: Double, decimals: Int = 1) -> Bool {
      guard let number = PublishedRow.scaled(fields[column] ?? "", decimals: decimals) else { return false }
      // The larger a number, the more of its last digits are a matter of rounding.
      return abs(Double(number) - value) <= 0.5 + 1e-6 + abs(value) * 1e-12
    }
    let isFew = (PublishedRow.scaled(fields["effective_base"] ?? "", decimals: 1) ?? 0) < 300
    return fields["strata"] == "\(share.strata)" && agrees("weighted_percent", 1_000 * share.value)
      && agrees("weighted_lower", share.interval.lower) && agrees("weighted_upper", share.interval.upper)
      && agrees("effective_base", 10 * share.size)
      && agrees("design_effect", 100 * Double(own.base ?? 0) / share.size, decimals: 2)
      && fields["weighted_marker"] == (isFew ? "u" : "")
  }

  // MARK: What follows from what is published

  private struct Weighted {
    var strata: Int
    var value: Double
    /// In thousandths.
    var interval: (lower: Double, upper: Double)
    var size: Double
  }

  /// So many people, so many of them respondents, of whom so many are in the base and so many gave the answer.
  private struct Part {
    var people: Int
    var respondents: Int
    var base: Int
    var count: Int

    static func - (whole: Part, part: Part) -> Part {
      Part(
        people: whole.people - part.people, respondents: whole.respondents - part.respondents,
        base: whole.base - part.base, count: whole.count - part.count)
    }
  }

  /// The weighted shares of a pack.
  private func expected(_ pack: String, _ told: Rows) -> [Key: Weighted] {
    func number(_ fields: [String: String]) -> Int? { fields["population"].flatMap { Int($0) } }
    guard let total = told.first(where: { $0.row.banner == "total" }), let people = number(total.fields),
      let respondents = total.row.base
    else { return [:] }
    var found: [Key: Weighted] = [:]
    for banner in Set(told.map(\.row.banner)).subtracting(["total"]) {
      let groups = told.filter { $0.row.banner == banner }
      for question in release.definition.questions where question.id != banner {
        for answer in answers(of: question) {
          guard let whole = release.row(pack, question.id, answer, "total", "Total"), whole.percent != nil,
            let base = whole.base, let count = whole.count, base > 0
          else { continue }
          func cell(_ group: String, people: Int, _ respondents: Int?) -> Part? {
            guard let row = release.row(pack, question.id, answer, banner, group), let respondents,
              let base = row.base, let count = row.count
            else { return nil }
            return Part(people: people, respondents: respondents, base: base, count: count)
          }
          let parts = groups.compactMap { told in
            number(told.fields).flatMap { cell(told.row.group, people: $0, told.row.base) }
          }
          let size = release.row(pack, "respondents", "(base)", banner, "Not stated")
          let unstated = size.flatMap { cell("Not stated", people: 0, $0.base) }
          let all = Part(people: people, respondents: respondents, base: base, count: count)
          guard release.row(pack, question.id, answer, banner, groups[0].row.group) != nil,
            let share = weighted(all, parts, unstated, hidesUnstated: size != nil && unstated == nil)
          else { continue }
          found[Key(question: question.id, answer: answer, banner: banner)] = share
        }
      }
    }
    return found
  }

  private func answers(of question: PublishedDefinition.Question) -> [String] {
    question.answers + question.nets.map { "(net) \($0.label)" }
      + (question.base == "asked" ? ["(no answer)"] : [])
  }

  private func weighted(_ whole: Part, _ groups: [Part], _ unstated: Part?, hidesUnstated: Bool) -> Weighted?
  {
    // Fewer than 20 respondents stand for no people by themselves.
    let least = 20
    var alone = groups.filter { $0.respondents >= least }
    func left() -> Part { (alone + [unstated].compactMap { $0 }).reduce(whole, -) }
    while left().people > 0, left().respondents < least, let fewest = alone.map(\.respondents).min(),
      let index = alone.firstIndex(where: { $0.respondents == fewest })
    {
      alone.remove(at: index)
    }
    let rest = left()
    guard rest.people >= 0, rest.respondents >= 0, rest.count >= 0, rest.base >= rest.count else {
      return nil
    }
    // Who keeps the weight 1, as it is not known whom they stand for.
    var kept = unstated.map { [$0] } ?? []
    if rest.people > 0 {
      guard !hidesUnstated, rest.respondents >= least, 5 * rest.people <= whole.people else { return nil }
      alone.append(rest)
    } else {
      if rest.respondents == 0, rest.base > 0 { return nil }
      if rest.respondents > 0 {
        kept = [
          kept.reduce(rest) { sum, part in
            Part(
              people: 0, respondents: sum.respondents + part.respondents, base: sum.base + part.base,
              count: sum.count + part.count)
          }
        ]
      }
    }
    guard alone.count > 1 else { return nil }
    let stated = Double(whole.respondents - kept.reduce(0) { $0 + $1.respondents })
    let parts =
      alone.map { part in
        (part, Double(part.people) / Double(whole.people) * stated / Double(part.respondents))
      } + kept.map { ($0, 1) }
    let weight = parts.reduce(0) { $0 + $1.1 * Double($1.0.base) }
    guard weight > 0 else { return nil }
    var value = parts.reduce(0) { $0 + $1.1 * Double($1.0.count) } / weight
    // Neither end is a matter of rounding.
    if whole.count == 0 { value = 0 }
    if whole.count == whole.base { value = 1 }
    let size = effectiveBase(parts.map { (part: $0.0, weight: $0.1) }, value)
    return Weighted(
      strata: alone.count, value: value, interval: intervals.thousandths(share: value, size: size), size: size
    )
  }

  /// Kish's, or where that is smaller, what has the linearised variance of a stratified share, of which a stratum where
  /// nobody or everybody gave the answer has one more who did and one more who did not.
  private func effectiveBase(_ parts: [(part: Part, weight: Double)], _ value: Double) -> Double {
    let weight = parts.reduce(0) { $0 + $1.weight * Double($1.part.base) }
    let kish = weight * weight / parts.reduce(0) { $0 + $1.weight * $1.weight * Double($1.part.base) }
    let fraction = intervals.sampledFraction
    guard value > 0, value < 1, fraction < 1 else { return kish }
    var variance = 0.0
    for (part, own) in parts where part.base > 0 {
      let (n, base) = (Double(part.respondents), Double(part.base))
      let share =
        part.count == 0 || part.count == part.base
        ? (Double(part.count) + 1) / (base + 2) : Double(part.count) / base
      // Residuals y - R of those in the base and 0 of all others, of whom they are the part asked.
      let sum = base * (share - value)
      let squares = base * (share * (1 - value) * (1 - value) + (1 - share) * value * value)
      let known =
        !intervals.isOfRandomSample ? 0 : part.people > 0 ? min(1, n / Double(part.people)) : fraction
      variance += (1 - known) * own * own / (weight * weight) * n / max(1, n - 1) * (squares - sum * sum / n)
    }
    return variance > 0 ? min(kish, value * (1 - value) / variance * (1 - fraction)) : kish
  }
}
