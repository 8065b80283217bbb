import SurveyDefinition

/// The counts of a tally that is not weighted yet, apart from the plan under which they were counted: as they can be kept in a file
/// until other responses of the same survey have been counted.
///
/// They are raw: whoever has them knows every small count.
public struct TallyCounts: Codable, Sendable, Equatable {
  fileprivate var responses: Int
  fileprivate var atoms: [UInt64]
  fileprivate var parts: [Int]
  fileprivate var cells: [Int]
  fileprivate var routingViolations: [Int]
  /// Of each: the unit, and the question's position.
  fileprivate var codedNotAsked: [[Int]]
  /// 128-bit numbers, in digits.
  fileprivate var indexSums: [String]
  fileprivate var histogram: [Value<Int>]
  fileprivate var weights: [Int64]
  /// nil where few weights tell parts from one another.
  fileprivate var weightSums: [WeightSum]?
  fileprivate var weightHistogram: [Value<WeightSum>]

  /// What there is of one value of a number.
  fileprivate struct Value<Number: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
    /// Mask, part, table and value.
    var place: [Int64]
    /// By group of any column.
    var numbers: [Number]

    init(_ key: NumberKey, _ numbers: [Number]) {
      place = [Int64(bitPattern: key.atom.mask), Int64(key.atom.part), Int64(key.table), key.value]
      self.numbers = numbers
    }

    /// nil where it is of nothing that the tally counts.
    func key(in plan: TabulationPlan) -> NumberKey? {
      guard place.count == 4, plan.tables.indices.contains(Int(place[2])) else { return nil }
      return NumberKey(
        atom: Tally.AtomKey(mask: UInt64(bitPattern: place[0]), part: Int(place[1])), table: Int(place[2]),
        value: place[3])
    }
  }

  public init(_ tally: Tally) {
    precondition(tally.weights == nil, "weights are reckoned from all responses")
    func listed<Number>(_ rows: NumberRows<Number>) -> [Value<Number>] { rows.listed.map { Value($0, $1) } }
    responses = tally.responses
    (atoms, parts, cells) = (tally.atoms, tally.parts, tally.cells)
    routingViolations = tally.routingViolations
    codedNotAsked = tally.codedNotAsked.map { [$0.unit, $0.question] }
    indexSums = tally.indexSums.listed.map { "\($0)" }
    histogram = listed(tally.histogram)
    weights = tally.weightColumn.weights
    weightSums = tally.weightColumn.isSummed ? tally.weightColumn.sums : nil
    weightHistogram = listed(tally.weightColumn.histogram)
  }
}

extension Tally {
  /// A tally of these counts; nil where they are not of this plan, or cannot be counts of anybody.
  public init?(_ counts: TallyCounts, under plan: TabulationPlan) {
    guard counts.fit(plan) else { return nil }
    self.init(plan)
    makeAtoms(zip(counts.atoms, counts.parts).map { AtomKey(mask: $0, part: $1) })
    responses = counts.responses
    cells = counts.cells
    routingViolations = counts.routingViolations
    codedNotAsked = counts.codedNotAsked.map { ($0[0], $0[1]) }
    let numbers = counts.indexSums.compactMap { Int128($0) }
    guard numbers.count == counts.indexSums.count, indexSums.restore(numbers) else { return nil }
    func restore<Number>(_ values: [TallyCounts.Value<Number>], to rows: inout NumberRows<Number>) -> Bool {
      values.allSatisfy { value in value.key(in: plan).map { rows.restore($0, value.numbers) } ?? false }
    }
    var weighted = weightColumn.histogram
    guard restore(counts.histogram, to: &histogram), restore(counts.weightHistogram, to: &weighted),
      counts.histogram.allSatisfy({ $0.numbers.allSatisfy { $0 >= 0 } && $0.numbers[0] > 0 })
    else { return nil }
    weightColumn =
      if let sums = counts.weightSums { .summed(sums, weighted) } else {
        WeightColumn(counts.weights, groups: plan.groupsOfColumns)
      }
  }
}

extension TallyCounts {
  /// Whether there are as many of everything as a tally under this plan has, none below 0.
  fileprivate func fit(_ plan: TabulationPlan) -> Bool {
    let keys = zip(atoms, parts).map { Tally.AtomKey(mask: $0, part: $1) }
    guard atoms.count == parts.count, zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }),
      cells.count == atoms.count * plan.cellsPerAtom, routingViolations.count == plan.survey.questions.count,
      ([responses] + cells + routingViolations + parts).allSatisfy({ $0 >= 0 }),
      codedNotAsked.allSatisfy({ $0.count == 2 && plan.survey.questions.indices.contains($0[1]) })
    else { return false }
    if let weightSums {
      return weightSums.count == cells.count && weights.isEmpty && parts.allSatisfy { $0 == 0 }
    }
    guard weights.count <= WeightColumn.limit, Set(weights).count == weights.count,
      weights.allSatisfy({ $0 >= 0 }), weightHistogram.isEmpty
    else { return false }
    switch plan.survey.weights {
    case nil: return parts.allSatisfy { $0 == 0 } && weights.isEmpty
    case .column: return parts.allSatisfy { $0 < weights.count }
    case .rake: return weights.isEmpty
    }
  }
}
