/// A theme question of a random survey, and its codings.
extension RandomSurvey {
  private static let above = " / "

  /// The themes above one, the next first.
  static func themesAbove(_ theme: String) -> [String] {
    guard let end = theme.ranges(of: above).last else { return [] }
    let next = String(theme[..<end.lowerBound])
    return [next] + themesAbove(next)
  }

  private static func id(ofTheme theme: String) -> String {
    theme.replacing(above, with: "_").lowercased()
  }

  /// Adds a theme question, drawn by itself so that all else is as it is without.
  mutating func addThemes(seed: UInt64) {
    var chance = Chance(seed: seed &+ 7_919)
    var question = Question(id: "themes", kind: .theme, labels: [])
    for top in ["Kit", "Pay", "Ict", "Law"].prefix(chance.whole(2...4)) {
      question.labels.append(top)
      for below in ["A", "B", "C"].prefix(chance.whole(0...3)) {
        question.labels.append(top + Self.above + below)
        if chance.isHit(15) { question.labels.append(top + Self.above + below + Self.above + "X") }
      }
    }
    question.isBaseAsked = chance.isHit(15)
    question.isSensitive = chance.isHit(20)
    let asked = questions.filter { $0.kind == .single || $0.kind == .scale }
    if !asked.isEmpty, chance.isHit(15) {
      let routing = chance.pick(asked)
      question.askedIf = [[(routing.id, chance.some(routing.labels))]]
    }
    questions.append(question)
    for index in packs.indices where packs[index].questions != nil && chance.isHit(60) {
      packs[index].questions?.append(question.id)
    }
    let coded = chance.pick([40, 80, 100])
    let often = question.labels.map { _ in chance.pick([2, 5, 15, 40]) }
    for index in people.indices where holds(question.askedIf, people[index]) && chance.isHit(coded) {
      var raised: Set<String> = []
      for (theme, percent) in zip(question.labels, often) where chance.isHit(percent) {
        raised.formUnion([theme] + Self.themesAbove(theme))
      }
      people[index][question.id] = .many(raised)
    }
  }

  /// Takes a theme out, with those below it; unless there would be none left.
  mutating func leaveOut(_ theme: Int, ofThemes index: Int) {
    let question = questions[index]
    let gone = question.labels.filter {
      ([$0] + Self.themesAbove($0)).contains(question.labels[theme])
    }
    guard gone.count < question.labels.count else { return }
    questions[index].labels.removeAll(where: gone.contains)
    for row in people.indices {
      guard case .many(let raised) = people[row][question.id] else { continue }
      people[row][question.id] = .many(raised.subtracting(gone))
    }
  }

  /// The codebook, as lines of survey.yaml.
  var codebook: [String] {
    let themes = questions.filter { $0.kind == .theme }.flatMap(\.labels)
    guard !themes.isEmpty else { return [] }
    func entry(_ theme: String) -> String {
      let below = themes.filter { Self.themesAbove($0).first == theme }.map(entry)
      let label = theme.lastPart(after: Self.above)
      return "\(Self.id(ofTheme: theme)): { label: \(label)"
        + (below.isEmpty ? "" : ", themes: { \(below.joined(separator: ", ")) }") + " }"
    }
    return ["themes:"] + themes.filter { Self.themesAbove($0).isEmpty }.map { "  " + entry($0) }
  }

  /// open-text.csv; nil where nobody's text was coded. A theme is coded by itself only where none below it is.
  var codings: String? {
    var lines: [String] = []
    for question in questions where question.kind == .theme {
      for (row, person) in people.enumerated() {
        guard holds(question.askedIf, person), case .many(let raised) = person[question.id] else { continue }
        let codes = question.labels.filter { theme in
          raised.contains(theme) && !raised.contains { Self.themesAbove($0).contains(theme) }
        }
        lines += (codes.isEmpty ? [""] : codes.map(Self.id)).map { "\(row + 1),\(question.id),\($0)" }
      }
    }
    return lines.isEmpty ? nil : (["respondent,question,theme"] + lines).joined(separator: "\n") + "\n"
  }

  /// Sentences about what two figures of a theme question leave where one is taken from the other, too small to be shown.
  func smallRests(ofPack id: String, records: [[String]]) -> [String] {
    guard let heading = records.first else { return [] }
    let rows = records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(heading, $0)) }
    return questions.filter { $0.kind == .theme }.flatMap { question -> [String] in
      let places = Dictionary(grouping: rows.filter { $0["question"] == question.id }) {
        [$0["banner"] ?? "", $0["group"] ?? ""]
      }
      return places.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { place, rows -> [String] in
        var counts: [String: Int] = [:]
        for row in rows { counts[row["answer"] ?? ""] = Int(row["count"] ?? "") }
        return question.labels.flatMap { theme in
          (["(base)"] + Self.themesAbove(theme)).compactMap { whole -> String? in
            guard let all = counts[whole], let part = counts[theme] else { return nil }
            if part > all { return "\(id): \(place): \(part) raised \(theme), \(all) \(whole)" }
            guard (1..<minimumCell).contains(all - part) else { return nil }
            return "\(id): \(place): \(whole) without \(theme) leaves \(all - part)"
          }
        }
      }
    }
  }
}

extension String {
  /// The last part of a theme's path.
  fileprivate func lastPart(after separator: String) -> String {
    ranges(of: separator).last.map { String(self[$0.upperBound...]) } ?? self
  }
}
