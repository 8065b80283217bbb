import Foundation

/// Counts respondents again, without anything that the product counts with.
extension RandomSurvey {
  func holds(_ condition: Condition?, _ person: [String: Answer]) -> Bool {
    guard let condition else { return true }
    return condition.contains { clauses in
      clauses.allSatisfy { !labels($0.item, of: person).isDisjoint(with: $0.labels) }
    }
  }

  /// What a respondent's answer counts under; empty where they were not asked or did not answer.
  func labels(_ item: String, of person: [String: Answer]) -> Set<String> {
    if let question = question(item), !holds(question.askedIf, person) { return [] }
    switch person[item] {
    case .one(let label): return [label]
    case .many(let chosen): return chosen
    case .number(let number):
      guard let question = question(item) else { return [] }
      let band = question.ends.firstIndex { number < $0 } ?? question.ends.count - 1
      return question.ends.isEmpty ? [] : [question.labels[band]]
    case .some(.none), nil: return []
    }
  }

  private func hasAnswered(_ question: Question, _ person: [String: Answer]) -> Bool {
    holds(question.askedIf, person) && (person[question.id] ?? .none) != .none
  }

  /// Sentences about figures of a pack's table that are not true, or that nothing small may stand in.
  func untrueFigures(ofPack id: String, records: [[String]]) -> [String] {
    guard let pack = packs.first(where: { $0.id == id }), let heading = records.first else {
      return ["\(id): no such pack, or nothing in its table"]
    }
    let members = people.filter { holds(pack.who, $0) }
    return records.dropFirst().flatMap { record -> [String] in
      let row = Dictionary(uniqueKeysWithValues: zip(heading, record))
      return faults(of: row, members).map { fault in
        let place = ["question", "answer", "banner", "group"].compactMap { row[$0] }.joined(separator: ", ")
        return "\(id): \(place): \(fault)"
      }
    }
  }

  private func faults(of row: [String: String], _ members: [[String: Answer]]) -> [String] {
    let group = members.filter { person in
      guard let banner = row["banner"], banner != "total" else { return true }
      let labels = labels(banner, of: person)
      return row["group"] == "Not stated" ? labels.isEmpty : labels.contains(row["group"] ?? "")
    }
    guard let id = row["question"], id != "respondents" else {
      return compare(row, count: group.count, base: group.count, isBase: true)
    }
    guard let question = question(id) else { return ["no such question"] }
    let answered = group.filter { hasAnswered(question, $0) }
    let asked = group.filter { holds(question.askedIf, $0) }
    let base = question.isBaseAsked ? asked : answered
    switch row["answer"] {
    case "(base)": return compare(row, count: base.count, base: base.count, isBase: true)
    case "(no answer)": return compare(row, count: asked.count - answered.count, base: base.count)
    case "(mean)", "(median)": return compareValue(row, numbers(question, answered), base: base.count)
    case let answer?:
      let wanted = netMembers(answer, question)
      let count = answered.filter { !labels(id, of: $0).isDisjoint(with: wanted) }.count
      return compare(row, count: count, base: base.count)
    case nil: return ["the row has no answer"]
    }
  }

  private func netMembers(_ answer: String, _ question: Question) -> [String] {
    guard answer.hasPrefix("(net) ") else { return [answer] }
    let net = question.nets.first { "(net) \($0.label)" == answer }
    guard let members = net?.members, !members.isEmpty else {
      return question.labels.dropLast(question.exclusive)
    }
    return members
  }

  private func numbers(_ question: Question, _ answered: [[String: Answer]]) -> [Int] {
    answered.compactMap { if case .number(let number) = $0[question.id] { number } else { nil } }.sorted()
  }

  private func compare(_ row: [String: String], count: Int, base: Int, isBase: Bool = false) -> [String] {
    var faults: [String] = []
    func expect(_ column: String, _ wanted: Int) {
      guard let text = row[column], !text.isEmpty, text != "\(wanted)" else { return }
      faults.append("\(column) is \(text), not \(wanted)")
    }
    expect("count", count)
    expect("base", base)
    let isShown = !(row["count"] ?? "").isEmpty
    if isShown == (row["marker"] == "c") { faults.append("a count and a marker that says otherwise") }
    if isShown, 0 < count, count < minimumCell { faults.append("a count of \(count) is shown") }
    if isShown, !isBase, 0 < base, base < minimumBase {
      faults.append("an answer of a base of \(base) is shown")
    }
    guard isShown, !isBase, base > 0 else { return faults }
    let share = Double(count) / Double(base)
    faults += near(row["percent"], 100 * share, within: 0.05001, "percent")
    // Wilson (1927): what a share may be by chance.
    let z = 1.959963985
    let n = Double(base)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    faults += near(row["lower"], 100 * (centre - half), within: 0.05001, "lower")
    faults += near(row["upper"], 100 * (centre + half), within: 0.05001, "upper")
    return faults
  }

  private func compareValue(_ row: [String: String], _ numbers: [Int], base: Int) -> [String] {
    guard let text = row["value"], !text.isEmpty else { return [] }
    if base < minimumBase { return ["a mean of \(base) respondents is shown"] }
    let middle = Double(numbers[(numbers.count - 1) / 2] + numbers[numbers.count / 2]) / 2
    let mean = Double(numbers.reduce(0, +)) / Double(numbers.count)
    return near(text, row["answer"] == "(mean)" ? mean : middle, within: 0.00501, "value")
  }

  private func near(_ text: String?, _ wanted: Double, within: Double, _ column: String) -> [String] {
    guard let number = Double(text ?? ""), abs(number - wanted) <= within else {
      return ["\(column) is \(text ?? "missing"), not \(wanted)"]
    }
    return []
  }
}
