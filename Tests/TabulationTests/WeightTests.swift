import SurveyDefinition
import Testing

@testable import Tabulation

@Suite struct WeightTests {
  private struct Person {
    var role: Int32
    var tools: Int32
    var weight: Int64
  }

  private static func survey(_ weights: Weights) -> Survey {
    var survey = ToySurvey.survey
    survey.weights = weights
    return survey
  }

  private static func tally(_ people: [Person], _ weights: Weights = .column(.heading("w"))) -> Tally {
    var tally = Tally(TabulationPlan(survey(weights)))
    let layout = tally.plan.layout
    for person in people {
      var response = CodedResponse(layout)
      response.codes[layout.variables[0]] = person.role
      if let slot = layout.questions[ToySurvey.tools] { response.codes[slot] = person.tools }
      response.weight = person.weight
      tally.add(response)
    }
    return tally
  }

  /// What all who gave an answer to the first question weigh, in a group of role; nil: all.
  private func weight(_ tally: Tally, _ answer: Int, group: Int? = nil) -> WeightSum {
    let table = tally.plan.tables(ofQuestion: ToySurvey.tools)[0]
    return tally.atoms.indices.reduce(into: WeightSum()) {
      $0.add(
        tally.weight(
          atom: $1, table: table, banner: group.map { _ in 0 }, group: group ?? 0, category: answer))
    }
  }

  private static func people(_ count: Int, different: Int) -> [Person] {
    (0..<count).map { person in
      Person(
        role: Int32(person % 3) - 1, tools: Int32(person * 7 % 4) - 1,
        weight: Int64(person * 13 % different) * 100_000_000_001)
    }
  }

  @Test(arguments: [1, 4, 5, 12, 16, 17, 90])
  func `weights are summed exactly, few or many, in any order of the responses`(different: Int) {
    let people = Self.people(300, different: different)
    let tally = Self.tally(people).weightedByColumn()
    let backwards = Self.tally(people.reversed()).weightedByColumn()
    for answer in 0..<3 {
      for group in [nil, 0, 1, 2] {
        let role = group.map { Int32($0 == 2 ? -1 : $0) }
        let own = people.filter { $0.tools == Int32(answer) && (role == nil || $0.role == role) }
        let sum = weight(tally, answer, group: group)
        #expect(sum.units == own.reduce(Int128(0)) { $0 + Int128($1.weight) })
        let squares = own.reduce(0.0) { $0 + Double($1.weight) * Double($1.weight) } / 1e24
        #expect(abs(sum.squares - squares) <= 1e-12 * squares)
        #expect(weight(backwards, answer, group: group) == sum)
      }
    }
    #expect(tally.weights?.everyone.units == people.reduce(Int128(0)) { $0 + Int128($1.weight) })
    #expect(
      backwards.weights?.partitions.map(\.classes.count) == tally.weights?.partitions.map(\.classes.count))
    // Counts are what they are without weights.
    let plain = Self.tally(people.map { Person(role: $0.role, tools: $0.tools, weight: 1) })
    #expect(tally.row(ToySurvey.tools, .answers) == plain.row(ToySurvey.tools, .answers))
  }

  @Test func `few weights tell classes of respondents, and many none`() {
    func classes(_ different: Int) -> [[Int]] {
      (Self.tally(Self.people(360, different: different)).weightedByColumn().weights?.partitions ?? []).map {
        $0.classes.map { $0.tally.row(nil, .respondents)[0] }
      }
    }
    #expect(classes(1) == [])
    #expect(classes(3) == [[120, 120, 120]])
    #expect(classes(12) == [Array(repeating: 30, count: 12)])
    #expect(classes(13) == [])
    #expect(classes(40) == [])
  }

  @Test func `raking knows which groups go together, and weighs by them`() {
    let margins: Weights = .rake([
      RakingMargin(
        item: .variable(0), shares: [Decimal6(millionths: 500_000), Decimal6(millionths: 500_000)])
    ])
    let tally = Self.tally(Self.people(300, different: 2), margins)
    #expect(tally.rakingCombinations.map(\.groups) == [[nil], [0], [1]])
    #expect(tally.rakingCombinations.map(\.respondents) == [100, 100, 100])
    let weighted = tally.weighted { groups in [Int64(1), 2, 4][(groups[0] ?? -1) + 1] * WeightSum.unit }
    #expect(weighted.weights?.everyone.weight == 700)
    #expect(weighted.weights?.everyone.squares == 2_100)
    #expect(weighted.weights?.everyone.effectiveSize == 700.0 * 700 / 2_100)
    #expect(weighted.weights?.partitions.map { $0.classes.map(\.group) } == [[nil, 0, 1]])
    #expect(weighted.rakingCombinations.map(\.respondents) == [300])
  }

  @Test func `sums of squares do not overflow`() {
    let heavy = Array(
      repeating: Person(role: 0, tools: 0, weight: 1_000_000 * WeightSum.unit), count: 400)
    let sum = weight(Self.tally(heavy).weightedByColumn(), 0)
    #expect(abs(sum.squares - 4e14) < 1)
    #expect(abs(sum.effectiveSize - 400) < 1e-9)
  }

  @Test func `weights of 1 change neither a mean nor a median`() throws {
    func sums(_ values: [(Int64, Int)], _ weight: Int64) -> [(value: Decimal6, count: WeightSum)] {
      values.map { value, count in
        var sum = WeightSum()
        sum.add(weight, times: count)
        return (Decimal6(millionths: value * 1_000_000), sum)
      }
    }
    for values in [
      [(1, 3), (2, 4), (9, 1)], [(1, 2), (4, 2)], [(-5, 1)], [(0, 3), (1, 1), (7, 2), (8, 2)],
    ] {
      let values = values.map { (Int64($0.0), $0.1) }
      let plain = NumberSummary(values.map { (Decimal6(millionths: $0.0 * 1_000_000), $0.1) })
      #expect(NumberSummary(sums(values, WeightSum.unit)) == plain)
      #expect(NumberSummary(sums(values, 333_333_333_333)) == plain)
    }
    #expect(NumberSummary(sums([(1, 3)], 0)) == nil)
  }
}
