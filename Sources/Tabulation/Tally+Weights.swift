public import SurveyDefinition

/// What the respondents of each count of a tally weigh.
public struct TallyWeights: Sendable {
  /// All responses.
  public let everyone: WeightSum
  /// Divisions of the respondents by what few different weights tell of them; empty where weights are many.
  public let partitions: [WeightPartition]
  // Parallel to the counts and to the histogram.
  let sums: [WeightSum]
  let histogram: NumberRows<WeightSum>
}

/// All respondents by what their weight tells of them, where that is little enough to be read back from weighted and unweighted
/// figures side by side.
public struct WeightPartition: Sendable {
  /// With no more classes than this, most weighted figures of small groups come about in one way only, and nearly all that is
  /// counted follows class by class.
  public static let mostReadable = 4
  /// With more classes than this, hardly any do, even of five people.
  public static let mostClasses = 12

  /// Whose groups the classes are; nil where they are different weights, whatever they stand for.
  public let item: Item?
  public let classes: [WeightClass]

  /// Whether it is to be taken that a reader has every published count class by class.
  public var isReadable: Bool { classes.count <= Self.mostReadable }
}

/// Respondents whose weight tells them from others.
public struct WeightClass: Sendable {
  /// The position of the group; of different weights that of the weight, from the least. nil: not stated.
  public let group: Int?
  /// In units of 10⁻¹²; nil where respondents of the class weigh differently.
  public let weight: Int64?
  /// These respondents alone, without weights: the same plan and atoms as of everyone.
  public let tally: Tally
}

extension Tally {
  /// What raking needs of the responses: which groups of its margins go together, and how many respondents have them.
  ///
  /// Empty where the definition does not rake. A group of nil is not stated.
  public var rakingCombinations: [(groups: [Int?], respondents: Int)] {
    guard case .rake(let margins, _) = plan.survey.weights else { return [] }
    var respondents: [Int: Int] = [:]
    for (atom, part) in parts.enumerated() { respondents[part, default: 0] += size(ofAtom: atom) }
    return respondents.sorted { $0.key < $1.key }.map { (Self.groups(ofPart: $0.key, margins), $0.value) }
  }

  /// The tally of the same responses by the weights of its column.
  public func weightedByColumn() -> Tally {
    if weightColumn.isSummed {
      var tally = self
      tally.weights = TallyWeights(
        everyone: everyone(weightColumn.sums), partitions: [], sums: weightColumn.sums,
        histogram: weightColumn.histogram)
      tally.weightColumn = WeightColumn(groups: plan.groupsOfColumns)
      return tally
    }
    let weights = weightColumn.weights
    return collapsed({ weights[$0] }, partitions: differentWeights { weights[$0] })
  }

  /// The tally of the same responses with a weight for each combination of groups of the raking margins.
  /// - Parameter weight: In units of 10⁻¹², of the groups of each margin; nil: not stated.
  public func weighted(by weight: ([Int?]) -> Int64) -> Tally {
    guard case .rake(let margins, _) = plan.survey.weights else { return self }
    let present = Set(parts)
    let partitions = margins.indices.compactMap { margin -> (Item?, [(group: Int?, parts: Set<Int>)])? in
      let byGroup = Dictionary(grouping: present) { Self.groups(ofPart: $0, margins)[margin] ?? -1 }
      guard (2...WeightPartition.mostReadable).contains(byGroup.count) else { return nil }
      return (
        margins[margin].item,
        byGroup.sorted { $0.key < $1.key }.map { ($0.key < 0 ? nil : $0.key, Set($0.value)) }
      )
    }
    func units(_ part: Int) -> Int64 { weight(Self.groups(ofPart: part, margins)) }
    // Of a single margin, whose groups have a weight each, they would be the same classes again.
    let different = margins.count == 1 && !partitions.isEmpty ? [] : differentWeights(units)
    return collapsed(units, partitions: partitions + different)
  }

  /// The classes of respondents of one weight, where these are few; weights that differ by less than anybody could tell are one.
  private func differentWeights(_ weight: (Int) -> Int64) -> [(
    item: Item?,
    classes: [(
      group: Int?, parts: Set<Int>
    )]
  )] {
    var classes: [(weight: Int64, parts: Set<Int>)] = []
    for part in Set(parts).sorted(by: { (weight($0), $0) < (weight($1), $1) }) {
      let own = weight(part)
      if let last = classes.last, own - last.weight <= last.weight / 1_000_000 {
        classes[classes.count - 1].parts.insert(part)
      } else {
        classes.append((own, [part]))
      }
    }
    guard (2...WeightPartition.mostClasses).contains(classes.count) else { return [] }
    return [(nil, classes.enumerated().map { (group: Int?($0.offset), parts: $0.element.parts) })]
  }

