import Solver

/// What shows targets open with the sizes that are not printed set to numbers.
extension Auditor {
  /// The blocks in which tables are looked for, the smallest first.
  static let blocks: [WholeTable.Block] = [.answersAndBanner, .questionAndBanner, .answers, .question]
  /// Times that sizes are chosen again.
  private static let choices = 16
  /// Assignments of sizes of which the first is to go with a table.
  private static let firstTries = 12
  /// Assignments of sizes that are tried, beside the first.
  private static let furtherPasses = 12
  /// Assignments of sizes that are chosen for what is left then.
  private static let directedPasses = 12
  /// Assignments of sizes that are chosen for a few that are left at the end, and looked at in the largest blocks.
  private static let lastPasses = 4
  /// Times that what is left is pushed one way and the other.
  private static let pushes = 2
  /// Targets that are looked at in the largest blocks before there have been all passes, and for respondents.
  private static let few = 256

  mutating func settleWithSizes(_ report: inout AuditReport) {
    for presence in SizeAssignments.presences {
      guard let sizes = settleFirst(presence, &report) else { continue }
      boundFromOutside(&report)
      closeSettled(&report)
      let assignments = assignments(presence)
      var waiting = assignments.dropFirst()
      var lookedFor = BitSet(count: kinds.count)
      for _ in 0..<Self.furtherPasses where !undecided.isEmpty {
        if !settleAbsentKinds(sizes, &lookedFor, &report) {
          guard let next = waiting.firstIndex(where: concerns) else { break }
          _ = settle(waiting[next], by: Self.blocks, isFirst: false, &report)
          waiting = waiting[(next + 1)...]
        }
        closeSettled(&report)
      }
      var fruitless = assignments.count > 1 ? 0 : 2
      for turn in 0..<Self.directedPasses where !undecided.isEmpty && fruitless < 2 {
        let before = unsettledPairs
        guard let isSettled = settleUnsettledKinds(sizes, turn: turn, by: Self.blocks, &report) else { break }
        // Sizes that go with no table say nothing of the next.
        if !isSettled { continue }
        closeSettled(&report)
        fruitless = isFruitful(since: before) ? 0 : fruitless + 1
      }
      for push in 0..<Self.pushes where !undecided.isEmpty {
        let before = unsettledPairs
        for turn in 0..<2 where !undecided.isEmpty {
          // A few that need the largest blocks are not worth more passes with smaller ones.
          let isForFew = push == 0 && turn == 1 && undecided.count <= Self.few
          if push == 0, turn == 1, !isForFew { boundByQuestion(&report) }
          _ = settle(sizes, by: Self.blocks + (isForFew ? [.family] : []), isFirst: true, &report)
          closeSettled(&report)
        }
        if !isFruitful(since: before) { break }
      }
      if undecided.isEmpty { return }
      _ = settle(sizes, by: Self.blocks + [.family], isFirst: true, &report)
      closeSettled(&report)
      if !undecided.isEmpty { boundByQuestion(&report) }
      for turn in 0..<Self.lastPasses where !undecided.isEmpty && undecided.count <= Self.few {
        _ = settleUnsettledKinds(sizes, turn: turn, by: Self.blocks + [.family], &report)
        closeSettled(&report)
      }
      return
    }
  }

  private func assignments(_ presence: [Double]) -> [SizeAssignments.Assignment] {
    SizeAssignments(tables, bounds, groups, presence: presence, limits: limits).assignments
  }

  /// Settles with the first sizes that go with a table.
  private mutating func settleFirst(_ presence: [Double], _ report: inout AuditReport)
    -> SizeAssignments.Assignment?
  {
    first = nil
    let sizes = settleChoosing(isFirst: true, by: Self.blocks, &report) { auditor, _ in
      auditor.assignments(presence).first
    }
    if let sizes { return sizes }
    return assignments(presence).prefix(Self.firstTries).dropFirst().first {
      settle($0, by: Self.blocks, isFirst: true, &report)
    }
  }

  /// Settles with sizes that are chosen, and chosen again where questions turn out to have no table with them.
  /// - Returns: The sizes; nil where none were found that go with a table.
  mutating func settleChoosing(
    isFirst: Bool, by blocks: [WholeTable.Block], _ report: inout AuditReport,
    _ choose: (Auditor, inout AuditReport) -> SizeAssignments.Assignment?
  ) -> SizeAssignments.Assignment? {
    for _ in 0..<Self.choices {
      guard let sizes = choose(self, &report) else { return nil }
      if settle(sizes, by: blocks, isFirst: isFirst, &report) { return sizes }
      let broken = limitsBroken(by: sizes, &report)
      if broken.isEmpty { return nil }
      limits += broken
    }
    return nil
  }

