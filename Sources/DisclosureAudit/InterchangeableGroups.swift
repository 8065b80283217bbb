/// Groups of a banner that no figure tells apart: to exchange two of them changes nothing that a reader knows.
///
/// Most are groups withheld in every table. What holds for one of them holds for each, so one is looked at for all, and
/// because a respondent of another such group may know other things of it than one of its own, a second one for the
/// respondents. A third has the people of all others: what always holds for each of two groups holds for both together,
/// so that a table in which these have people is as good as one in which all of them are in the third.
struct InterchangeableGroups {
  /// By column, then group: the first group that it can be exchanged with, or itself.
  private let first: [[Int]]
  /// By column: groups of which neither the counts nor the respondents need be looked at.
  private let spared: [Set<Int>]
  /// Unknowns of groups whose people can all be in another one.
  let emptied: [Int]

  init(_ tables: CountTables, _ bounds: Propagation) {
    var constraintsOfGroup = tables.columns.map { Array(repeating: [Int](), count: $0.groups.count) }
    for (index, constraint) in tables.system.constraints.enumerated() {
      for unknown in constraint.form.unknowns {
        let cell = tables.cells[Int(unknown)]
        if constraintsOfGroup[cell.column][cell.group].last != index {
          constraintsOfGroup[cell.column][cell.group].append(index)
        }
      }
    }
    var unknownsOfGroup = tables.columns.map { Array(repeating: [Int](), count: $0.groups.count) }
    for (unknown, cell) in tables.cells.enumerated() {
      unknownsOfGroup[cell.column][cell.group].append(unknown)
    }
    let known = Set(
      tables.system.constraints.map { Known(form: $0.form, lower: $0.lower, upper: $0.upper) })

    /// Whether everything stays as it is when two groups are exchanged: each constraint becomes one that there is.
    func isExchangeable(_ column: Int, _ group: Int, with other: Int) -> Bool {
      guard unknownsOfGroup[column][group].count == unknownsOfGroup[column][other].count else { return false }
      for unknown in unknownsOfGroup[column][group] {
        guard let image = tables.exchanged(unknown, column, group, other),
          bounds.lower[unknown] == bounds.lower[image], bounds.upper[unknown] == bounds.upper[image]
        else { return false }
      }
      // Figures come last, and are what differs.
      for index in (constraintsOfGroup[column][group] + constraintsOfGroup[column][other]).reversed() {
        let constraint = tables.system.constraints[index]
        guard let form = tables.exchanged(constraint.form, column, group, other),
          known.contains(Known(form: form, lower: constraint.lower, upper: constraint.upper))
        else { return false }
      }
      return true
    }

    /// Whether everyone of some groups that can be exchanged may be in one of them: what binds one alone holds for sums of
    /// what it holds for, and what binds several binds all of them alike, as the total of the groups does. No count is
    /// then larger than the total, which is no larger than the number of responses.
    func isAdditive(_ column: Int, _ groups: [Int]) -> Bool {
      let own = Set(groups)
      guard groups.allSatisfy({ unknownsOfGroup[column][$0].allSatisfy { bounds.lower[$0] == 0 } }) else {
        return false
      }
      for index in Set(groups.flatMap { constraintsOfGroup[column][$0] }) {
        let constraint = tables.system.constraints[index]
        let cells = constraint.form.unknowns.map { tables.cells[Int($0)] }
        let concerned = Set(cells.filter { $0.column == column }.map(\.group)).intersection(own)
        if concerned.count == 1 {
          guard cells.allSatisfy({ $0.column == column && own.contains($0.group) }),
            constraint.lower == .min || constraint.lower == 0,
            constraint.upper == .max || constraint.upper == 0
          else { return false }
        } else {
          guard
            groups.allSatisfy({ tables.exchanged(constraint.form, column, groups[0], $0) == constraint.form })
          else { return false }
        }
      }
      return true
    }

    var first: [[Int]] = []
    var spared: [Set<Int>] = []
    var emptied: [Int] = []
    for column in tables.columns.indices {
      var own = Array(tables.columns[column].groups.indices)
      var classes: [[Int]] = []
      for group in own.indices {
        // Exchanging with the first is enough: all exchanges follow from those with one.
        if let known = classes.firstIndex(where: { isExchangeable(column, $0[0], with: group) }) {
          own[group] = classes[known][0]
          classes[known].append(group)
        } else {
          classes.append([group])
        }
      }
      first.append(own)
      spared.append(Set(classes.flatMap { $0.dropFirst(2) }))
      for groups in classes where groups.count > 3 && isAdditive(column, groups) {
        emptied += groups.dropFirst(3).flatMap { unknownsOfGroup[column][$0] }
      }
    }
    self.first = first
    self.spared = spared
    self.emptied = emptied
  }

  /// Whether another group is looked at for one.
  func hasFirst(_ column: Int, _ group: Int) -> Bool { first[column][group] != group }

  /// Whether nobody of a group need be looked at as a respondent: two groups like it are.
  func isSpared(_ column: Int, _ group: Int) -> Bool { spared[column].contains(group) }

  /// By target: the same one of the first group that its own can be exchanged with; nil of those groups themselves.
  func firstOfEach(_ targets: [AuditTarget]) -> [Int?] {
    var positions: [Place: Int] = [:]
    for (position, target) in targets.enumerated() { positions[Place(target, target.group)] = position }
    return targets.map { target in
      let first = first[target.column][target.group]
      if first == target.group { return nil }
      guard let position = positions[Place(target, first)] else {
        preconditionFailure("groups that can be exchanged have the same counts")
      }
      return position
    }
  }

  /// Where a target stands.
  private struct Place: Hashable {
    let part: Int
    let question: Int
    let column: Int
    let group: Int
    let subject: AuditTarget.Subject
    let exposesEveryone: Bool

    init(_ target: AuditTarget, _ group: Int) {
      part = target.part
      question = target.question
      column = target.column
      self.group = group
      subject = target.subject
      exposesEveryone = target.exposesEveryone
    }
  }

  private struct Known: Hashable {
    let form: CountForm
    let lower: Int
    let upper: Int
  }
}

extension CountTables {
  /// An unknown when two groups of a column have changed places; nil where there is no such count.
  func exchanged(_ unknown: Int, _ column: Int, _ group: Int, _ other: Int) -> Int? {
    var cell = cells[unknown]
    guard cell.column == column, cell.group == group || cell.group == other else { return unknown }
    cell.group = cell.group == group ? other : group
    return unknownOfCell[cell]
  }

  /// A form when two groups of a column have changed places; nil where it would need a count that there is not.
  func exchanged(_ form: CountForm, _ column: Int, _ group: Int, _ other: Int) -> CountForm? {
    var terms: [(unknown: Int, coefficient: Int)] = []
    for (unknown, coefficient) in form.terms {
      guard let image = exchanged(unknown, column, group, other) else { return nil }
      terms.append((image, coefficient))
    }
    return CountForm(terms: terms)
  }
}
