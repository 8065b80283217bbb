/// Groups of a variable, or bands of a number, that would be counted together.
///
/// Only a definition can pool groups, and only a person can decide it: a pooling is what `canvass check --protection`
/// proposes, never something that a run does.
public struct Pooling: Sendable, Hashable {
  public let item: Item
  /// Positions of the groups that become one, at least two in each set; sets and positions ascend, and no group is in
  /// two of them.
  public let sets: [[Int]]

  public init(item: Item, sets: [[Int]]) {
    precondition(
      sets.allSatisfy { $0.count > 1 } && Set(sets.joined()).count == sets.joined().count,
      "a pooling joins at least two groups, and no group twice")
    self.item = item
    self.sets = sets.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// By position of each of `count` groups: its position afterwards. Pooled groups stand where the first of them stood.
  public func positions(of count: Int) -> [Int] {
    var positions = Array(repeating: -1, count: count)
    var next = 0
    for group in 0..<count where positions[group] < 0 {
      for member in sets.first(where: { $0.contains(group) }) ?? [group] { positions[member] = next }
      next += 1
    }
    return positions
  }
}

extension Survey {
  /// The positions of the groups that a definition could pool by changing the item's `groups` (of a number its `bands`)
  /// and nothing else.
  ///
  /// A group that `who`, `asked_if`, a net or a raking target names is none of them: the label would be gone, and whom a
  /// pack or a question is for might change. Nor is `other`, which is a key of its own. The answers of a question are
  /// what it asks, not groups to be pooled.
  public func poolableGroups(of item: Item) -> [Int] {
    var excluded: Set<Int> = []
    let count: Int
    switch item {
    case .variable(let index):
      guard case .column = variables[index].source else { return [] }
      count = variables[index].groups.count
      if let other = variables[index].other, let position = variables[index].groupLabels.firstIndex(of: other)
      {
        excluded.insert(position)
      }
    case .question(let index):
      guard case .number(let number) = questions[index].kind else { return [] }
      count = number.bands.count
      for case .answers(let members) in questions[index].nets.map(\.members) { excluded.formUnion(members) }
    }
    if case .rake(let margins, _) = weights, margins.contains(where: { $0.item == item }) { return [] }
    for condition in questions.compactMap(\.askedIf) + packs.compactMap(\.who) {
      for clause in condition.alternatives.joined() where clause.item == item {
        excluded.formUnion(clause.accepted)
      }
    }
    return (0..<count).filter { !excluded.contains($0) }
  }

  /// Whether neighbouring groups are closer to one another than others: bands, and groups whose labels count upwards
  /// (`Under 2 years`, `2 to 4 years`, …).
  public func isOrdered(_ item: Item) -> Bool {
    switch item {
    case .question: return true
    case .variable(let index):
      let labels = variables[index].groups.map(\.label)
      let numbers = labels.compactMap { label in
        label.split { !$0.isASCII || !$0.isNumber }.first.flatMap { Int($0) }
      }
      return numbers.count == labels.count && zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }
    }
  }

  /// The survey as the definition would be read if it pooled these groups.
  /// - Precondition: All of them are among `poolableGroups(of:)`; of a number they are neighbours.
  public func pooled(_ pooling: Pooling) -> Survey {
    precondition(
      Set(pooling.sets.joined()).isSubset(of: poolableGroups(of: pooling.item)),
      "groups are pooled only where nothing else of the definition names them")
    var survey = self
    let positions: [Int]
    switch pooling.item {
    case .variable(let index):
      positions = pooling.positions(of: variables[index].groupLabels.count)
      survey.variables[index].groups = variables[index].pooledGroups(pooling, input)
    case .question(let index):
      guard case .number(var number) = questions[index].kind else { return self }
      positions = pooling.positions(of: number.bands.count)
      number.bands = number.pooledBands(pooling, nets: questions[index].nets.map(\.label))
      survey.questions[index].kind = .number(number)
      for (net, definition) in questions[index].nets.enumerated() {
        guard case .answers(let members) = definition.members else { continue }
        survey.questions[index].nets[net].members = .answers(members.map { positions[$0] })
      }
    }
    func moved(_ condition: Condition?) -> Condition? {
      guard var condition else { return nil }
      for (a, alternative) in condition.alternatives.enumerated() {
        for (c, clause) in alternative.enumerated() where clause.item == pooling.item {
          condition.alternatives[a][c].accepted = clause.accepted.map { positions[$0] }
        }
      }
      return condition
    }
    for index in questions.indices { survey.questions[index].askedIf = moved(questions[index].askedIf) }
    for index in packs.indices { survey.packs[index].who = moved(packs[index].who) }
    return survey
  }
}

extension Variable {
  fileprivate func pooledGroups(_ pooling: Pooling, _ input: InputLayout) -> [AnswerOption] {
    var taken = Set(groupLabels + groups.flatMap(\.texts))
    taken.formUnion(missing ?? input.missing)
    taken.formUnion(notAsked ?? input.notAsked)
    return pooling.merged(groups) { members in
      let label = pooledLabel(members.map(\.label), taken: &taken)
      var texts: [String] = []
      for text in members.flatMap(\.texts) where !texts.contains(text) { texts.append(text) }
      return AnswerOption(label: label, texts: texts + [label])
    }
  }
}

extension NumberEntry {
  fileprivate func pooledBands(_ pooling: Pooling, nets: [String]) -> [Band] {
    var taken = Set(bands.map(\.label) + nets)
    return pooling.merged(bands) { members in
      precondition(
        zip(members, members.dropFirst()).allSatisfy { $0.upTo == $1.from }, "pooled bands are neighbours")
      return Band(
        label: pooledLabel(members.map(\.label), taken: &taken), from: members[0].from,
        upTo: members[members.count - 1].upTo)
    }
  }
}

extension Pooling {
  /// The groups afterwards: each set made one by `merge`, where its first member stood.
  fileprivate func merged<Group>(_ groups: [Group], _ merge: ([Group]) -> Group) -> [Group] {
    groups.indices.compactMap { index in
      guard let set = sets.first(where: { $0.contains(index) }) else { return groups[index] }
      return set[0] == index ? merge(set.map { groups[$0] }) : nil
    }
  }
}

/// A label for groups counted together, which no other label or text of a cell has; it then counts as taken.
private func pooledLabel(_ labels: [String], taken: inout Set<String>) -> String {
  let joined =
    labels.count <= 3
    ? labels.joined(separator: ", ") : "\(labels[0]), \(labels[1]) and \(labels.count - 2) more"
  var label = joined
  var number = 1
  // In parentheses a label would be reserved.
  while taken.contains(label) || (label.hasPrefix("(") && label.hasSuffix(")")) || label.hasPrefix("(net) ") {
    label = number == 1 ? "Together: \(joined)" : "Together \(number): \(joined)"
    number += 1
  }
  taken.insert(label)
  return label
}