  /// Whether a size that is as large or small as it can be is one of a group with targets that are not settled.
  private func concerns(_ assignment: SizeAssignments.Assignment) -> Bool {
    let left = undecided
    guard let moved = assignment.moved else { return !left.isEmpty }
    let cell = tables.cells[moved]
    return left.contains { targets[$0].column == cell.column && targets[$0].group == cell.group }
  }

  /// Whether enough of what was to be settled is, for more of the same to be worth while: else programs of its own are
  /// quicker.
  private func isFruitful(since before: Int) -> Bool { 20 * unsettledPairs < 19 * before }

  /// How much there is to be settled: targets by kinds of respondents.
  var unsettledPairs: Int {
    undecided.reduce(0) { sum, target in
      var left = possible
      left.subtract(settled[target])
      return sum + left.positions.count + (isOpen[target] ? 0 : 1)
    }
  }

  /// Looks for tables with the sizes that are not printed set to numbers. Only safety counts: fewer tables are possible.
  ///
  /// A target is settled here for all kinds of respondents that some table with these sizes has, for parts that nothing
  /// joins can be put together as one likes. Kinds that these sizes leave out are left to other sizes.
  /// - Parameter isFirst: Whether the sizes are the first, of which a table may be known. Only components of it that have
  ///   something left to settle are looked at again: nothing joins them to the others.
  mutating func settle(
    _ sizes: SizeAssignments.Assignment, by blocks: [WholeTable.Block], isFirst: Bool,
    _ report: inout AuditReport
  ) -> Bool {
    workers.step = "looking for tables, pass \(passes.count + 1)"
    let wishes = WholeTable.Wishes(wanted: unknownsOfUnsettledKinds, pushed: pushed)
    let whole: WholeTable
    let chosen: [Int]
    var present: BitSet
    if isFirst, let known = first {
      chosen = unsettledComponents(known.table, known.present)
      var table = known.table
      _ = table.renew(chosen, wishes, workers)
      whole = table
      present = known.present
      for kind in chosen.flatMap({ kinds.positions(in: table.components[$0]) }) { present[kind] = false }
    } else {
      guard let table = WholeTable(tables, bounds, sizes, wishes, kinds: kinds, workers: workers) else {
        return false
      }
      whole = table
      chosen = Array(table.components.indices)
      present = BitSet(count: kinds.count)
    }
    var narrow: [(parts: [SettledPart], present: BitSet)] = []
    var opened: [Opened] = []
    for size in blocks {
      let before = present
      let (system, bounds) = whole.divided(tables, by: size, chosen)
      guard bounds.contradiction == nil else { return false }
      for kind in 0..<kinds.count where bounds.range(kinds.forms[kind]).lowerBound >= 1 {
        present[kind] = true
      }
      let positions = left(size, present)
      // The largest blocks are only for targets that nothing smaller settles.
      let absent = absent(present)
      let isLast = size == .family
      if isLast, positions.isEmpty { break }
      let parts = settleParts(
        system, bounds, positions, whole, absent: isLast ? BitSet(count: kinds.count) : absent)
      for part in parts { present.formUnion(part.present) }
      // What cannot be need not be looked for in larger blocks.
      if passes.isEmpty, size == blocks.first { findImpossibleKinds(but: present, &report) }
      take(parts, present, &report)
      var found = present
      found.subtract(before)
      settleElsewhere(opened, found, size)
      opened += parts.flatMap(\.open).map {
        Opened(target: $0.target, unsettled: $0.unsettled, hasFixedBases: size.isOfAnswers)
      }
      // A kind of respondent counts with the tables of the blocks in which it was found, not with those of smaller ones.
      narrow.append((parts, present))
      if size == blocks.last {
        var fixed = SettledPart(present: present)
        for target in undecided
        where targets[target].question >= 0 && (!isOpen[target] || spans[target] != nil) {
          let range = bounds.range(targets[target].form)
          if range.lowerBound == range.upperBound { fixed.narrow.append((target, range, [])) }
        }
        narrow.append(([fixed], present))
      }
    }
    if isFirst {
      var known = first?.present ?? present
      known.formUnion(present)
      first = (whole, known)
    }
    passes.append((whole.counts, present))
    settleAcross(narrow, whole, present)
    return true
  }

  /// The components of a table with a target that is not settled, or a kind of respondent that none has.
  func unsettledComponents(_ table: WholeTable, _ present: BitSet) -> [Int] {
    var chosen = Set<Int>()
    for target in undecided where targets[target].question >= 0 {
      chosen.formUnion(table.components(of: targets[target].form))
    }
    for kind in absent(present).positions { chosen.formUnion(table.components(of: kinds.forms[kind])) }
    return chosen.sorted()
  }

