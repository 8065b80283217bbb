import Solver

/// Bounds all targets.
///
/// What joins the questions of a release are sizes that are not printed: who is in which atom, and groups withheld whole.
/// So safety is looked for with these sizes set to numbers that agree with everything, and then with the totals of each
/// question set too, which leaves one small system a question and banner: a table found there is a table of the whole.
/// What is not shown to be safe that way is bounded in the question's own system with all sizes open, which leaves out
/// constraints, so that a break found there is a break of the whole; and what neither decides goes to the whole system.
struct Auditor {
  let tables: CountTables
  let parts: [AudiencePart]
  let targets: [AuditTarget]
  let bounds: Propagation
  var workers: Workers
  let openness: Openness
  let kinds: RespondentKinds
  /// What rows say of the counts that they tell of.
  private let printed: [CountForm: ClosedRange<Int>]
  /// By target; nil where nothing has been decided.
  var verdicts: [Verdict?]
  /// Of a target that is broken or undecided for a respondent: who that is.
  var insiders: [Int: CountForm] = [:]
  /// Kinds of respondents that no table was shown to be without.
  private var possible: BitSet
  /// By target: whether it is open to outsiders.
  private var isOpen: [Bool]
  /// By target: kinds of respondents to whom it is open, too.
  private var settled: [BitSet]
  /// Of each whole table: the sizes that it has, and which kinds of respondents are possible with these.
  private var passes: [(counts: [Int], present: BitSet)] = []
  /// By target that no pass has settled.
  private var spans: [Int: Span] = [:]

  /// Assignments of sizes that are tried, beside the first.
  private static let furtherPasses = 12
  /// Times that what is left is pushed one way and the other.
  private static let pushes = 2

  init(
    tables: CountTables, parts: [AudiencePart], targets: [AuditTarget], bounds: Propagation,
    workers: Workers
  ) {
    self.tables = tables
    self.parts = parts
    self.targets = targets
    self.bounds = bounds
    self.workers = workers
    let thresholds = tables.release.definition.protection
    openness = Openness(minimumCell: thresholds.minimumCell, minimumBase: thresholds.minimumBase)
    kinds = RespondentKinds(tables, bounds)
    printed = tables.printedRanges
    verdicts = []
    possible = BitSet(count: kinds.count)
    for kind in 0..<kinds.count { possible[kind] = true }
    isOpen = Array(repeating: false, count: targets.count)
    settled = Array(repeating: BitSet(count: kinds.count), count: targets.count)
  }

  /// What a form may be, by the bounds of its unknowns and by its own figures.
  private func range(_ form: CountForm) -> ClosedRange<Int> {
    let range = bounds.range(form)
    guard let row = printed[form], row.overlaps(range) else { return range }
    return range.clamped(to: row)
  }

  /// What the people that a target is a part of may be: of a remainder, what the packs' own figures leave.
  private func range(_ form: CountForm, of target: AuditTarget, _ categories: [CountTables.Category])
    -> ClosedRange<Int>
  {
    let known = range(form)
    let question = categories == [.respondents] ? -1 : target.question
    var lower = 0
    var upper = 0
    for (pack, sign) in parts[target.part].composition {
      let members = tables.atoms.isMember.map { $0[pack] }
      let part = range(tables.form(question, target.column, target.group, members, anyOf: categories))
      lower += sign > 0 ? part.lowerBound : -part.upperBound
      upper += sign > 0 ? part.upperBound : -part.lowerBound
    }
    guard max(lower, known.lowerBound) <= min(upper, known.upperBound) else { return known }
    return max(lower, known.lowerBound)...min(upper, known.upperBound)
  }

  private func base(of target: AuditTarget) -> ClosedRange<Int>? {
    target.base.map { range($0, of: target, tables.baseCategories(of: target.question)) }
  }

  mutating func run(_ report: inout AuditReport) {
    verdicts = targets.map { verdict(of: $0) }
    report.openCounts = undecided.count
    report.kinds = kinds.count
    if !undecided.isEmpty { settleWithSizes(&report) }
    boundByQuestion(&report)
    boundTogether(&report)
    tell(&report)
  }

