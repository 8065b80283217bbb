/// Sizes that are chosen for what earlier ones left unsettled.
extension Auditor {
  /// Kinds of respondents that no table so far has.
  private var neverPresent: BitSet {
    var absent = possible
    for pass in passes { absent.subtract(pass.present) }
    return absent
  }

  /// Settles with the first sizes, but those that hang together with kinds of respondents that no table so far has, as in a
  /// table of their questions that has as many of them as it can.
  /// - Parameter tried: Kinds that were looked for before; those that are looked for now are added.
  /// - Returns: Whether there was such a table.
  mutating func settleAbsentKinds(
    _ first: SizeAssignments.Assignment, _ tried: inout BitSet, _ report: inout AuditReport
  ) -> Bool {
    while true {
      var wanted = neverPresent
      wanted.subtract(tried)
      guard let kind = wanted.positions.first else { return false }
      tried[kind] = true
      guard let piece = piece(of: kind, wanted) else { continue }
      for kind in piece.kinds { tried[kind] = true }
      let sizes = settleChoosing(isFirst: false, by: Self.blocks, &report) { auditor, report in
        auditor.sizes(first, piece, pushing: [], &report)
      }
      if sizes != nil { return true }
    }
  }

  /// Settles with the first sizes, but some as in a table that has as many as it can of the kinds of respondents for whom
  /// something is unsettled, and in which groups with such counts are large or small, one way in a turn and the other in the
  /// next.
  /// - Returns: nil where there is nothing that such a table could be about; else whether there was one.
  mutating func settleUnsettledKinds(
    _ first: SizeAssignments.Assignment, turn: Int, by blocks: [WholeTable.Block],
    _ report: inout AuditReport
  ) -> Bool? {
    let wanted = unsettledKinds
    let families = Dictionary(grouping: wanted.positions) { tables.family(of: kinds.question[$0]) }
    let most = families.max { ($0.value.count, $1.value[0]) < ($1.value.count, $0.value[0]) }
    guard let kind = most?.value.first, let piece = piece(of: kind, wanted) else { return nil }
    var random = SplitMix(state: UInt64(turn / 2 + 1))
    var groups: Set<[Int]> = []
    var pushing: [(form: CountForm, weight: Double)] = []
    // What is not open at all comes before everything else.
    let left = undecided.sorted { (isOpen[$0] ? 1 : 0, $0) < (isOpen[$1] ? 1 : 0, $1) }
    for position in left {
      let target = targets[position]
      guard target.column > 0 else { continue }
      let sign = (random.next(below: 2) == 0) == (turn % 2 == 0) ? 1.0 : -1
      if piece.questions.contains(target.question) { pushing.append((target.form, sign * Self.pushWeight)) }
      guard groups.insert([target.part, target.column, target.group]).inserted else { continue }
      let size = tables.form(-1, target.column, target.group, parts[target.part].atoms, .respondents)
      pushing.append((size, sign * (isOpen[position] ? Self.pushWeight : Self.urgentWeight)))
    }
    let sizes = settleChoosing(isFirst: false, by: blocks, &report) { auditor, report in
      auditor.sizes(first, piece, pushing: pushing, &report)
    }
    return sizes != nil
  }

  /// More than kinds of respondents that are wanted weigh.
  private static let urgentWeight = 20_000.0

  /// A component of the system of some questions, with wanted kinds of respondents.
  private typealias Piece = (system: LocalSystem, questions: [Int], unknowns: [Int], kinds: [Int])

  /// The component that a kind of respondent is looked at with, and all wanted ones in it.
  private func piece(of kind: Int, _ wanted: BitSet) -> Piece? {
    let family = tables.family(of: kinds.question[kind])
    let system = tables.limited(to: family)
    for component in components(of: system, family, []) {
      let own = kinds.positions(in: component)
      if own.contains(kind) {
        return (
          LocalSystem(component, system, bounds), family, component.unknowns, own.filter { wanted[$0] }
        )
      }
    }
    return nil
  }

  private func sizes(
    _ first: SizeAssignments.Assignment, _ piece: Piece, pushing: [(form: CountForm, weight: Double)],
    _ report: inout AuditReport
  ) -> SizeAssignments.Assignment? {
    var objective = ObjectiveSum()
    for (form, weight) in pushing {
      if let local = piece.system.local(form, bounds) { objective.add(local.form, weight) }
    }
    let wanted = piece.kinds.compactMap { piece.system.local(kinds.forms[$0], bounds) }
    report.work.linear += 1
    var beside: [Int: Int] = [:]
    for (unknown, size) in first.sizes { beside[unknown] = size }
    let limits = limits.map { piece.system.local($0, beside: beside) }
    guard let table = WholeTable.table(piece.system, with: wanted, pushing: objective, limits: limits) else {
      return nil
    }
    var counts: [Int: Int] = [:]
    for (unknown, count) in zip(piece.unknowns, table) { counts[unknown] = count }
    return SizeAssignments.Assignment(
      sizes: first.sizes.map { ($0.unknown, counts[$0.unknown] ?? $0.size) }, moved: nil)
  }
}
