import SurveyDefinition

extension Tally {
  /// Adds the counts of other responses: what both come to does not depend on which are added to which, nor on how responses were
  /// divided.
  ///
  /// - Parameter other: A tally under the same plan, as this one not weighted yet.
  public mutating func merge(_ other: Tally) {
    precondition(
      plan.survey == other.plan.survey && weights == nil && other.weights == nil,
      "counts of other questions cannot be added, nor weights that were reckoned from a part of the responses"
    )
    var other = other
    if weightColumn.isSummed || other.weightColumn.isSummed || !weightColumn.hasRoom(for: other.weightColumn)
    {
      if !weightColumn.isSummed { self = summingWeights() }
      if !other.weightColumn.isSummed { other = other.summingWeights() }
    }
    // Of a weight column, parts are numbered in the order in which weights came; of raking, by the definition.
    let partOfPart = weightColumn.isSummed ? [] : weightColumn.join(other.weightColumn)
    func own(_ key: AtomKey) -> AtomKey {
      AtomKey(mask: key.mask, part: partOfPart.isEmpty ? key.part : partOfPart[key.part])
    }
    func renamed(_ key: NumberKey) -> NumberKey {
      var renamed = key
      renamed.atom = own(key.atom)
      return renamed
    }

    responses += other.responses
    for question in routingViolations.indices {
      routingViolations[question] += other.routingViolations[question]
    }
    codedNotAsked += other.codedNotAsked
    for (atom, mask) in other.atoms.enumerated() {
      let whole = atomIndex(own(AtomKey(mask: mask, part: other.parts[atom])))
      let (from, to) = (atom * plan.cellsPerAtom, whole * plan.cellsPerAtom)
      for cell in 0..<plan.cellsPerAtom { cells[to + cell] += other.cells[from + cell] }
      if weightColumn.isSummed {
        for cell in 0..<plan.cellsPerAtom {
          weightColumn.sums[to + cell].add(other.weightColumn.sums[from + cell])
        }
      }
      indexSums.add(other.indexSums, atom: atom, to: whole)
    }
    histogram.add(other.histogram, key: renamed) { count, other, _ in count += other }
    weightColumn.histogram.add(other.weightColumn.histogram, key: renamed) { sum, other, _ in sum.add(other) }
  }
}
