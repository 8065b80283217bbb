/// participation.csv: rates are of bases that tables.csv has, and how many people groups have must bound nothing that is withheld.
struct ParticipationAudit {
  typealias Rows = [(row: PublishedRow, fields: [String: String])]
  static let file = "participation.csv"

  private(set) var faults: [String] = []
  private let release: PublishedRelease
  private let files: [String: Rows]

  /// More people than any definition may have.
  private static let mostPeople = 1_000_000_000

  /// - Parameter files: The rows of each pack's file.
  init(_ release: PublishedRelease, _ files: [String: Rows]) {
    self.release = release
    self.files = files
    for (pack, rows) in files.sorted(by: { $0.key < $1.key }) {
      let name = "\(pack)/\(Self.file)"
      check(rows, name)
      if release.packs.first(where: { $0.id == pack })?.who == nil {
        if let total = rows.first(where: { $0.row.banner == "total" }),
          people(total.fields) != release.definition.population
        {
          faults.append("\(name):\(total.row.line): definition.json says otherwise of the population")
        }
        for banner in Set(rows.map(\.row.banner)).subtracting(["total"]).sorted() {
          let told = told(banner, rows)
          if !stated(banner).isSubset(of: Set(told.map(\.row.group))), !hasRoom(told) {
            faults.append("\(name): what it tells of `\(banner)` bounds the size of a group that is withheld")
          }
        }
      } else if !hasRoom(told("total", rows)) || !addsUp(pack) {
        faults.append("\(name): what it tells bounds the size of a group that is withheld")
      }
    }
  }

  private mutating func check(_ rows: Rows, _ name: String) {
    let total = rows.first { $0.row.banner == "total" }
    for (row, fields) in rows {
      guard row.question == "respondents", row.answer == "(base)",
        let own = release.row(row.pack, "respondents", "(base)", row.banner, row.group), own.base == row.base,
        own.count == row.count, let base = own.base, row.percent == nil, row.lower == nil, row.upper == nil,
        row.marker == own.marker
      else {
        faults.append("\(name):\(row.line): tables.csv says otherwise")
        continue
      }
      guard let people = people(fields), people >= base else {
        faults.append("\(name):\(row.line): more responded than there are people")
        continue
      }
      func percent(_ part: Int?, _ whole: Int?) -> String {
        guard let part, let whole, whole > 0 else { return "" }
        let tenths = percentTenths(part, whole)
        return "\(tenths / 10).\(tenths % 10)"
      }
      let expected = [
        "response_rate": percent(base, people),
        "share_of_population": percent(people, total.flatMap { self.people($0.fields) }),
        "share_of_responses": percent(base, total?.row.base),
      ]
      for (column, text) in expected.sorted(by: { $0.key < $1.key }) where fields[column] != text {
        faults.append("\(name):\(row.line): `\(column)` does not follow from the numbers beside it")
      }
    }
  }

  private func people(_ fields: [String: String]) -> Int? {
    fields["population"].flatMap { Int($0) }.flatMap { (1...Self.mostPeople).contains($0) ? $0 : nil }
  }

  private func told(_ banner: String, _ rows: Rows) -> Rows { rows.filter { $0.row.banner == banner } }

  /// The groups of a banner that people can have stated.
  private func stated(_ banner: String) -> Set<String> {
    Set(release.groupLabels(of: banner)).subtracting(["Not stated"])
  }

  /// Whether the people who are not told of are so many more than the responses that are left that no size is bounded.
  private func hasRoom(_ told: Rows) -> Bool {
    let minimum = release.definition.protection.minimumCell
    guard minimum > 1 else { return true }
    // Without a total nobody knows how many are left.
    guard let all = release.definition.population else { return true }
    let left = told.reduce(all) { $0 - (people($1.fields) ?? 0) }
    return left >= told.reduce(release.manifest.responses) { $0 - ($1.row.base ?? 0) } + 2 * minimum
  }

  /// Whether a pack of everyone, where the release has one that tells of people, tells all groups that a pack is made of.
  private func addsUp(_ pack: String) -> Bool {
    guard let who = release.packs.first(where: { $0.id == pack })?.who, who.count == 1, who[0].count == 1
    else {
      return false
    }
    let item = who[0][0].item
    let whole = release.packs.filter { $0.who == nil }.compactMap { files[$0.id] }
    return whole.isEmpty
      || whole.contains { stated(item).isSubset(of: Set(told(item, $0).map(\.row.group))) }
  }
}
