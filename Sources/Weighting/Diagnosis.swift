/// Why raking does not meet the targets, as far as that can be told.
struct Diagnosis {
  let table: RakingTable
  let baseShares: [Double]
  let margins: [Margin]

  /// How long raking is tried with two categories merged.
  private static let trialLimit = 300

  /// What two margins by themselves show cannot be met. Of the two sides from which the same contradiction can be
  /// told, that with fewer categories.
  func provedByPairs() -> [WeightingFault] {
    var faults: [WeightingFault] = []
    for first in margins.indices {
      for second in margins.indices.dropFirst(first + 1) {
        let sides = [side(first, second), side(second, first)]
        let told = sides.filter { !$0.unreachable.isEmpty }
        guard let side = told.min(by: { $0.size < $1.size }) else { continue }
        faults += side.unreachable.map { fault(of: $0, on: side) }
      }
    }
    return faults
  }

  /// Where two margins prove nothing: the category that is short by most, as a fraction of its target.
  func fault(of raking: RakingTable.Raking) -> WeightingFault {
    var worst = (margin: 0, slot: 0, shortfall: -Double.infinity, reached: 0.0)
    for margin in margins.indices {
      for (slot, reached) in zip(table.slots[margin], table.totals(of: raking.weights, in: margin))
      where table.targets[slot] > 0 {
        let shortfall = (table.targets[slot] - reached) / table.targets[slot]
        if shortfall > worst.shortfall { worst = (margin, slot, shortfall, reached) }
      }
    }
    let scale = margins[worst.margin].scaleOfShares
    let unmet = UnmetTarget(
      margin: margins[worst.margin].name, categories: [label(worst.slot, in: worst.margin)],
      target: table.targets[worst.slot] * scale, reached: worst.reached * scale,
      confinedTo: confinements(of: worst.slot, in: worst.margin),
      mergeWith: partnersByTrial(of: worst.slot, in: worst.margin))
    return raking.end == .impossible
      ? .targetsContradict(unmet) : .targetNotReached(unmet, iterations: raking.errors.count)
  }

  // MARK: - Two margins

  /// One margin seen as rows, another as columns; both without categories that nobody has.
  private struct Side {
    let margin: Int
    let other: Int
    let rowSlots: [Int]
    let columnSlots: [Int]
    let pair: PairOfMargins
    let unreachable: [[Int]]

    /// Categories that have to be named.
    var size: Int { unreachable.map { $0.count + pair.confinement(of: $0).count }.min() ?? 0 }
  }

  private func side(_ margin: Int, _ other: Int) -> Side {
    let rowSlots = table.slots[margin].filter { table.targets[$0] > 0 }
    let columnSlots = table.slots[other].filter { table.targets[$0] > 0 }
    let pair = PairOfMargins(
      rows: rowSlots.map { table.targets[$0] }, columns: columnSlots.map { table.targets[$0] },
      columnsOf: rowSlots.map { slot in
        let found = Set(table.cells.filter { $0[margin] == slot }.map { $0[other] })
        return columnSlots.indices.filter { found.contains(columnSlots[$0]) }
      })
    return Side(
      margin: margin, other: other, rowSlots: rowSlots, columnSlots: columnSlots, pair: pair,
      unreachable: pair.unreachable())
  }

  private func fault(of rows: [Int], on side: Side) -> WeightingFault {
    let pair = side.pair
    let columns = pair.confinement(of: rows)
    let room = columns.map { pair.columns[$0] }.compensatedSum()
    let margin = margins[side.margin]
    let other = margins[side.other]
    let unmet = UnmetTarget(
      margin: margin.name, categories: rows.map { label(side.rowSlots[$0], in: side.margin) },
      target: rows.map { pair.rows[$0] }.compensatedSum() * margin.scaleOfShares,
      reached: room * margin.scaleOfShares,
      confinedTo: [
        UnmetTarget.Confinement(
          margin: other.name, categories: columns.map { label(side.columnSlots[$0], in: side.other) },
          target: room * other.scaleOfShares)
      ],
      mergeWith: partners(of: rows, on: side))
    return pair.verdict(on: rows) == .contradiction
      ? .targetsContradict(unmet) : .targetLeavesOutOthers(unmet)
  }

  /// Categories with which the rows, merged, are no longer unreachable, nor any larger set of them; none for "Not
  /// stated", which is no category to merge.
  private func partners(of rows: [Int], on side: Side) -> [String] {
    guard rows.allSatisfy({ label(side.rowSlots[$0], in: side.margin) != nil }) else { return [] }
    return side.pair.rows.indices.filter { !rows.contains($0) }.compactMap { partner in
      guard let label = label(side.rowSlots[partner], in: side.margin) else { return nil }
      let merged = side.pair.merging(rows + [partner])
      let others = side.unreachable.filter { $0 != rows }
      guard others.isEmpty else {
        // Something else is in the way, too: what is merged is judged by itself.
        return merged.verdict(on: [merged.rows.count - 1]) == .reachable ? label : nil
      }
      return merged.unreachable().isEmpty ? label : nil
    }
  }

  // MARK: - More margins

  /// The margins of which respondents with this slot have some categories only.
  private func confinements(of slot: Int, in margin: Int) -> [UnmetTarget.Confinement] {
    margins.indices.compactMap { other in
      guard other != margin else { return nil }
      let inUse = table.slots[other].filter { table.targets[$0] > 0 }
      let found = Set(table.cells.filter { $0[margin] == slot }.map { $0[other] })
      guard found.count < inUse.count else { return nil }
      let confining = inUse.filter { found.contains($0) }
      return UnmetTarget.Confinement(
        margin: margins[other].name, categories: confining.map { label($0, in: other) },
        target: confining.map { table.targets[$0] }.compensatedSum() * margins[other].scaleOfShares)
    }
  }

  /// Categories of the same margin with which, merged, raking meets all targets.
  private func partnersByTrial(of slot: Int, in margin: Int) -> [String] {
    guard label(slot, in: margin) != nil else { return [] }
    return table.slots[margin].dropLast().compactMap { partner in
      guard partner != slot, table.targets[partner] > 0 else { return nil }
      var targets = table.targets
      targets[partner] += targets[slot]
      targets[slot] = 0
      let cells = table.cells.map { $0.map { $0 == slot ? partner : $0 } }
      let merged = RakingTable(slots: table.slots, targets: targets, cells: cells)
      return merged.rake(baseShares, limit: Self.trialLimit).end == .met ? label(partner, in: margin) : nil
    }
  }

  /// Nil for "Not stated".
  private func label(_ slot: Int, in margin: Int) -> String? {
    let place = slot - table.slots[margin].lowerBound
    return place < margins[margin].categories.count ? margins[margin].categories[place].label : nil
  }
}
