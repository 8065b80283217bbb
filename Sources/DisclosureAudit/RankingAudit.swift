/// What rankings.csv shows of the places of options, and the means of places in tables.csv: that they go with the tables, and
/// that no reader can tell a small group from them.
///
/// Of a group all places are told or none. So what readers have of places are whole tables, of options by places, and what these
/// add up to or leave of each other: of a total the groups that nothing is told of, of a pack the people of no other. In each of
/// these every option is often enough at every place, or the release is broken there.
struct RankingAudit {
  static let file = "rankings.csv"

  private(set) var faults: [String] = []
  private(set) var breaks: [AuditBreak] = []
  private let release: PublishedRelease
  private let minimumCell: Int
  private let minimumBase: Int

  typealias Rows = [(row: PublishedRow, fields: [String: String])]

  /// A group of a pack.
  private struct Place: Hashable {
    var pack: Int
    var banner: String
    var group: String
    /// Stands for all groups together.
    static func total(_ pack: Int) -> Place { Place(pack: pack, banner: "total", group: "Total") }
  }

  /// By option, the counts of its places, and last how many did not rank it.
  private typealias Table = [[Int]]

  /// - Parameter files: By pack, the rows of its file; a pack without one is not among them.
  init(_ release: PublishedRelease, _ atoms: AudienceAtoms, _ files: [String: Rows]) {
    self.release = release
    minimumCell = release.definition.protection.minimumCell
    minimumBase = release.definition.protection.minimumBase
    let parts = AudiencePart.parts(atoms, packs: release.packs.count)
    var explained: [String: Int] = [:]
    for question in release.definition.questions where question.kind == "ranking" {
      var told: [Place: Table] = [:]
      for (position, pack) in release.packs.enumerated() where pack.questions.contains(question.id) {
        let rows = (files[pack.id] ?? []).filter { $0.row.question == question.id }
        for (key, rows) in Dictionary(grouping: rows, by: { [$0.row.banner, $0.row.group] }).sorted(by: {
          $0.key.lexicographicallyPrecedes($1.key)
        }) {
          explained[pack.id, default: 0] += rows.count
          let place = Place(pack: position, banner: key[0], group: key[1])
          if let table = table(rows, question, place) { told[place] = table }
        }
        checkMeans(question, position, told)
      }
      checkGroups(question, told)
      attack(question, parts, atoms, told)
    }
    for (pack, rows) in files.sorted(by: { $0.key < $1.key }) where rows.count > explained[pack, default: 0] {
      faults.append("\(pack)/\(Self.file): nothing in definition.json leads to some of its rows")
    }
  }

  // MARK: - What goes with the tables

  /// The table that some rows of a group make; nil, and a fault told, where they make none or do not go with tables.csv.
  private mutating func table(
    _ rows: Rows, _ question: PublishedDefinition.Question, _ place: Place
  ) -> Table? {
    let pack = release.packs[place.pack].id
    let name =
      "\(pack)/\(Self.file), \(question.id), \(place.banner == "total" ? "total" : "\(place.banner) \(place.group)")"
    func fail(_ message: String) -> Table? {
      faults.append("\(name): \(message)")
      return nil
    }
    guard let base = release.row(pack, question.id, "(base)", place.banner, place.group)?.count,
      let answered = release.answered(question, pack, place.banner, place.group), answered > 0
    else { return fail("tables.csv does not tell how many ranked any option") }
    let places = max(1, question.places ?? 1)
    let ranks = (1...places).map { "\($0)" } + ["not ranked"] + (question.top.map { ["top \($0)"] } ?? [])
    guard rows.count == ranks.count * question.answers.count else {
      return fail("places are told whole, of all options, or not at all")
    }
    var table: Table = []
    for option in question.answers {
      var counts: [Int] = []
      for rank in ranks {
        let found = rows.filter { $0.row.answer == option && $0.fields["place"] == rank }
        guard found.count == 1, let row = found.first?.row, let count = row.count, row.base == base else {
          return fail("\u{201C}\(option)\u{201D}, \(rank): the row is missing, or says another base")
        }
        guard row.isShare(count, of: base, release.intervals) else {
          return fail("\u{201C}\(option)\u{201D}, \(rank): the share is not that of \(count) of \(base)")
        }
        counts.append(count)
      }
      guard counts[...places].reduce(0, +) == answered else {
        return fail("the places of \u{201C}\(option)\u{201D} do not add up to \(answered)")
      }
      guard counts[0] == release.row(pack, question.id, option, place.banner, place.group)?.count else {
        return fail("tables.csv does not say as many first choices of \u{201C}\(option)\u{201D}")
      }
      if let top = question.top, counts.last != counts[..<top].reduce(0, +) {
        return fail("the first \(top) places of \u{201C}\(option)\u{201D} do not add up")
      }
      table.append(Array(counts[...places]))
    }
    let given = given(table)
    guard given[0] == answered, zip(given, given.dropFirst()).allSatisfy({ $0 >= $1 }) else {
      return fail("a place is given more often than the one before it, or the first not by everyone")
    }
    return table
  }

