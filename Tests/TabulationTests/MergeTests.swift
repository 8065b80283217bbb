import SurveyDefinition
import Testing

@testable import Tabulation

/// Tallies of parts of the responses, added up, are the tally of all.
@Suite struct MergeTests {
  private static func survey(_ weights: Weights?) -> Survey {
    var survey = ToySurvey.survey
    survey.weights = weights
    survey.questions.append(
      Question(
        id: "hours", text: "Hours",
        kind: .number(NumberEntry(column: .heading("hours"), valid: nil, bands: []))))
    return survey
  }

  private static func tally(of people: Range<Int>, _ weights: Weights?, different: Int) -> Tally {
    var tally = Tally(TabulationPlan(survey(weights)))
    let layout = tally.plan.layout
    for person in people {
      var response = CodedResponse(layout)
      response.codes[layout.variables[0]] = Int32(person * 5 % 7 % 3) - 1
      for question in [ToySurvey.tools, ToySurvey.why, ToySurvey.more] {
        if let slot = layout.questions[question] {
          response.codes[slot] = Int32((person / 3 + question) * 7 % 11 % 3) - 1
        }
      }
      if let slot = layout.questions[4], person % 5 > 0 {
        response.codes[slot] = 0
        response.numbers[0] = Int64(person % 9) * 1_000_000
      }
      response.weight = Int64(person * 13 % different + 1) * 100_000_000_001
      tally.add(response)
    }
    return tally
  }

  /// Everything that a tally counts.
  private func all(_ tally: Tally) -> [String] {
    let histogram = tally.histogram.listed.map { "\($0)" }
    let weighted = (tally.weights?.histogram.listed ?? []).map { "\($0)" }
    return histogram + weighted + [
      "\(tally.atoms)", "\(tally.cells)", "\(tally.responses)", "\(tally.routingViolations)",
      "\(tally.weights?.sums ?? [])", "\(tally.weights?.everyone ?? WeightSum())",
      "\((tally.weights?.partitions ?? []).map { $0.classes.map { ($0.group, $0.weight, $0.tally.cells) } })",
    ]
  }

  private static let rake: Weights = .rake([
    RakingMargin(
      item: .variable(0), shares: [Decimal6(millionths: 500_000), Decimal6(millionths: 500_000)])
  ])

  @Test(
    arguments: [1, 3, 14, 16, 17, 60],
    [[0, 200], [0, 1, 200], [0, 90, 90, 140, 200], [0, 20, 40, 60, 200]])
  func `parts come to the whole, in any order`(different: Int, cuts: [Int]) {
    for weights in [nil, .column(.heading("w")), Self.rake] {
      let whole = Self.tally(of: 0..<200, weights, different: different)
      let parts = zip(cuts, cuts.dropFirst()).map { Self.tally(of: $0..<$1, weights, different: different) }
      for order in [parts, parts.reversed(), parts.sorted { $0.responses < $1.responses }] {
        var merged = Tally(whole.plan)
        for part in order { merged.merge(part) }
        // Two first, and then the others: adding up is associative.
        var last = order[order.count - 1]
        if order.count > 1 {
          var early = order[0]
          for part in order.dropFirst().dropLast() { early.merge(part) }
          early.merge(last)
          last = early
        }
        for sum in [merged, last] {
          #expect(sum.rakingCombinations.map(\.respondents) == whole.rakingCombinations.map(\.respondents))
          #expect(all(finished(sum, weights)) == all(finished(whole, weights)))
        }
      }
    }
  }

  private func finished(_ tally: Tally, _ weights: Weights?) -> Tally {
    switch weights {
    case nil: tally
    case .column: tally.weightedByColumn()
    case .rake: tally.weighted { groups in [Int64(1), 2, 4][(groups[0] ?? -1) + 1] * WeightSum.unit }
    }
  }
}
