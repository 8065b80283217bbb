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
  /// What follows constraint by constraint.
  private let known: Propagation
  /// The same with nobody in groups whose people can all be in another: what tables are looked for within.
  private(set) var bounds: Propagation
  var workers: Workers
  let openness: Openness
  let kinds: RespondentKinds
  let groups: InterchangeableGroups
  /// By target: the one that is decided for it, in the first group that its own can be exchanged with.
  private let decidedBy: [Int?]
  /// What rows say of the counts that they tell of.
  private let printed: [CountForm: ClosedRange<Int>]
  /// By base of some target: what it may be by the figures of the same people elsewhere.
  private var rangeOfBase: [CountForm: ClosedRange<Int>] = [:]
  /// By target; nil where nothing has been decided.
  var verdicts: [Verdict?]
  /// Of a target that is broken or undecided for a respondent: who that is.
  var insiders: [Int: CountForm] = [:]
  /// Kinds of respondents that no table was shown to be without, but those that others of their like stand for.
  var possible: BitSet
  /// By target: whether it is open to outsiders.
  var isOpen: [Bool]
  /// By target: kinds of respondents to whom it is open, too.
  var settled: [BitSet]
  /// Of each whole table: the sizes that it has, and which kinds of respondents are possible with these.
  var passes: [(counts: [Int], present: BitSet)] = []
  /// What sizes must satisfy for questions that had no table with sizes that were tried.
  var limits: [SizeLimit] = []
  /// The last table with the first sizes, and the kinds of respondents that tables with these sizes were found to have.
  var first: (table: WholeTable, present: BitSet)?
  /// Targets that tables have settled.
  private var closed: Set<Int> = []
  /// By target that no pass has settled.
  var spans: [Int: Span] = [:]

  init(
    tables: CountTables, parts: [AudiencePart], targets: [AuditTarget], bounds: Propagation,
    attacker: Attacker, workers: Workers
  ) {
    self.tables = tables
    self.parts = parts
    self.targets = targets
    known = bounds
    self.bounds = bounds
    self.workers = workers
    let thresholds = tables.release.definition.protection
    openness = Openness(minimumCell: thresholds.minimumCell, minimumBase: thresholds.minimumBase)
    kinds = attacker == .outsider ? RespondentKinds(outsidersOf: tables) : RespondentKinds(tables, bounds)
    printed = tables.printedRanges
    verdicts = []
    let groups = InterchangeableGroups(tables, bounds)
    self.groups = groups
    decidedBy = groups.firstOfEach(targets)
    possible = BitSet(count: kinds.count)
    for (kind, form) in kinds.forms.enumerated() {
      let cell = form.unknowns.first.map { tables.cells[Int($0)] }
      possible[kind] = cell.map { !groups.isSpared($0.column, $0.group) } ?? true
    }
    isOpen = Array(repeating: false, count: targets.count)
    settled = Array(repeating: BitSet(count: kinds.count), count: targets.count)
    let bases = Set(targets.compactMap(\.base))
    let structure = tables.structure(of: Set(bases.flatMap(tables.byClass)))
    for base in bases {
      let classes = tables.byClass(base).map { range($0, within: structure[$0] ?? []) }
      let lower = classes.reduce(0) { $0 + $1.lowerBound }
      rangeOfBase[base] = lower...classes.reduce(0) { $0 + $1.upperBound }
    }
  }

  /// What a form may be, by the bounds of its unknowns and by its own figures.
  private func range(_ form: CountForm) -> ClosedRange<Int> {
    let range = known.range(form)
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
    for (pack, sign) in target.composition {
      let members = tables.atoms.isMember.map { $0[pack] }
      let part = range(tables.form(question, target.column, target.group, members, anyOf: categories))
      lower += sign > 0 ? part.lowerBound : -part.upperBound
      upper += sign > 0 ? part.upperBound : -part.lowerBound
    }
    guard max(lower, known.lowerBound) <= min(upper, known.upperBound) else { return known }
    return max(lower, known.lowerBound)...min(upper, known.upperBound)
  }

  /// What the base of a target's group may be, by its own figures.
  private func printedBase(of target: AuditTarget) -> ClosedRange<Int>? {
    target.base.map { range($0, of: target, tables.baseCategories(of: target.question)) }
  }

  /// What the base of a target's group may be, by its own figures and by those of the same people elsewhere.
  private func base(of target: AuditTarget) -> ClosedRange<Int>? {
    guard let base = target.base, let found = printedBase(of: target) else { return nil }
    guard let elsewhere = rangeOfBase[base], elsewhere.overlaps(found) else { return found }
    return found.clamped(to: elsewhere)
  }

  /// What a base of one class of people may be, by constraints that it is a part of.
  private func range(_ base: CountForm, within constraints: [Int]) -> ClosedRange<Int> {
    var found = range(base)
    for index in constraints {
      let constraint = tables.system.constraints[index]
      let rest = range(base - constraint.form)
      // base = rest, but for what the constraint leaves.
      let lower = constraint.lower == .min ? found.lowerBound : rest.lowerBound + constraint.lower
      let upper = constraint.upper == .max ? found.upperBound : rest.upperBound + constraint.upper
      if lower <= upper, (lower...upper).overlaps(found) { found = found.clamped(to: lower...upper) }
    }
    return found
  }

  mutating func run(_ report: inout AuditReport) {
    workers.step = "reading the figures"
    let chunk = 512
    let chunks = stride(from: 0, to: targets.count, by: chunk).map { $0..<min($0 + chunk, targets.count) }
    let auditor = self
    verdicts = workers.map(sizes: chunks.map(\.count)) { index in
      chunks[index].map { auditor.verdict(of: auditor.targets[$0]) }
    }.flatMap { $0 }
    report.openCounts = verdicts.count { $0 == nil }
    report.kinds = kinds.count
    bounds = known.emptying(groups.emptied, tables.system, workLimit: WholeTable.workLimit)
    if !undecided.isEmpty { settleWithSizes(&report) }
    boundByQuestion(&report)
    boundTogether(&report)
    decideLikewise(&report)
    bounds = known
    tell(&report)
  }

  /// What the bounds of the unknowns decide, and figures that are printed as such.
  private func verdict(of target: AuditTarget) -> Verdict? {
    var range = bounds.range(target.form)
    let base = base(of: target)
    if openness.isSensitive(range, base: target.isAnswer ? base : nil) {
      range = tables.range(of: target, range, printed)
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
  func allowed(_ target: AuditTarget) -> Int? {
    let whole = target.base == nil ? target.whole.map { range($0, of: target, [.respondents]) } : nil
    let sizes = [whole, printedBase(of: target)].compactMap { $0 }
    return sizes.filter { $0.lowerBound == $0.upperBound }.map(\.lowerBound).min()
  }

  /// Targets that nothing has decided, and that no other is decided for.
  var undecided: [Int] { verdicts.indices.filter { verdicts[$0] == nil && decidedBy[$0] == nil } }

  /// Decides each target of a group that another of its like stands for as that one's.
  private mutating func decideLikewise(_ report: inout AuditReport) {
    for (target, first) in decidedBy.enumerated() where verdicts[target] == nil {
      guard let first else { continue }
      verdicts[target] = verdicts[first]
      if closed.contains(first) { report.settledByTables += 1 }
      insiders[target] = insiders[first].flatMap { known in
        tables.exchanged(known, targets[target].column, targets[first].group, targets[target].group)
      }
    }
  }

  /// Calls safe what is open to outsiders and to every kind of respondent that there may be.
  mutating func closeSettled(_ report: inout AuditReport) {
    for target in undecided where isOpen[target] && possible.isSubset(of: settled[target]) {
      verdicts[target] = .safe
      closed.insert(target)
      report.settledByTables += 1
    }
  }

  /// One component with targets and kinds of respondents, by their positions.
  /// - Parameter elsewhere: Kinds for whom a target is only settled where this very component leaves it open.
  func audit(
    _ local: LocalSystem, _ bounds: Propagation, _ chosen: [Int], _ own: [Int], elsewhere: BitSet? = nil
  ) -> ComponentAudit {
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
        exposesEveryone: target.exposesEveryone,
        isOpen: isOpen[position] && elsewhere?.isSubset(of: settled[position]) ?? true, kinds: wanted)
    }
    return ComponentAudit(local, targets: localTargets, kinds: localKinds, openness: openness)
  }
}
