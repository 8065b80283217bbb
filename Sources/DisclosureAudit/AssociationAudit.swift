import Estimation

/// associations.csv may tell only of tables of which every count is published; each test is worked out again from them.
enum AssociationAudit {
  static let file = "associations.csv"

  static func faults(
    _ name: String, _ rows: [(row: PublishedRow, fields: [String: String])], _ release: PublishedRelease
  ) -> [String] {
    var faults: [String] = []
    var families: [String: [(line: Int, p: Double, fields: [String: String])]] = [:]
    for (row, fields) in rows {
      let place = "\(name):\(row.line)"
      guard let question = release.definition.questions.first(where: { $0.id == row.question }),
        ["single", "scale", "number"].contains(question.kind), row.answer == "(base)", row.group == "Total",
        let counts = counts(question, row.pack, row.banner, release)
      else {
        faults.append("\(place): not every count of the table is published")
        continue
      }
      let people = counts.joined().reduce(0, +)
      guard row.base == people, row.count == people, row.percent == nil, row.lower == nil, row.upper == nil,
        row.marker.isEmpty, let test = test(counts, release)
      else {
        faults.append("\(place): no test goes with the counts of the table")
        continue
      }
      func agrees(_ column: String, _ value: Double, decimals: Int) -> Bool {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        return PublishedRow.scaled(fields[column] ?? "", decimals: decimals)
          .map { isRounded($0, value * scale) } ?? false
      }
      if !agrees("f", test.f, decimals: 4) || !agrees("df1", test.above, decimals: 2)
        || !agrees("df2", test.below, decimals: 2) || !agrees("p", test.p, decimals: 4)
        || !agrees("cramers_v", test.cramersV, decimals: 3)
      {
        faults.append("\(place): the test does not follow from the counts of the table")
      }
      families[row.banner, default: []].append((row.line, test.p, fields))
    }
    for family in families.values {
      for (member, adjusted) in zip(family, ContrastAudit.adjusted(family.map(\.p), release.definition)) {
        guard let adjusted,
          PublishedRow.scaled(member.fields["p_adjusted"] ?? "", decimals: 4)
            .map({ isRounded($0, adjusted * 10_000) }) ?? false
        else {
          faults.append("\(name):\(member.line): `p_adjusted` does not follow from the probabilities")
          continue
        }
      }
    }
    return faults.sorted()
  }

  /// Group by group what each answer was given by; nil where something of it is withheld.
  private static func counts(
    _ question: PublishedDefinition.Question, _ pack: String, _ banner: String, _ release: PublishedRelease
  ) -> [[Int]]? {
    let answers = question.answers + (question.base == "asked" ? ["(no answer)"] : [])
    var counts: [[Int]] = []
    for group in release.groupLabels(of: banner) where group != "Not stated" {
      guard let base = release.row(pack, question.id, "(base)", banner, group)?.count else { return nil }
      let row = answers.compactMap { release.row(pack, question.id, $0, banner, group)?.count }
      guard row.count == answers.count, row.reduce(0, +) == base else { return nil }
      counts.append(row)
    }
    return counts
  }

  /// Rao and Scott's second-order test of counts that are not weighted (1984, Annals of Statistics 12(1), 46-60).
  private static func test(
    _ counts: [[Int]], _ release: PublishedRelease
  ) -> (f: Double, above: Double, below: Double, p: Double, cramersV: Double)? {
    guard let columns = counts.first?.count, columns > 0 else { return nil }
    var table = RespondentTable(rows: counts.count, columns: columns)
    for (row, cells) in counts.enumerated() {
      for (column, count) in cells.enumerated() where count > 0 {
        table[row, column] = WeightedBase(respondents: count)
      }
    }
    let definition = release.definition
    let responses = release.manifest.responses
    let population = definition.sampling == "random" ? definition.population : nil
    let sample = SampledStratum(sampled: responses, population: population.map { Double(max($0, responses)) })
    guard let pearson = table.pearson(), let test = table.raoScott([sample])?.secondOrder,
      let below = test.denominatorDegreesOfFreedom
    else { return nil }
    let rows = counts.count { $0.contains { $0 > 0 } }
    let used = (0..<columns).count { column in counts.contains { $0[column] > 0 } }
    let people = Double(counts.joined().reduce(0, +))
    let v = (pearson.statistic / (people * Double(min(rows, used) - 1))).squareRoot()
    return (test.statistic, test.degreesOfFreedom, below, test.p, min(1, v))
  }
}
