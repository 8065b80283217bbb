import Dispatch
import Solver
import Synchronization

/// Bounds all targets.
///
/// What joins the questions of a release are sizes that are not printed: who is in which atom, and groups withheld whole.
/// So safety is looked for with these sizes set to numbers that agree with everything, which leaves one small system a
/// question: a table found there is a table of the whole. What is not shown to be safe that way is bounded in the
/// question's own system with all sizes open, which leaves out constraints, so that a break found there is a break of
/// the whole; and what neither decides goes to the whole system.
struct Auditor {
  private let tables: CountTables
  private let parts: [AudiencePart]
  private let targets: [AuditTarget]
  private let bounds: Propagation
  private let threads: Int
  private let openness: Openness
  private var verdicts: [Verdict?]
  private var kinds: [Int: [CountForm]] = [:]
  /// By form, what figures that tell of nothing else leave of it: a printed base whose answers are withheld.
  private var printed: [CountForm: ClosedRange<Int>] = [:]

  init(
    tables: CountTables, parts: [AudiencePart], targets: [AuditTarget], bounds: Propagation, threads: Int
  ) {
    self.tables = tables
    self.parts = parts
    self.targets = targets
    self.bounds = bounds
    self.threads = threads
    let thresholds = tables.release.definition.protection
    openness = Openness(minimumCell: thresholds.minimumCell, minimumBase: thresholds.minimumBase)
    verdicts = []
    for constraint in tables.system.constraints {
      let range = range(constraint.form)
      let lower = max(range.lowerBound, constraint.lower)
      let upper = min(range.upperBound, constraint.upper)
      if lower <= upper { printed[constraint.form] = lower...upper }
    }
  }

