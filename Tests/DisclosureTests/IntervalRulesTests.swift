import SurveyDefinition
import Testing

@testable import Disclosure

struct IntervalRulesTests {
  private func rules(
    _ method: IntervalMethod = .wilson, sampling: Sampling? = nil, population: Int? = nil, responses: Int = 5
  ) -> IntervalRules {
    IntervalRules(
      Survey(
        id: "staff", title: "Staff", sampling: sampling, population: population.map { Population(total: $0) },
        intervals: method), responses: responses)
  }

  /// Source: Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
  /// 857-872, Table I: method 3 (score) and method 5 (Clopper-Pearson).
  @Test(arguments: [
    (81, 263, (255, 366), (253, 368)), (15, 148, (62, 160), (58, 162)), (0, 20, (0, 161), (0, 168)),
    (1, 29, (6, 172), (1, 178)),
  ])
  func `intervals are those of Newcombe's Table I`(
    count: Int, base: Int, wilson: (lower: Int, upper: Int), exact: (lower: Int, upper: Int)
  ) {
    #expect(rules().share(count, of: base) == wilson)
    #expect(rules(.clopperPearson).share(count, of: base) == exact)
  }

  @Test func `the logit interval gives way to Wilson's where it has none`() {
    for count in [0, 40] { #expect(rules(.logit).share(count, of: 40) == rules().share(count, of: 40)) }
    // log(1) ± 1.96 / √(40 / 4): 0.3498 to 0.6502.
    #expect(rules(.logit).share(20, of: 40) == (350, 650))
  }

  /// 420 of 7,400 drawn at random: as if 250/420 were of 420 / (1 - 420/7,400) = 445.3 people.
  @Test func `the finite population counts only where the sample is random`() {
    let plain = rules(responses: 420).share(250, of: 420)
    #expect(rules(sampling: .open, population: 7_400, responses: 420).share(250, of: 420) == plain)
    #expect(rules(sampling: .census, population: 7_400, responses: 420).share(250, of: 420) == plain)
    #expect(plain == (548, 641))
    #expect(rules(sampling: .random, population: 7_400, responses: 420).share(250, of: 420) == (549, 640))
    #expect(rules(sampling: .random, population: 420, responses: 420).share(210, of: 420) == (500, 500))
  }

  private func values(_ values: [(Int, Int)]) -> [(value: Decimal6, count: Int)] {
    values.map { (Decimal6($0.0), $0.1) }
  }

  /// 2, 4, 4, 5, 10: mean 5, squares 9 + 1 + 1 + 0 + 25 = 36, s = 3, error 2.7764 · 3 / √5 = 3.7249, t with 4 degrees of
  /// freedom being 2.7764 (Student, 1908, Biometrika 6(1), 1-25; any table of t).
  @Test func `the interval of a mean is Student's`() throws {
    let interval = try #require(rules().mean(of: values([(2, 1), (4, 2), (5, 1), (10, 1)])))
    #expect(interval == (128, 872))
  }

  /// Of 10 responses 5 answered: N/(N - 1) takes the place of n/(n - 1), so the error is 3.7249 · √((10/9) / (5/4)) = 3.5119.
  @Test func `those who answered are a domain of all responses`() throws {
    let interval = try #require(rules(responses: 10).mean(of: values([(2, 1), (4, 2), (5, 1), (10, 1)])))
    #expect(interval == (149, 851))
  }

  @Test func `a mean without known spread has no interval`() {
    #expect(rules().mean(of: values([(7, 1)])) == nil)
    #expect(rules().mean(of: values([(7, 5)])) == nil)
    #expect(rules().mean(of: []) == nil)
  }
}
