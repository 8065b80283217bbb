import Solver

/// What co-occurrence.csv shows of pairs of themes: that it goes with the tables, and that no reader can tell a small group
/// from it.
///
/// A pair divides everyone whose text was coded into four: both raised, only the first, only the second, neither. These are
/// bounded by linear programs, in the total over all packs together, with every combination of the themes as an unknown,
/// and under each banner of a pack pair by pair. A count is broken where the pairs leave it less than the tables alone do.
struct CoOccurrenceAudit {
  static let file = "co-occurrence.csv"

  private(set) var faults: [String] = []
  private(set) var breaks: [AuditBreak] = []
  private let release: PublishedRelease
  private let atoms: AudienceAtoms
  private let minimumCell: Int

  /// A row of the file, by the positions of its themes among those whose pairs are counted.
  private struct Pair {
    var pack: Int
    var first: Int
    var second: Int
    var row: PublishedRow
    var mask: Int { 1 << first | 1 << second }
  }

  typealias Rows = [(row: PublishedRow, fields: [String: String])]

  /// - Parameter files: By pack, the rows of its file; a pack without one is not among them.
  init(_ release: PublishedRelease, _ atoms: AudienceAtoms, _ files: [String: Rows]) {
    self.release = release
    self.atoms = atoms
    minimumCell = release.definition.protection.minimumCell
    var explained: [String: Int] = [:]
    for question in release.definition.questions {
      guard let ids = question.coOccurrence, let themes = question.themes else { continue }
      let labels = ids.compactMap { id in themes.first { $0.id == id }?.answer }
      var pairs: [Pair] = []
      for (position, pack) in release.packs.enumerated() where pack.questions.contains(question.id) {
        for first in labels.indices {
          for second in labels.indices where second > first {
            let found = (files[pack.id] ?? []).filter {
              $0.row.question == question.id && $0.row.answer == labels[first]
                && $0.fields["with"] == labels[second]
            }
            guard found.count == 1, let (row, fields) = found.first else {
              faults.append(
                "\(pack.id)/\(Self.file), \(question.id) \u{201C}\(labels[first])\u{201D} with \u{201C}\(labels[second])\u{201D}: \(found.isEmpty ? "the row is missing; nothing may be left out, only marked" : "the row stands there more than once")"
              )
              continue
            }
            explained[pack.id, default: 0] += 1
            let faults = wrong(row, fields, pack.id, labels[first], labels[second])
            self.faults += faults.map { "\(pack.id)/\(Self.file):\(row.line): \($0)" }
            if faults.isEmpty { pairs.append(Pair(pack: position, first: first, second: second, row: row)) }
          }
        }
      }
      let shown = pairs.filter { $0.row.count != nil }
      if shown.isEmpty { continue }
      guard labels.count <= Self.themeLimit else {
        faults.append("\(question.id): pairs of so many themes cannot be audited by this version")
        continue
      }
      attackTotals(question, labels, shown)
      for pair in shown { attackGroups(question, labels, pair) }
    }
    for (pack, rows) in files.sorted(by: { $0.key < $1.key }) where rows.count > explained[pack, default: 0] {
      faults.append("\(pack)/\(Self.file): nothing in definition.json leads to some of its rows")
    }
  }

  /// More themes than canvass lets a question count pairs of.
  private static let themeLimit = 8

  // MARK: - What goes with the tables

  /// Sentences about a row that does not go with the tables.
  private func wrong(
    _ row: PublishedRow, _ fields: [String: String], _ pack: String, _ first: String, _ second: String
  ) -> [String] {
    guard row.banner == "total", row.group == "Total" else { return ["pairs are of everyone in the pack"] }
    guard let base = total(row.question, "(base)", pack), base.base == row.base else {
      return ["its base is not that of tables.csv"]
    }
    if row.base == 0 { return row.count == 0 ? [] : ["nobody's text was coded"] }
    guard let count = row.count else {
      let isEmpty = row.percent == nil && row.lower == nil && row.upper == nil && fields["expected"] == ""
      return isEmpty ? [] : ["the row is withheld and shows a number all the same"]
    }
    guard let whole = row.base, let one = total(row.question, first, pack)?.count,
      let other = total(row.question, second, pack)?.count
    else { return ["tables.csv withholds one of its themes, or the base"] }
    var faults: [String] = []
    if count > min(one, other) || count < one + other - whole {
      faults.append("\(count) cannot have raised both, of \(whole), where \(one) and \(other) raised each")
    }
    if !row.isShare(count, of: whole, release.intervals) {
      faults.append("the percentage or its interval is not that of \(count) of \(whole)")
    }
    let expected = (20 * one * other + whole) / (2 * whole)
    if fields["expected"] != "\(expected / 10).\(expected % 10)" {
      faults.append("`expected` is not what \(one) and \(other) of \(whole) would have in common by chance")
    }
    return faults
  }

