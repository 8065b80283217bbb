import Solver
import Tabulation

/// All tables of who raised which combination of some themes that agree with what is published of each theme by itself: how
/// closely pairs of them that are published tell a combination.
///
/// The unknowns are the totals of each combination in each atom. A total that is withheld is at least what is published of
/// themes below it; how many raised two themes lies within the bounds that each banner's groups leave it (Fréchet, 1951),
/// of which everything is taken as known, withheld or not. For every reader it is taken as known that no combination is
/// empty which somebody has.
struct CombinationProgram {
  private let counts: CombinationCounts
  private let model: AudienceModel
  /// The themes of a combination, by their positions in the codebook.
  private let themes: [Int]
  private let columns: [(lower: Double, upper: Double)]
  private var rows: [(form: LinearForm, lower: Double, upper: Double)] = []
  /// Tables found so far that agree with the pairs that were last asked about.
  private var points: [[Double]] = []
  private static let pointLimit = 2_000
  /// By part and themes raised or not: what is known without any pair.
  private var alone: [[Int]: ClosedRange<Int>] = [:]

  /// - Parameter below: By theme of the question, the themes that lie below it at any depth.
  init(
    counts: CombinationCounts, model: AudienceModel, system: QuestionSystem, themes: [Int],
    below: [[Int]]
  ) {
    self.counts = counts
    self.model = model
    self.themes = themes
    columns = (0..<model.atomCount).flatMap { atom in
      (0..<counts.combinations).map { combination in
        (counts.count(0, atom: atom, group: 0, combination) > 0 ? 1 : 0, IntegerProgram.unbounded)
      }
    }
    for audience in model.audiences.indices where system.scope.isPrinted[audience][0] {
      let atoms = model.parts[audience].atoms
      let shown = below.indices.map { system.shownTotal(ofTheme: $0, audience, atoms) }
      // Where the base is everyone who was asked, how many were coded is taken as known.
      let hidesBase =
        system.main.isWithheld(0, audience: audience, group: 0, set: system.baseSet)
        && !system.main.sets[system.baseSet].members.allSatisfy(\.self)
      let base = hidesBase ? nil : counts.count(atoms: atoms, with: 0, without: 0)
      require(atoms, 0, base, least: shown.compactMap(\.self).max())
      for (bit, theme) in themes.enumerated() {
        require(atoms, 1 << bit, shown[theme], least: below[theme].compactMap { shown[$0] }.max())
      }
      for pair in Protector.ThemePair.all(of: themes.count) {
        let bounds = counts.bounds(of: pair, atoms: atoms)
        rows.append(
          (
            form(atoms, with: 1 << pair.first | 1 << pair.second, without: 0), Double(bounds.lowerBound),
            Double(bounds.upperBound)
          ))
      }
    }
  }

  private mutating func require(_ atoms: [Bool], _ mask: Int, _ count: Int?, least: Int?) {
    rows.append(
      (
        form(atoms, with: mask, without: 0), Double(count ?? least ?? 0),
        count.map(Double.init) ?? IntegerProgram.unbounded
      ))
  }

  /// Whether every small number of people with a combination of two themes or more, in a pack or in what packs leave of each
  /// other, is open by `minimum_cell` and up to it, or is told as closely without any pair.
  mutating func keepsOpen(_ published: [Set<Protector.ThemePair>], minimumCell: Int) -> Bool {
    let told = published.enumerated().flatMap { audience, pairs in
      pairs.map { (audience: audience, mask: 1 << $0.first | 1 << $0.second) }
    }.sorted { ($0.audience, $0.mask) < ($1.audience, $1.mask) }
    let known = told.map { pair in
      let atoms = model.parts[pair.audience].atoms
      let count = Double(counts.count(atoms: atoms, with: pair.mask, without: 0))
      return (form: form(atoms, with: pair.mask, without: 0), lower: count, upper: count)
    }
    points.removeAll { point in known.contains { abs($0.form.value(at: point) - $0.lower) > 0.5 } }
    var program = IntegerProgram(rows: rows + known, columns: columns)
    var without = IntegerProgram(rows: rows, columns: columns)
    for (position, part) in model.parts.enumerated() {
      for (with, not) in sorts {
        // One that is larger and could be small has an interval of `minimum_cell` by itself.
        if counts.count(atoms: part.atoms, with: with, without: not) >= 2 * minimumCell - 1 { continue }
        let form = form(part.atoms, with: with, without: not)
        let seen = points.map { Int(form.value(at: $0).rounded()) }
        let key = [position, with, not]
        if let low = seen.min(), let high = seen.max(),
          high - max(1, low) >= minimumCell || alone[key] == low...high
        {
          continue
        }
        guard let (range, found) = Self.range(form, &program) else { return false }
        if points.count < Self.pointLimit { points += found }
        if Self.isOpen(range, minimumCell) { continue }
        if alone[key] == nil { alone[key] = Self.range(form, &without)?.range }
        if alone[key] != range { return false }
      }
    }
    return true
  }

  /// Whether a count that lies in a range is not small, or not known closely, by whoever is counted in it either.
  static func isOpen(_ range: ClosedRange<Int>, _ minimumCell: Int) -> Bool {
    minimumCell <= 1 || range.upperBound == 0 || range.lowerBound >= minimumCell
      || range.upperBound - max(1, range.lowerBound) >= minimumCell
  }

  /// Of two themes or more, those that are raised and those that are not.
  private var sorts: [(with: Int, without: Int)] {
    (0..<counts.combinations).flatMap { with in
      (0..<counts.combinations).filter { $0 & with == 0 && ($0 | with).nonzeroBitCount > 1 }.map {
        (with, $0)
      }
    }
  }

  private func form(_ atoms: [Bool], with: Int, without: Int) -> LinearForm {
    var form = LinearForm()
    for atom in atoms.indices where atoms[atom] {
      for combination in 0..<counts.combinations
      where combination & with == with && combination & without == 0 {
        form.add(atom * counts.combinations + combination, 1)
      }
    }
    return form
  }

  /// The smallest and largest whole value of a form that were found, with the tables that have them; nil where none were.
  private static func range(
    _ form: LinearForm, _ program: inout IntegerProgram
  ) -> (range: ClosedRange<Int>, points: [[Double]])? {
    guard let low = end(form, isLargest: false, &program), let high = end(form, isLargest: true, &program),
      low.value <= high.value
    else { return nil }
    return (low.value...high.value, [low.point, high.point])
  }

  private static func end(
    _ form: LinearForm, isLargest: Bool, _ program: inout IntegerProgram
  ) -> (value: Int, point: [Double])? {
    guard case .optimal(let value, let point) = program.bound(form, isLargest: isLargest) else { return nil }
    if point.allSatisfy({ abs($0 - $0.rounded()) < 1e-6 }) {
      return (Int(value.rounded()), point.map { $0.rounded() })
    }
    switch program.integerBound(form, isLargest: isLargest, nodeLimit: 300) {
    case .optimal(let value, let point), .limited(let value, _, let point):
      return (Int(value.rounded()), point)
    case .infeasible, .unknown: return nil
    }
  }
}
