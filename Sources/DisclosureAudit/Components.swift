/// A part of the system that nothing joins to the rest: what can be concluded of its unknowns depends on them alone.
struct Component {
  /// The unknowns that are not fixed, ascending.
  var unknowns: [Int] = []
  /// Constraints that bind at least one of them.
  var constraints: [Int] = []
  /// Positions of the targets that have one of them.
  var targets: [Int] = []
}

extension Component {
  /// Divides what propagation leaves open.
  ///
  /// What a kind of respondent knows joins the unknowns that it is about.
  /// - Parameter isIncluded: Which unknowns are looked at; what joins these must need no others.
  static func components(
    _ system: CountSystem, _ bounds: Propagation, _ targets: [AuditTarget], _ kinds: RespondentKinds,
    of isIncluded: (Int) -> Bool = { _ in true }
  ) -> [Component] {
    var parent = Array(0..<system.unknownCount)
    func root(_ unknown: Int) -> Int {
      var place = unknown
      while parent[place] != place {
        parent[place] = parent[parent[place]]
        place = parent[place]
      }
      return place
    }
    func join(_ form: CountForm) -> Int? {
      var first: Int?
      for unknown in form.unknowns where !bounds.isFixed(Int(unknown)) {
        if let first { parent[root(Int(unknown))] = root(first) } else { first = Int(unknown) }
      }
      return first
    }
    var anchorOfConstraint: [Int?] = []
    for constraint in system.constraints {
      // What the bounds alone guarantee joins nothing.
      let range = bounds.range(constraint.form)
      let isSlack = range.lowerBound >= constraint.lower && range.upperBound <= constraint.upper
      anchorOfConstraint.append(isSlack ? nil : join(constraint.form))
    }
    let anchorOfTarget = targets.map { join($0.form) }
    for form in kinds.forms where form.unknowns.count > 1 { _ = join(form) }
    var indexOfRoot: [Int: Int] = [:]
    var components: [Component] = []
    for unknown in 0..<system.unknownCount where !bounds.isFixed(unknown) && isIncluded(unknown) {
      let root = root(unknown)
      let index = indexOfRoot[root] ?? components.count
      if index == components.count {
        indexOfRoot[root] = index
        components.append(Component())
      }
      components[index].unknowns.append(unknown)
    }
    for (constraint, anchor) in anchorOfConstraint.enumerated() {
      if let anchor, let index = indexOfRoot[root(anchor)] {
        components[index].constraints.append(constraint)
      }
    }
    for (target, anchor) in anchorOfTarget.enumerated() {
      if let anchor, let index = indexOfRoot[root(anchor)] { components[index].targets.append(target) }
    }
    return components
  }
}