  /// Kinds that may be, and that no table with these sizes has yet.
  func absent(_ present: BitSet) -> BitSet {
    var absent = possible
    absent.subtract(present)
    return absent
  }

  /// Targets that are not settled with the sizes of a pass.
  func left(_ size: WholeTable.Block, _ present: BitSet) -> [Int] {
    switch size {
    case .answersAndBanner:
      return undecided.filter { targets[$0].question >= 0 && tables.isMultiple(targets[$0].question) }
    case .answers:
      let parts = Set(absent(present).positions.map { [kinds.question[$0], kinds.part[$0] ?? -1] })
      return undecided.filter { target in
        let question = targets[target].question
        guard question >= 0, tables.isMultiple(question) else { return false }
        return parts.contains([question, part(of: targets[target]) ?? -1]) || !isOpen[target]
          || !present.isSubset(of: settled[target])
      }
    case .questionAndBanner:
      return undecided.filter { target in
        let question = targets[target].question
        guard question >= 0 else { return false }
        return !tables.isMultiple(question) || !isOpen[target] || !present.isSubset(of: settled[target])
      }
    case .question, .family: break
    }
    if case .family = size {
      let left = undecided
      return left.filter { targets[$0].question >= 0 && (left.count <= Self.few || !isOpen[$0]) }
    }
    let questions = Set(
      absent(present).positions.flatMap { kinds.forms[$0].unknowns.map { tables.cells[Int($0)].question } })
    return undecided.filter { target in
      let question = targets[target].question
      guard question >= 0 else { return false }
      return questions.contains(question) || !isOpen[target] || !present.isSubset(of: settled[target])
    }
  }

  /// Targets that no pass has settled are pushed one way in a pass and the other way in the next.
  var pushed: [(form: CountForm, weight: Double)] {
    guard !passes.isEmpty else { return [] }
    var random = SplitMix(state: UInt64((passes.count + 1) / 2))
    let isOther = passes.count % 2 == 0
    return undecided.filter { targets[$0].question >= 0 && (!isOpen[$0] || spans[$0] != nil) }.map { target in
      let sign = random.next(below: 2) == 0 ? 1.0 : -1
      return (targets[target].form, (isOther ? -sign : sign) * Self.pushWeight)
    }
  }

  /// More than a person that is wanted in the first place weighs, so that a target moves far.
  static let pushWeight = 400.0

  var unknownsOfUnsettledKinds: Set<Int> {
    guard !passes.isEmpty else { return [] }
    return Set(unsettledKinds.positions.flatMap { kinds.forms[$0].unknowns.map(Int.init) })
  }

  /// Kinds of respondents for whom some target is not settled.
  var unsettledKinds: BitSet {
    var unsettled = BitSet(count: kinds.count)
    for target in undecided where targets[target].question >= 0 {
      var left = possible
      left.subtract(settled[target])
      unsettled.formUnion(left)
    }
    return unsettled
  }

  mutating func take(_ parts: [SettledPart], _ present: BitSet, _ report: inout AuditReport) {
    for part in parts {
      report.work += part.work
      for (target, unsettled) in part.open {
        isOpen[target] = true
        var kinds = present
        kinds.subtract(unsettled)
        settled[target].formUnion(kinds)
      }
    }
  }

  /// Puts kinds of respondents that larger blocks have together with targets that smaller ones left open: what is in no
  /// question that the larger block is about stays as it was.
  mutating func settleElsewhere(
    _ opened: [Opened], _ found: BitSet, _ size: WholeTable.Block
  ) {
    if found.isEmpty { return }
    var elsewhere: [[Int]: BitSet] = [:]
    for opened in opened {
      let target = opened.target
      let question = targets[target].question
      // Parts of a question go together as one likes where both were looked at with the same bases.
      let part = size.isOfAnswers && opened.hasFixedBases ? part(of: targets[target]) : nil
      let key = [question, part ?? -1]
      var kinds =
        elsewhere[key] ?? part.map { self.kinds.outside(question, part: $0, found) }
        ?? self.kinds.outside(size.questions(with: question, tables), found)
      elsewhere[key] = kinds
      kinds.subtract(opened.unsettled)
      settled[target].formUnion(kinds)
    }
  }

  /// A target that a block has shown to be open.
  struct Opened {
    var target: Int
    /// Kinds of respondents to whom it may not be.
    var unsettled: BitSet
    /// Whether the bases of its question were those of the whole table.
    var hasFixedBases: Bool
  }