  /// What respondents of one atom in one category of a table weigh, within a group of a banner (nil: the total, group 0).
  /// Nothing where the tally has no weights.
  public func weight(atom: Int, table: Int, banner: Int?, group: Int, category: Int) -> WeightSum {
    weights?.sums[place(atom: atom, table: table, banner: banner, group: group, category: category)]
      ?? WeightSum()
  }

  /// The distinct values of a number with what those who gave each weigh, ascending, over some atoms of one group.
  public func weightedValues(atoms wanted: [Int], table: Int, banner: Int?, group: Int) -> [(
    value: Decimal6, count: WeightSum
  )] {
    merged(
      weights?.histogram ?? NumberRows(width: plan.groupsOfColumns, nothing: WeightSum()), atoms: wanted,
      table: table, banner: banner, group: group, into: WeightSum()
    ) { $0.add($1) }
  }

  // MARK: - Atoms

  private static func groups(ofPart part: Int, _ margins: [RakingMargin]) -> [Int?] {
    var rest = part
    var groups: [Int?] = []
    for margin in margins.reversed() {
      let (quotient, code) = rest.quotientAndRemainder(dividingBy: margin.shares.count + 1)
      groups.append(code == 0 ? nil : code - 1)
      rest = quotient
    }
    return groups.reversed()
  }

  private func size(ofAtom atom: Int) -> Int {
    count(atom: atom, table: 0, banner: nil, group: 0, category: 0)
  }

  private func everyone(_ sums: [WeightSum]) -> WeightSum {
    atoms.indices.reduce(into: WeightSum()) {
      $0.add(sums[place(atom: $1, table: 0, banner: nil, group: 0, category: 0)])
    }
  }

  /// The same responses with one atom for all parts of the same audiences, and what the parts weigh beside each count.
  private func collapsed(
    _ weight: (Int) -> Int64, partitions: [(item: Item?, classes: [(group: Int?, parts: Set<Int>)])]
  ) -> Tally {
    var whole = merged { _ in true }
    let (sums, histogram) = summed(weight, into: whole)
    whole.weights = TallyWeights(
      everyone: whole.everyone(sums),
      partitions: partitions.map { item, classes in
        WeightPartition(
          item: item,
          classes: classes.map { group, parts in
            let units = Set(parts.map(weight))
            return WeightClass(
              group: group, weight: units.count == 1 || item == nil ? units.min() : nil,
              tally: merged { parts.contains($0) })
          })
      }, sums: sums, histogram: histogram)
    return whole
  }

  /// This tally when weights have turned out to be many: summed so far, and from now on.
  func summingWeights() -> Tally {
    let weights = weightColumn.weights
    var whole = merged { _ in true }
    let (sums, histogram) = summed({ weights[$0] }, into: whole)
    whole.weightColumn = .summed(sums, histogram)
    return whole
  }

  /// Only the counts of some parts, without weights; the atoms are those of all.
  private func merged(_ isCounted: (Int) -> Bool) -> Tally {
    var whole = self
    whole.empty()
    let keys = Set(atoms).sorted().map { AtomKey(mask: $0, part: 0) }
    whole.makeAtoms(keys)
    for (atom, part) in parts.enumerated() where isCounted(part) {
      guard let own = whole.atoms.firstIndex(of: atoms[atom]) else { continue }
      let (from, to) = (atom * plan.cellsPerAtom, own * plan.cellsPerAtom)
      for cell in 0..<plan.cellsPerAtom { whole.cells[to + cell] += cells[from + cell] }
      whole.indexSums.add(indexSums, atom: atom, to: own)
    }
    whole.histogram.add(
      histogram, key: { isCounted($0.atom.part) ? $0.collapsed : nil },
      { count, other, _ in count += other })
    return whole
  }

  private func summed(_ weight: (Int) -> Int64, into whole: Tally) -> (
    [WeightSum], NumberRows<WeightSum>
  ) {
    var sums = Array(repeating: WeightSum(), count: whole.cells.count)
    for (atom, part) in parts.enumerated() {
      guard let own = whole.atoms.firstIndex(of: atoms[atom]) else { continue }
      let units = weight(part)
      let (from, to) = (atom * plan.cellsPerAtom, own * plan.cellsPerAtom)
      for cell in 0..<plan.cellsPerAtom { sums[to + cell].add(units, times: cells[from + cell]) }
    }
    var values = NumberRows(width: plan.groupsOfColumns, nothing: WeightSum())
    values.add(histogram, key: \.collapsed) { sum, count, key in sum.add(weight(key.atom.part), times: count)
    }
    return (sums, values)
  }
}

extension NumberKey {
  fileprivate var collapsed: Self {
    var key = self
    key.atom.part = 0
    return key
  }
}
