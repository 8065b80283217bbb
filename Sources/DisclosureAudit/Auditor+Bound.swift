import Solver

/// What bounds targets by the systems of questions, and all together.
extension Auditor {
  /// Targets or kinds of respondents, with the questions whose systems they are looked at in; nil for the whole system.
  typealias Chosen = (questions: [Int]?, positions: [Int])

  /// Bounds what is not open with the first sizes in its own question's system, from outside only.
  mutating func boundFromOutside(_ report: inout AuditReport) {
    workers.step = "bounding what is left"
    let left = undecided.filter { targets[$0].question >= 0 && !isOpen[$0] }
    let groups = Dictionary(grouping: left) { targets[$0].question }.sorted { $0.key < $1.key }
    let results = eachPart(groups.map { ([$0.key], $0.value) }, hasKinds: false) { audit, chosen, _ in
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

  /// Finds kinds of respondents, beside those that some table has, that the system of their own question has none with.
  mutating func findImpossibleKinds(but present: BitSet, _ report: inout AuditReport) {
    let left = absent(present)
    let groups = Dictionary(grouping: left.positions) { tables.family(of: kinds.question[$0]) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let pieces = groups.flatMap { group in
      let system = tables.limited(to: group.key)
      return components(of: system, group.key, []).map { (system: system, component: $0) }
    }.filter { piece in kinds.positions(in: piece.component).contains { left[$0] } }
    let auditor = self
    let results = workers.map(sizes: pieces.map(\.component.unknowns.count)) { index in
      let (system, component) = pieces[index]
      let own = auditor.kinds.positions(in: component).filter { left[$0] }
      var audit = auditor.audit(LocalSystem(component, system, auditor.bounds), auditor.bounds, [], own)
      return (kinds: audit.kindsWithoutTable().map { own[$0] }, work: audit.work)
    }
    for result in results {
      report.work += result.work
      for kind in result.kinds { possible[kind] = false }
    }
  }

  /// The components of the system of some questions.
  func components(of system: CountSystem, _ questions: [Int]?, _ positions: [Int]) -> [Component] {
    let chosen = questions.map(Set.init)
    return Component.components(
      system, bounds, positions.map { targets[$0] }, kinds,
      of: { unknown in
        let question = tables.cells[unknown].question
        return question < 0 || chosen?.contains(question) ?? true
      })
  }

  /// Bounds what is left in the system of each question and those it is routed by. Only breaks and counts that cannot be
  /// small count: more tables are possible.
  mutating func boundByQuestion(_ report: inout AuditReport) {
    workers.step = "bounding what is left"
    let groups = Dictionary(grouping: undecided) { tables.family(of: targets[$0].question) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    for decided in bound(groups.map { ($0.key, $0.value) }) {
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

  mutating func boundTogether(_ report: inout AuditReport) {
    workers.step = "bounding what is left, all together"
    for decided in bound([(nil, undecided)]) {
      report.work += decided.work
      for (target, verdict, insider) in decided.found {
        verdicts[target] = verdict
        insiders[target] = insider
      }
    }
  }

  struct Decided: Sendable {
    var found: [(target: Int, verdict: Verdict, insider: CountForm?)] = []
    var work = AuditWork()
  }

  private func bound(_ groups: [Chosen]) -> [Decided] {
    eachPart(groups, hasKinds: true) { audit, chosen, own in
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

  /// Works on each component, of the systems of some questions, that has one of their targets.
  /// - Parameter body: Takes the component, its targets and the kinds of respondents that are looked at.
  private func eachPart<Value: Sendable>(
    _ groups: [Chosen], hasKinds: Bool, _ body: @Sendable (inout ComponentAudit, [Int], [Int]) -> Value
  ) -> [Value] {
    let pieces = groups.filter { !$0.positions.isEmpty }.flatMap { group in
      let system = group.questions.map { tables.limited(to: $0) } ?? tables.system
      return components(of: system, group.questions, group.positions).filter { !$0.targets.isEmpty }.map {
        (system: system, component: $0, chosen: $0.targets.map { group.positions[$0] })
      }
    }
    return workers.map(sizes: pieces.map(\.component.unknowns.count)) { index in
      let (system, component, chosen) = pieces[index]
      let own = hasKinds ? kinds.positions(in: component).filter { possible[$0] } : []
      var audit = self.audit(LocalSystem(component, system, bounds), bounds, chosen, own)
      return body(&audit, chosen, own)
    }
  }
}