  /// The part of its question that a target is about; nil for a base, and for any other question.
  private func part(of target: AuditTarget) -> Int? {
    target.form.unknowns.lazy.compactMap { tables.part(of: tables.cells[Int($0)]) }.first
  }

  struct SettledPart: Sendable {
    /// Targets that are open, with the kinds of respondents to whom they may not be.
    var open: [(target: Int, unsettled: BitSet)] = []
    var present: BitSet
    /// Targets that are not open, with their ranges, in all and for the kinds that are looked at with the part.
    var narrow: [(target: Int, all: ClosedRange<Int>, ofKind: [(kind: Int, range: ClosedRange<Int>?)])] = []
    var work = AuditWork()
  }

  func settleParts(
    _ system: CountSystem, _ bounds: Propagation, _ positions: [Int], _ whole: WholeTable, absent: BitSet
  ) -> [SettledPart] {
    let components = Component.components(system, bounds, positions.map { targets[$0] }, kinds)
      .filter { !$0.targets.isEmpty || kinds.positions(in: $0).contains { absent[$0] } }
    return workers.map(sizes: components.map(\.unknowns.count)) { index in
      let component = components[index]
      let own = kinds.positions(in: component).filter {
        possible[$0] && bounds.range(kinds.forms[$0]).upperBound > 0
      }
      let local = LocalSystem(component, system, bounds)
      let chosen = component.targets.map { positions[$0] }
      var elsewhere = possible
      for kind in own { elsewhere[kind] = false }
      var audit = self.audit(local, bounds, chosen, own, elsewhere: elsewhere)
      var wanted = BitSet(count: own.count)
      for (index, kind) in own.enumerated() where absent[kind] { wanted[index] = true }
      let findings = audit.settle(from: whole.part(component), wanted: wanted)
      func everywhere(_ set: BitSet) -> BitSet {
        var all = BitSet(count: kinds.count)
        for (index, kind) in own.enumerated() where set[index] { all[kind] = true }
        return all
      }
      var part = SettledPart(present: everywhere(findings.present), work: findings.work)
      for (index, target) in chosen.enumerated() where findings.isOpen[index] {
        part.open.append((target, everywhere(findings.unsettled[index])))
      }
      for (index, ranges) in findings.ranges.sorted(by: { $0.key < $1.key }) {
        part.narrow.append((chosen[index], ranges.all, Array(zip(own, ranges.ofKind))))
      }
      return part
    }
  }

  /// Settles what a pass leaves narrow, such as the sizes themselves, by the tables of several passes.
  mutating func settleAcross(
    _ narrow: [(parts: [SettledPart], present: BitSet)], _ whole: WholeTable, _ present: BitSet
  ) {
    for (parts, found) in narrow {
      for part in parts {
        for (target, all, ofKind) in part.narrow where verdicts[target] == nil {
          widen(target, all, found, ofKind)
        }
      }
    }
    for target in undecided where targets[target].question < 0 {
      let value = targets[target].form.value(whole.counts)
      widen(target, value...value, present, [])
    }
    for (target, span) in spans where verdicts[target] == nil {
      let allowed = allowed(targets[target])
      let outside = openness.width(allowed: allowed, isInsider: false)
      let inside = openness.width(allowed: allowed, isInsider: true)
      if let all = span.all, openness.isOpen(all, width: outside) { isOpen[target] = true }
      for (kind, range) in span.ofKind where openness.isOpen(range, width: inside) {
        settled[target][kind] = true
      }
    }
  }

  mutating func widen(
    _ target: Int, _ all: ClosedRange<Int>, _ present: BitSet,
    _ ofKind: [(kind: Int, range: ClosedRange<Int>?)]
  ) {
    var span = spans.removeValue(forKey: target) ?? Span(all: nil, ofKind: [:])
    func hull(_ first: ClosedRange<Int>?, _ second: ClosedRange<Int>) -> ClosedRange<Int> {
      first.map { min($0.lowerBound, second.lowerBound)...max($0.upperBound, second.upperBound) } ?? second
    }
    span.all = hull(span.all, all)
    var elsewhere = present
    elsewhere.formIntersection(possible)
    // Nothing more is asked of kinds to whom the target is known to be open.
    elsewhere.subtract(settled[target])
    for (kind, range) in ofKind {
      elsewhere[kind] = false
      if let range, !settled[target][kind] { span.ofKind[kind] = hull(span.ofKind[kind], range) }
    }
    for kind in elsewhere.positions { span.ofKind[kind] = hull(span.ofKind[kind], all) }
    spans[target] = span
  }

  /// What a target is in tables of several passes, in all and by kind of respondent.
  struct Span {
    var all: ClosedRange<Int>?
    var ofKind: [Int: ClosedRange<Int>]
  }
}