  private func total(_ question: String, _ answer: String, _ pack: String) -> PublishedRow? {
    release.row(pack, question, answer, "total", "Total")
  }

  // MARK: - Attacks

  /// A form over unknown counts with what it is known to be.
  private typealias Row = (form: LinearForm, lower: Double, upper: Double)

  /// Bounds every group of people that two themes or more make in the total, of packs and of what they leave of each other.
  private mutating func attackTotals(
    _ question: PublishedDefinition.Question, _ labels: [String], _ pairs: [Pair]
  ) {
    let combinations = 1 << labels.count
    func form(_ members: [Bool], with: Int, without: Int) -> LinearForm {
      var form = LinearForm()
      for atom in members.indices where members[atom] {
        for combination in 0..<combinations where combination & with == with && combination & without == 0 {
          form.add(atom * combinations + combination, 1)
        }
      }
      return form
    }
    var known: [Row] = []
    for (position, pack) in release.packs.enumerated() where pack.questions.contains(question.id) {
      let members = atoms.isMember.map { $0[position] }
      let coded = release.answered(question, pack.id, "total", "Total")
      for (count, mask) in [(coded, 0)]
        + labels.enumerated().map({ (total(question.id, $1, pack.id)?.count, 1 << $0) })
      {
        guard let count else { continue }
        known.append((form(members, with: mask, without: 0), Double(count), Double(count)))
      }
    }
    let told = pairs.map { pair -> Row in
      let count = Double(pair.row.count ?? 0)
      return (form(atoms.isMember.map { $0[pair.pack] }, with: pair.mask, without: 0), count, count)
    }
    var attack = PairAttack(
      known: known, told: told,
      unknowns: Array(repeating: (0, Double(release.manifest.responses)), count: atoms.count * combinations))
    let sorts = (0..<combinations).flatMap { with in
      (0..<combinations).filter { $0 & with == 0 && ($0 | with).nonzeroBitCount > 1 }.map { (with, $0) }
    }
    for part in AudiencePart.parts(atoms, packs: release.packs.count) {
      for (with, without) in sorts {
        guard
          let range = attack.narrowed(
            form(part.atoms, with: with, without: without), minimumCell: minimumCell)
        else { continue }
        let names = labels.enumerated().compactMap { bit, label in
          with & (1 << bit) != 0 ? label : without & (1 << bit) != 0 ? "not \(label)" : nil
        }
        let packs = part.pieces.map { release.packs[$0.packs[0]].id }
        tell(question.id, packs, "total", "Total", names, range)
      }
    }
  }