  /// What a form may be, by the bounds of its unknowns and by its own figures.
  private func range(_ form: CountForm) -> ClosedRange<Int> { printed[form] ?? bounds.range(form) }

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
    verdicts = targets.map { verdict(of: $0, bounds) }
    report.openCounts = verdicts.count { $0 == nil }
    let sizes = SizeAssignments(tables, bounds)
    for assignment in sizes.assignments {
      if !verdicts.contains(where: { $0 == nil }) { break }
      trySizes(assignment, &report)
    }
    boundByQuestion(&report)
    boundTogether(&report)
    tell(&report)
  }

  /// What the bounds of the unknowns alone decide.
  private func verdict(of target: AuditTarget, _ bounds: Propagation) -> Verdict? {
    let range = bounds.range(target.form)
    let base = base(of: target)
    if target.exposesEveryone, range == 0...0, (base?.lowerBound ?? 0) > 0 {
      return .broken(range, insider: nil)
    }
    if !openness.isSensitive(range, base: base) { return .safe }
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

  // MARK: - Three ways

  /// Looks for tables with the sizes that are not printed set to numbers. Only safety counts: fewer tables are possible.
  private mutating func trySizes(_ sizes: [(unknown: Int, size: Int)], _ report: inout AuditReport) {
    var system = tables.system
    for (unknown, size) in sizes { system.require(CountForm(sum: [unknown]), equals: size, .structure) }
    let bounds = Propagation(system, workLimit: Self.workLimit)
    guard bounds.contradiction == nil else { return }
    let positions = undecided
    let results = audit(system, bounds, positions, isWhole: true)
    // Every part must have a table of its own, or these sizes go with no table of the whole.
    guard results.allSatisfy({ $0.hasTable }) else { return }
    for result in results {
      report.boundsTried += result.tried
      for (position, verdict) in zip(result.targets, result.verdicts) {
        if case .safe = verdict { verdicts[positions[position]] = .safe }
      }
    }
  }

  /// Bounds what is left in the system of each question and those it is routed by. Only breaks and counts that cannot be
  /// small count: more tables are possible.
  private mutating func boundByQuestion(_ report: inout AuditReport) {
    let groups = Dictionary(grouping: undecided) { tables.family(of: targets[$0].question) }
    for (family, positions) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let system = tables.system.limited { unknown in
        let question = tables.cells[unknown].question
        return question < 0 || family.contains(question)
      }
      let results = audit(system, bounds, positions, isWhole: false)
      for result in results {
        report.boundsTried += result.tried
        for (position, verdict) in zip(result.targets, result.verdicts) {
          if case .broken(_, let insider) = verdict {
            verdicts[positions[position]] = verdict
            if insider != nil { kinds[positions[position]] = result.kinds }
          } else if case .notSmall = verdict {
            verdicts[positions[position]] = .safe
          }
        }
      }
    }
  }

  private mutating func boundTogether(_ report: inout AuditReport) {
    let positions = undecided
    if positions.isEmpty { return }
    for result in audit(tables.system, bounds, positions, isWhole: true) {
      report.boundsTried += result.tried
      for (position, verdict) in zip(result.targets, result.verdicts) {
        verdicts[positions[position]] = verdict
        kinds[positions[position]] = result.kinds
      }
    }
  }

  private static let workLimit = 40_000_000

  // MARK: - Components

  private struct Result {
    var targets: [Int] = []
    var verdicts: [Verdict] = []
    var kinds: [CountForm] = []
    var tried = 0
    var hasTable = true
  }

  /// Audits every component of a system, several at a time.
  /// - Parameter isWhole: Whether components without a target are to show that they have a table.
  private func audit(_ system: CountSystem, _ bounds: Propagation, _ positions: [Int], isWhole: Bool)
    -> [Result]
  {
    let chosen = positions.map { targets[$0] }
    let components = Component.components(system, bounds, chosen).filter { isWhole || !$0.targets.isEmpty }
    let results = Mutex(Array(repeating: Result(), count: components.count))
    // The largest first, so that no thread is left with it at the end.
    let order = components.indices.sorted {
      (components[$1].unknowns.count, $0) < (components[$0].unknowns.count, $1)
    }
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, components.count))) { _ in
      while true {
        let position = next.withLock { position in
          defer { position += 1 }
          return position
        }
        guard position < order.count else { return }
        let index = order[position]
        let result = audit(components[index], system, bounds, chosen)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0 }
  }

  private func audit(
    _ component: Component, _ system: CountSystem, _ bounds: Propagation, _ chosen: [AuditTarget]
  ) -> Result {
    let local = LocalSystem(component, system, bounds)
    var kinds: [CountForm] = []
    var localKinds: [LocalKind] = []
    for kind in component.targets.isEmpty ? [] : tables.kinds(in: component) {
      let range = bounds.range(kind)
      guard range.lowerBound < 1, range.upperBound > 0, let form = local.local(kind, bounds) else { continue }
      kinds.append(kind)
      localKinds.append(LocalKind(form: form.form, constant: form.constant))
    }
    let localTargets = component.targets.map { position in
      let target = chosen[position]
      guard let form = local.local(target.form, bounds) else {
        preconditionFailure("a target's unknowns are in one component")
      }
      let allowed = allowed(target)
      return LocalTarget(
        form: form.form, constant: form.constant, width: openness.width(allowed: allowed, isInsider: false),
        insiderWidth: openness.width(allowed: allowed, isInsider: true),
        base: base(of: target),
        exposesEveryone: target.exposesEveryone)
    }
    var audit = ComponentAudit(local, targets: localTargets, kinds: localKinds, openness: openness)
    let verdicts = audit.verdicts()
    return Result(
      targets: component.targets, verdicts: verdicts, kinds: kinds, tried: audit.boundsTried,
      hasTable: audit.hasTable())
  }

  // MARK: - Telling

  /// Breaks with a worked example; finding the shortest arithmetic takes time, so only so many have one.
  private static let workedExamples = 25

  private func tell(_ report: inout AuditReport) {
    for (index, target) in targets.enumerated() {
      switch verdicts[index] {
      case .broken(let range, let insider):
        let kind = insider.flatMap { kinds[index]?[$0] }
        var found = AuditBreak(
          place: tables.name(of: target, parts), range: range, insider: kind.map(tables.name(ofKind:)))
        if report.breaks.count < Self.workedExamples {
          found.arithmetic = WorkedExample(tables, bounds).lines(for: target.form, range, kind: kind)
        }
        report.breaks.append(found)
      case .undecided(let insider):
        let kind = insider.flatMap { kinds[index]?[$0] }.map {
          ", for a respondent who knows \(tables.name(ofKind: $0))"
        }
        report.undecided.append(tables.name(of: target, parts) + (kind ?? ""))
      case .contradiction:
        let sentence = "no counts go with all figures around \(tables.name(of: target, parts))"
        if report.faults.isEmpty { report.faults.append(sentence) }
      case .safe, .notSmall, nil: break
      }
    }
  }
}