  /// How many gave each place to any option.
  private func given(_ table: Table) -> [Int] {
    guard let first = table.first else { return [] }
    return (0..<(first.count - 1)).map { place in table.reduce(0) { $0 + $1[place] } }
  }

  /// A mean stands where places are told, and is theirs.
  private mutating func checkMeans(
    _ question: PublishedDefinition.Question, _ pack: Int, _ told: [Place: Table]
  ) {
    for row in release.rows where row.question == question.id && row.pack == release.packs[pack].id {
      let table = told[Place(pack: pack, banner: row.banner, group: row.group)]
      var mean: Int?
      if let option = question.answers.firstIndex(of: row.answer), let counts = table?[option].dropLast() {
        let people = counts.reduce(0, +)
        let sum = counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
        mean = people == 0 ? nil : (200 * sum + people) / (2 * people)
      }
      if row.value != mean {
        faults.append(
          "\(row.pack)/tables.csv:\(row.line): the mean place is not that of the places in \(Self.file)")
      }
    }
  }

  // MARK: - Attacks

  /// Groups of which places are told have no first choice withheld under their banner, in any pack with any of the people; and of
  /// all these packs the total is told.
  private mutating func checkGroups(_ question: PublishedDefinition.Question, _ told: [Place: Table]) {
    for banner in Set(told.keys.map(\.banner)).subtracting(["total"]).sorted() {
      for (position, pack) in release.packs.enumerated() where pack.questions.contains(question.id) {
        guard let total = release.row(pack.id, question.id, "(base)", "total", "Total"), total.count != 0
        else {
          continue
        }
        if told[.total(position)] == nil {
          faults.append(
            "\(pack.id)/\(Self.file), \(question.id): places are told of groups of \(banner), though of this pack not of everyone"
          )
        }
        guard pack.banners.contains(banner) else { continue }
        let rows = release.rows.filter {
          $0.pack == pack.id && $0.question == question.id && $0.banner == banner
        }
        for row in rows where row.count == nil {
          faults.append(
            "\(pack.id)/tables.csv:\(row.line): a first choice is withheld, though places are told of groups of \(banner)"
          )
        }
        let groups = Set(rows.filter { $0.base ?? 0 > 0 }.map(\.group))
        for group in groups.sorted() where told[Place(pack: position, banner: banner, group: group)] == nil {
          faults.append(
            "\(pack.id)/\(Self.file), \(question.id), \(banner) \(group): places are told of all groups or of none"
          )
        }
      }
    }
  }