  /// Bounds what one pair leaves of each group of each banner: the four groups of people that it makes there, and whatever
  /// the tables withhold of its themes.
  private mutating func attackGroups(
    _ question: PublishedDefinition.Question, _ labels: [String], _ pair: Pair
  ) {
    let pack = release.packs[pair.pack]
    let names = [labels[pair.first], labels[pair.second]]
    /// Both, only the first, only the second, neither.
    func cells(_ group: Int, _ answer: Int?) -> LinearForm {
      let chosen = answer.map { $0 == 0 ? [0, 1] : [0, 2] } ?? [0, 1, 2, 3]
      return LinearForm(columns: chosen.map { Int32(4 * group + $0) }, coefficients: chosen.map { _ in 1 })
    }
    func count(_ position: Int?, _ banner: String, _ group: String) -> Int? {
      position.map { release.row(pack.id, question.id, names[$0], banner, group)?.count }
        ?? release.answered(question, pack.id, banner, group)
    }
    for banner in pack.banners where banner != question.id {
      let groups = release.groupLabels(of: banner)
      var known: [Row] = []
      var withheld: [(group: Int, position: Int)] = []
      for (group, label) in groups.enumerated() {
        for position in [nil, 0, 1] {
          if let count = count(position, banner, label) {
            known.append((cells(group, position), Double(count), Double(count)))
          } else if let position {
            withheld.append((group, position))
          }
        }
      }
      for position in [nil, 0, 1] {
        guard let count = count(position, "total", "Total") else { continue }
        var form = LinearForm()
        for group in groups.indices {
          for column in cells(group, position).columns { form.add(Int(column), 1) }
        }
        known.append((form, Double(count), Double(count)))
      }
      var both = LinearForm()
      for group in groups.indices { both.add(4 * group, 1) }
      let count = Double(pair.row.count ?? 0)
      var attack = PairAttack(
        known: known, told: [(both, count, count)],
        unknowns: groups.flatMap { group in
          let size = release.row(pack.id, "respondents", "(base)", banner, group)?.count
          return Array(repeating: (lower: 0.0, upper: Double(size ?? release.manifest.responses)), count: 4)
        })
      for (group, position) in withheld {
        if let range = attack.narrowed(cells(group, position), minimumCell: minimumCell) {
          tell(question.id, [pack.id], banner, groups[group], [names[position]], range)
        }
      }
      for group in groups.indices {
        for cell in 0..<4 {
          let form = LinearForm(columns: [Int32(4 * group + cell)], coefficients: [1])
          guard let range = attack.narrowed(form, minimumCell: minimumCell) else { continue }
          let sides = zip(names, [cell < 2, cell % 2 == 0]).map { $1 ? $0 : "not \($0)" }
          tell(question.id, [pack.id], banner, groups[group], sides, range)
        }
      }
    }
  }

  private mutating func tell(
    _ question: String, _ packs: [String], _ banner: String, _ group: String, _ names: [String],
    _ range: ClosedRange<Int>
  ) {
    breaks.append(
      AuditBreak(
        place:
          "\(packs.joined(separator: " less ")), \(question) \(names.map { "\u{201C}\($0)\u{201D}" }.joined(separator: " and ")), \(banner == "total" ? "total" : "\(banner) \(group)")",
        coordinates: AuditPlace(
          packs: packs, question: question, banner: nil, group: nil, isOfCompanion: true),
        range: range, insider: nil,
        arithmetic: ["by \(Self.file) with the figures of each theme; by the latter alone it is open"]))
  }
}

/// What some rows tell beside others: bounds of forms over unknown counts, with and without them.
private struct PairAttack: ~Copyable {
  private var all: IntegerProgram
  private var without: IntegerProgram

  init(
    known: [(form: LinearForm, lower: Double, upper: Double)],
    told: [(form: LinearForm, lower: Double, upper: Double)], unknowns: [(lower: Double, upper: Double)]
  ) {
    all = IntegerProgram(rows: known + told, columns: unknowns)
    without = IntegerProgram(rows: known, columns: unknowns)
  }

  /// What a count is known to lie in, where that is too close for a small one, also for whoever is counted in it, and not
  /// so without the rows that are told; nil where it is open, or was as close before. A solver that fails tells nothing of
  /// a count, so it is taken as known.
  mutating func narrowed(_ form: LinearForm, minimumCell: Int) -> ClosedRange<Int>? {
    guard let range = Self.range(form, &all) else { return 0...0 }
    if isOpen(range, minimumCell) { return nil }
    return Self.range(form, &without) == range ? nil : range
  }

  private func isOpen(_ range: ClosedRange<Int>, _ minimumCell: Int) -> Bool {
    minimumCell <= 1 || range.upperBound == 0 || range.lowerBound >= minimumCell
      || range.upperBound - max(1, range.lowerBound) >= minimumCell
  }

  private static func range(_ form: LinearForm, _ program: inout IntegerProgram) -> ClosedRange<Int>? {
    guard case .optimal(let low, _) = program.bound(form, isLargest: false),
      case .optimal(let high, _) = program.bound(form, isLargest: true)
    else { return nil }
    let ends = (lower: Int((low - 1e-6).rounded(.up)), upper: Int((high + 1e-6).rounded(.down)))
    return ends.lower <= ends.upper ? ends.lower...ends.upper : nil
  }
}