  private mutating func settleWithSizes(_ report: inout AuditReport) {
    for presence in SizeAssignments.presences {
      let assignments = SizeAssignments(tables, bounds, presence: presence).assignments
      guard let first = assignments.first,
        settle(first, by: [.questionAndBanner, .question], &report)
      else { continue }
      findImpossibleKinds(&report)
      boundFromOutside(&report)
      closeSettled(&report)
      for assignment in assignments.dropFirst().prefix(Self.furtherPasses) where !undecided.isEmpty {
        _ = settle(assignment, by: [.questionAndBanner, .question], &report)
        closeSettled(&report)
      }
      boundByQuestion(&report)
      for _ in 0..<Self.pushes where !undecided.isEmpty {
        let before = unsettledPairs
        for _ in 0..<2 {
          _ = settle(first, by: [.questionAndBanner, .question], &report)
          closeSettled(&report)
        }
        if unsettledPairs == before { break }
      }
      if undecided.isEmpty { return }
      _ = settle(first, by: [.questionAndBanner, .question, .family], &report)
      closeSettled(&report)
      return
    }
  }

  /// How much there is to be settled: targets by kinds of respondents.
  private var unsettledPairs: Int {
    undecided.reduce(0) { sum, target in
      var left = possible
      left.subtract(settled[target])
      return sum + left.positions.count + (isOpen[target] ? 0 : 1)
    }
  }

  /// Bounds what is not open with the first sizes in its own question's system, from outside only.
  private mutating func boundFromOutside(_ report: inout AuditReport) {
    workers.step = "bounding what is left"
    let left = undecided.filter { targets[$0].question >= 0 && !isOpen[$0] }
    for (question, positions) in Dictionary(grouping: left, by: { targets[$0].question }).sorted(by: {
      $0.key < $1.key
    }) {
      let results = eachPart(tables.limited(to: [question]), positions, hasKinds: false) {
        audit, chosen, _ in
        (found: Array(zip(chosen, audit.relaxedVerdicts())), work: audit.work)
      }
      for result in results {
        report.work += result.work
        for (target, verdict) in result.found {
          if case .notSmall = verdict { verdicts[target] = .safe }
          if case .broken = verdict { verdicts[target] = verdict }
        }
      }
    }
  }

  /// What the bounds of the unknowns decide, and figures that are printed as such.
  private func verdict(of target: AuditTarget) -> Verdict? {
    var range = bounds.range(target.form)
    let base = base(of: target)
    if openness.isSensitive(range, base: target.isAnswer ? base : nil) {
      range = tables.range(of: target, parts, range, printed)
    }
    if target.exposesEveryone, range == 0...0, (base?.lowerBound ?? 0) > 0 {
      return .broken(range, insider: nil)
    }
    if !openness.isSensitive(range, base: target.isAnswer ? base : nil) { return .safe }
    let width = openness.width(allowed: allowed(target), isInsider: false)
    // A range that is narrow may be narrower still, and leave out every small count.
    if range.lowerBound < range.upperBound { return nil }
    return openness.isOpen(range, width: width) ? nil : .broken(range, insider: nil)
  }

  /// What the printed base of a target's group allows.
  private func allowed(_ target: AuditTarget) -> Int? {
    let whole = target.base == nil ? target.whole.map { range($0, of: target, [.respondents]) } : nil
    let sizes = [whole, base(of: target)].compactMap { $0 }
    return sizes.filter { $0.lowerBound == $0.upperBound }.map(\.lowerBound).min()
  }

  private var undecided: [Int] { verdicts.indices.filter { verdicts[$0] == nil } }

  /// Calls safe what is open to outsiders and to every kind of respondent that there may be.
  private mutating func closeSettled(_ report: inout AuditReport) {
    for target in undecided where isOpen[target] && possible.isSubset(of: settled[target]) {
      verdicts[target] = .safe
      report.settledByTables += 1
    }
  }

  // MARK: - With sizes set to numbers