  /// Looks at each table that is told or follows: under each banner the people of a part, in each group and in those together
  /// that nothing is told of, as far as totals and groups of packs add up to them.
  private mutating func attack(
    _ question: PublishedDefinition.Question, _ parts: [AudiencePart], _ atoms: AudienceAtoms,
    _ told: [Place: Table]
  ) {
    for banner in Set(told.keys.map(\.banner)).sorted() {
      let labels = release.groupLabels(of: banner)
      let places = told.keys.filter { $0.banner == banner || $0.banner == "total" }.sorted {
        ($0.pack, $0.banner, $0.group) < ($1.pack, $1.banner, $1.group)
      }
      /// The people of some atoms in some groups, as far as there can be any.
      func people(_ members: [Bool], _ groups: Set<String>) -> [Bool] {
        members.indices.flatMap { atom in
          labels.enumerated().map { value, label in
            members[atom] && groups.contains(label)
              && (banner == "total" || atoms.canHave(atom, banner, value))
              && !isEmpty(question, atoms.isMember[atom], banner, label)
          }
        }
      }
      let span = LinearSpan(
        places.map { place in
          people(
            atoms.isMember.map { $0[place.pack] }, place.banner == banner ? [place.group] : Set(labels))
        })
      func check(_ part: AudiencePart, _ groups: Set<String>, _ name: String?) {
        guard let times = span.combination(of: people(part.atoms, groups)) else { return }
        var sum = [[Double]](
          repeating: Array(repeating: 0, count: max(1, question.places ?? 1) + 1),
          count: question.answers.count)
        for (place, times) in zip(places, times) where abs(times) > 1e-6 {
          guard let table = told[place] else { continue }
          for option in sum.indices {
            for rank in sum[option].indices { sum[option][rank] += times * Double(table[option][rank]) }
          }
        }
        self.check(sum.map { $0.map { Int($0.rounded()) } }, question, part, banner, name)
      }
      let shown = Set(places.filter { $0.banner == banner }.map(\.group))
      for part in parts {
        for label in labels { check(part, [label], label) }
        check(part, Set(labels).subtracting(shown), nil)
      }
    }
  }

  /// Whether a group of a pack with these people is told to have nobody who ranked any option.
  private func isEmpty(
    _ question: PublishedDefinition.Question, _ packs: [Bool], _ banner: String, _ group: String
  ) -> Bool {
    zip(release.packs, packs).contains { pack, isMember in
      isMember && release.row(pack.id, question.id, "(base)", banner, group)?.count == 0
    }
  }

  /// - Parameter group: nil: the groups that nothing is told of, together.
  private mutating func check(
    _ table: Table, _ question: PublishedDefinition.Question, _ part: AudiencePart, _ banner: String,
    _ group: String?
  ) {
    let packs = part.pieces.map { release.packs[$0.packs[0]].id }
    let across =
      banner == "total" ? "total" : group.map { "\(banner) \($0)" } ?? "\(banner), the groups not told of"
    func tell(_ what: String, _ count: Int) {
      breaks.append(
        AuditBreak(
          place: "\(packs.joined(separator: " less ")), \(question.id) \(what), \(across)",
          coordinates: AuditPlace(
            packs: packs, question: question.id, banner: nil, group: nil, isOfCompanion: true),
          range: count...count, insider: nil, arithmetic: ["by adding and subtracting \(Self.file)"]))
    }
    let given = given(table).filter { $0 != 0 }
    guard let people = given.first, let whole = given.last else { return }
    if people < minimumBase { return tell("of any option", people) }
    if minimumCell <= 1 { return }
    for (option, counts) in zip(question.answers, table) {
      for (place, count) in counts.prefix(given.count).enumerated()
      where count < minimumCell || count <= people - whole {
        tell("\u{201C}\(option)\u{201D} at place \(place + 1)", count)
      }
      guard let left = counts.last else { continue }
      if (left != 0 && left < minimumCell) || (left == 0 && question.sensitive && given.count < table.count) {
        tell("\u{201C}\(option)\u{201D} not ranked", left)
      }
    }
    for (place, (more, less)) in zip(given, given.dropFirst()).enumerated()
    where more != less && more - less < minimumCell {
      tell("with \(place + 1) places given", more - less)
    }
  }
}
