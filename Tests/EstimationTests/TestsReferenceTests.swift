import Estimation
import Testing

/// column-tests-wave1.json and tests-wave1.json: what R computed.
@Suite(.enabled(if: ReferenceData.isAtHand, "REFERENCE_DATA names no folder with `reference`"))
struct TestsReferenceTests {
  @Test func `tests of pairs of columns, and their adjusted p values, are R's`() throws {
    let survey = try ReferenceSurvey(wave: 1)
    let design = try survey.design("weighted")
    var comparison = Comparison()
    var families: [[String]: [(row: ReferenceRow, plain: Double?, effective: Double?)]] = [:]
    for row in try ReferenceData.tables("column-tests-wave1.json", ["table", "table_area"]).flatMap(\.records)
    {
      let family = ["question", "base_rule", "answer", "banner"].map(row.text)
      let answers = survey.gave(family[2], to: family[0], family[1])
      let shares = ["a", "b"].map {
        design.shares(answers, survey.members(family[3], row.text($0)))[0]
      }
      let difference = try #require(ShareDifference(shares[0], minus: shares[1]))
      comparison.check(shares[0].base.effectiveSize, row, "e_a")
      comparison.check(shares[1].base.effectiveSize, row, "e_b")
      let (plain, effective) = (difference.pooledTest(), difference.effectiveBaseTest())
      comparison.check(plain?.statistic, row, "z")
      comparison.check(plain?.p, row, "p", floor: 0)
      comparison.check(effective?.statistic, row, "t_effective_base")
      comparison.check(effective?.p, row, "p_effective_base", floor: 0)
      if let degrees = effective?.degreesOfFreedom { comparison.check(degrees, row, "df_effective_base") }
      families[family, default: []].append((row, plain?.p, effective?.p))
    }
    let adjustments: [(FamilyAdjustment, String)] = [
      (.bonferroni, "bonferroni"), (.holm, "holm"), (.benjaminiHochberg, "BH"),
    ]
    for family in families.values {
      let tested = family.count { $0.plain != nil }
      for (adjustment, name) in adjustments {
        let plain = adjustment.adjust(family.map(\.plain))
        let effective = adjustment.adjust(family.map(\.effective))
        for (index, test) in family.enumerated() {
          comparison.check(plain[index], test.row, "p_" + name, floor: 0)
          comparison.check(effective[index], test.row, "p_effective_base_" + name, floor: 0)
          comparison.check(Double(tested), test.row, "pairs_tested")
        }
      }
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared > 5_000)
  }

  /// A variable of the survey, empty where it says nothing.
  private func variable(_ name: String, _ survey: ReferenceSurvey) -> [String] {
    if name != "q1_net" { return survey.column(name) }
    return survey.column("q1").map { given in
      given.isEmpty ? "" : ["Agree", "Strongly agree"].contains(given) ? "Agree" : "Other"
    }
  }

  @Test func `chi-squared tests of Pearson and of Rao and Scott are R's`() throws {
    let survey = try ReferenceSurvey(wave: 1)
    var comparison = Comparison()
    for row in try ReferenceData.tables("tests-wave1.json", ["chi_square"]).flatMap(\.records) {
      let design = try survey.design(row.text("design"))
      let (rows, columns) = (variable(row.text("row"), survey), variable(row.text("column"), survey))
      // In the order they are met, and with a category that nobody is in.
      let (ofRows, ofColumns) = (Set(rows).subtracting([""]).sorted() + ["nobody"], Set(columns).sorted())
      var table = RespondentTable(
        rows: ofRows.count, columns: ofColumns.count, strata: design.strata.count)
      for index in rows.indices where !rows[index].isEmpty && !columns[index].isEmpty {
        let place = try #require(ofRows.firstIndex(of: rows[index]))
        let other = try #require(ofColumns.firstIndex(of: columns[index]))
        table[place, other, stratum: design.stratum[index]].add(weight: design.weights[index])
      }
      let test: ChiSquaredTest?
      switch row.text("statistic") {
      case "F": test = table.raoScott(design.strata)?.secondOrder
      case "Chisq": test = table.raoScott(design.strata)?.firstOrder
      case "pearson_unweighted": test = table.pearson()
      default: continue  // Wald and adjWald are not offered.
      }
      comparison.check(test?.statistic, row, "value")
      comparison.check(test?.degreesOfFreedom, row, "df1")
      comparison.check(test?.denominatorDegreesOfFreedom, row, "df2")
      comparison.check(test?.p, row, "p", floor: 0)
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared > 200)
  }

  @Test func `t tests of two groups, with a design and without, are R's`() throws {
    let survey = try ReferenceSurvey(wave: 1)
    var comparison = Comparison()
    for row in try ReferenceData.tables("tests-wave1.json", ["t_tests"]).flatMap(\.records) {
      let design = try survey.design(row.text("design"))
      let (role, q3) = (survey.column("role"), survey.column("q3"))
      let isOfRoles = row.text("contrast").hasPrefix("Staff")
      let first = role.indices.map { isOfRoles ? role[$0] == "Staff" : q3[$0] == "Yes" }
      let second = role.indices.map {
        isOfRoles ? !role[$0].isEmpty && role[$0] != "Staff" : q3[$0] == "No"
      }
      let numbers = survey.scale(row.text("scale"))
      let difference = RatioEstimate.difference(
        design.means(numbers, first), design.means(numbers, second), strata: design.strata)
      comparison.check(difference?.value, row, "difference")
      comparison.check(difference?.test().statistic, row, "t")
      comparison.check(difference?.degreesOfFreedom, row, "df")
      comparison.check(difference?.test().p, row, "p", floor: 0)
      comparison.check(difference?.interval(level: 0.95), row, interval: "")
      let moments = [first, second].map { members in
        numbers.indices.reduce(into: WeightedMoments()) { sums, index in
          if members[index], let number = numbers[index] { sums.add(number) }
        }
      }
      for (method, name) in [(MeanComparison.welch, "welch"), (.pooled, "pooled")] {
        let test = moments[0].difference(from: moments[1], method)?.test()
        comparison.check(test?.statistic, row, name + "_t")
        comparison.check(test?.degreesOfFreedom, row, name + "_df")
        comparison.check(test?.p, row, name + "_p", floor: 0)
      }
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared >= 480)
  }
}