  /// Looks for tables with the sizes that are not printed set to numbers. Only safety counts: fewer tables are possible.
  ///
  /// A target is settled here for all kinds of respondents that some table with these sizes has, for parts that nothing
  /// joins can be put together as one likes. Kinds that these sizes leave out are left to other sizes.
  private mutating func settle(
    _ sizes: SizeAssignments.Assignment, by blocks: [WholeTable.Block], _ report: inout AuditReport
  ) -> Bool {
    workers.step = "looking for tables, pass \(passes.count + 1)"
    guard
      let whole = WholeTable(
        tables, sizes, wanted: unknownsOfUnsettledKinds, pushed: pushed, kinds: kinds, workers: workers)
    else { return false }
    var present = BitSet(count: kinds.count)
    var narrow: [(parts: [SettledPart], present: BitSet)] = []
    for size in blocks {
      let system = whole.divided(tables, by: size)
      let bounds = Propagation(system, workLimit: WholeTable.workLimit)
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
      take(parts, present, &report)
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
    passes.append((whole.counts, present))
    settleAcross(narrow, whole, present)
    return true
  }

  /// Kinds that may be, and that no table with these sizes has yet.
  private func absent(_ present: BitSet) -> BitSet {
    var absent = possible
    absent.subtract(present)
    return absent
  }

  /// Targets that are not settled with the sizes of a pass.
  private func left(_ size: WholeTable.Block, _ present: BitSet) -> [Int] {
    if case .questionAndBanner = size { return undecided.filter { targets[$0].question >= 0 } }
    if case .family = size { return undecided.filter { targets[$0].question >= 0 && !isOpen[$0] } }
    let questions = Set(
      absent(present).positions.flatMap { kinds.forms[$0].unknowns.map { tables.cells[Int($0)].question } })
    return undecided.filter { target in
      let question = targets[target].question
      guard question >= 0 else { return false }
      return questions.contains(question) || !isOpen[target] || !present.isSubset(of: settled[target])
    }
  }

  /// Targets that no pass has settled are pushed one way in a pass and the other way in the next.
  private var pushed: [(form: CountForm, weight: Double)] {
    guard !passes.isEmpty else { return [] }
    var random = SplitMix(state: UInt64((passes.count + 1) / 2))
    let isOther = passes.count % 2 == 0
    return undecided.filter { targets[$0].question >= 0 && (!isOpen[$0] || spans[$0] != nil) }.map { target in
      let sign = random.next(below: 2) == 0 ? 1.0 : -1
      return (targets[target].form, (isOther ? -sign : sign) * Self.pushWeight)
    }
  }

  /// More than a person that is wanted in the first place weighs, so that a target moves far.
  private static let pushWeight = 400.0

  private var unknownsOfUnsettledKinds: Set<Int> {
    guard !passes.isEmpty else { return [] }
    return Set(unsettledKinds.positions.flatMap { kinds.forms[$0].unknowns.map(Int.init) })
  }

  /// Kinds of respondents for whom some target is not settled.
  private var unsettledKinds: BitSet {
    var unsettled = BitSet(count: kinds.count)
    for target in undecided where targets[target].question >= 0 {
      var left = possible
      left.subtract(settled[target])
      unsettled.formUnion(left)
    }
    return unsettled
  }

  private mutating func take(_ parts: [SettledPart], _ present: BitSet, _ report: inout AuditReport) {
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

  private struct SettledPart: Sendable {
    /// Targets that are open, with the kinds of respondents to whom they may not be.
    var open: [(target: Int, unsettled: BitSet)] = []
    var present: BitSet
    /// Targets that are not open, with their ranges, in all and for the kinds that are looked at with the part.
    var narrow: [(target: Int, all: ClosedRange<Int>, ofKind: [(kind: Int, range: ClosedRange<Int>?)])] = []
    var work = AuditWork()
  }

  private func settleParts(
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
      var audit = self.audit(local, bounds, chosen, own)
      let findings = audit.settle(from: whole.part(component))
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
  private mutating func settleAcross(
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
      for (kind, range) in span.ofKind.enumerated() {
        if let range, openness.isOpen(range, width: inside) { settled[target][kind] = true }
      }
    }
  }

  private mutating func widen(
    _ target: Int, _ all: ClosedRange<Int>, _ present: BitSet,
    _ ofKind: [(kind: Int, range: ClosedRange<Int>?)]
  ) {
    var span = spans[target] ?? Span(all: nil, ofKind: Array(repeating: nil, count: kinds.count))
    func hull(_ first: ClosedRange<Int>?, _ second: ClosedRange<Int>) -> ClosedRange<Int> {
      first.map { min($0.lowerBound, second.lowerBound)...max($0.upperBound, second.upperBound) } ?? second
    }
    span.all = hull(span.all, all)
    var elsewhere = present
    for (kind, range) in ofKind {
      elsewhere[kind] = false
      if let range { span.ofKind[kind] = hull(span.ofKind[kind], range) }
    }
    for kind in elsewhere.positions { span.ofKind[kind] = hull(span.ofKind[kind], all) }
    spans[target] = span
  }

  /// What a target is in tables of several passes, in all and by kind of respondent.
  private struct Span {
    var all: ClosedRange<Int>?
    var ofKind: [ClosedRange<Int>?]
  }

  /// Finds kinds of respondents that the system of their own question has no table with.
  private mutating func findImpossibleKinds(_ report: inout AuditReport) {
    var seen = BitSet(count: kinds.count)
    for pass in passes { seen.formUnion(pass.present) }
    let left = absent(seen).positions
    let groups = Dictionary(grouping: left) { kind in
      tables.family(of: kinds.forms[kind].unknowns.map { tables.cells[Int($0)].question }.max() ?? -1)
    }
    for (family, members) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let system = tables.limited(to: family)
      for result in kindsWithoutTable(system, Set(members)) {
        report.work += result.work
        for kind in result.kinds { possible[kind] = false }
      }
    }
  }

  private func kindsWithoutTable(_ system: CountSystem, _ chosen: Set<Int>) -> [(
    kinds: [Int], work: AuditWork
  )] {
    let components = Component.components(system, bounds, [], kinds)
    return workers.map(sizes: components.map(\.unknowns.count)) { index in
      let own = kinds.positions(in: components[index]).filter(chosen.contains)
      if own.isEmpty { return ([], AuditWork()) }
      let local = LocalSystem(components[index], system, bounds)
      var audit = self.audit(local, bounds, [], own)
      return (audit.kindsWithoutTable().map { own[$0] }, audit.work)
    }
  }

  // MARK: - Exactly

  /// Bounds what is left in the system of each question and those it is routed by. Only breaks and counts that cannot be
  /// small count: more tables are possible.
  private mutating func boundByQuestion(_ report: inout AuditReport) {
    workers.step = "bounding what is left"
    let groups = Dictionary(grouping: undecided) { tables.family(of: targets[$0].question) }
    for (family, positions) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for decided in bound(tables.limited(to: family), positions) {
        report.work += decided.work
        for (target, verdict, insider) in decided.found {
          switch verdict {
          case .broken:
            verdicts[target] = verdict
            insiders[target] = insider
          case .notSmall: verdicts[target] = .safe
          case .safe, .undecided, .contradiction: break
          }
        }
      }
    }
  }

  private mutating func boundTogether(_ report: inout AuditReport) {
    workers.step = "bounding what is left, all together"
    for decided in bound(tables.system, undecided) {
      report.work += decided.work
      for (target, verdict, insider) in decided.found {
        verdicts[target] = verdict
        insiders[target] = insider
      }
    }
  }

  private struct Decided: Sendable {
    var found: [(target: Int, verdict: Verdict, insider: CountForm?)] = []
    var work = AuditWork()
  }

  private func bound(_ system: CountSystem, _ positions: [Int]) -> [Decided] {
    eachPart(system, positions, hasKinds: true) { audit, chosen, own in
      var decided = Decided()
      for (target, verdict) in zip(chosen, audit.verdicts()) {
        var insider: CountForm?
        switch verdict {
        case .broken(_, let kind), .undecided(let kind): if let kind { insider = kinds.forms[own[kind]] }
        case .safe, .notSmall, .contradiction: break
        }
        decided.found.append((target, verdict, insider))
      }
      decided.work = audit.work
      return decided
    }
  }

  /// Works on each component of a system that has one of some targets.
  /// - Parameter body: Takes the component, its targets and the kinds of respondents that are looked at.
  private func eachPart<Value: Sendable>(
    _ system: CountSystem, _ positions: [Int], hasKinds: Bool,
    _ body: @Sendable (inout ComponentAudit, [Int], [Int]) -> Value
  ) -> [Value] {
    if positions.isEmpty { return [] }
    let components = Component.components(system, bounds, positions.map { targets[$0] }, kinds)
      .filter { !$0.targets.isEmpty }
    return workers.map(sizes: components.map(\.unknowns.count)) { index in
      let own = hasKinds ? kinds.positions(in: components[index]).filter { possible[$0] } : []
      let chosen = components[index].targets.map { positions[$0] }
      var audit = self.audit(LocalSystem(components[index], system, bounds), bounds, chosen, own)
      return body(&audit, chosen, own)
    }
  }

  /// One component with targets and kinds of respondents, by their positions.
  private func audit(_ local: LocalSystem, _ bounds: Propagation, _ chosen: [Int], _ own: [Int])
    -> ComponentAudit
  {
    let localKinds = own.map { kind in
      guard let form = local.local(kinds.forms[kind], bounds) else {
        preconditionFailure("what a respondent knows is in one component")
      }
      return LocalKind(form: form.form, constant: form.constant)
    }
    let localTargets = chosen.map { position in
      let target = targets[position]
      guard let form = local.local(target.form, bounds) else {
        preconditionFailure("a target's unknowns are in one component")
      }
      let allowed = allowed(target)
      var wanted = BitSet(count: own.count)
      for (index, kind) in own.enumerated() where !settled[position][kind] { wanted[index] = true }
      return LocalTarget(
        form: form.form, constant: form.constant, width: openness.width(allowed: allowed, isInsider: false),
        insiderWidth: openness.width(allowed: allowed, isInsider: true),
        base: base(of: target), isAnswer: target.isAnswer,
        exposesEveryone: target.exposesEveryone, isOpen: isOpen[position], kinds: wanted)
    }
    return ComponentAudit(local, targets: localTargets, kinds: localKinds, openness: openness)
  }
}
