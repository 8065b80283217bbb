@_spi(Protection) import ReleaseModel
import Testing

@testable import Comparison

struct GroupScoreTests {
  private typealias Counts = [(answer: String, count: Int?)]

  private static let scores = [
    "Strongly agree": "2", "Agree": "1", "Neither": "0", "Disagree": "-1", "No": "-2",
  ]

  /// The table of a question under one banner, its base row first; nil: the answer is withheld.
  private func table(_ groups: [(group: String, counts: Counts)], banner: String = "area") -> ReleasedTable {
    ReleasedTable(
      question: MadeUpPack.question, kind: "scale", source: "survey", banner: banner,
      rows: groups.flatMap { group, counts in
        let base = counts.reduce(0) { $0 + ($1.count ?? 7) }
        func row(_ row: FigureRow, _ figure: ReleasedFigure) -> ReleasedRow {
          ReleasedRow(
            key: FigureKey(
              pack: "force", question: MadeUpPack.question, row: row, banner: banner, group: group),
            base: base, figure: figure)
        }
        return [row(.base, .base(base))]
          + counts.map { answer, count in
            row(
              answer == "(no answer)" ? .noAnswer : .answer(answer),
              count.map {
                .share(count: $0, percent: 1_000 * $0 / base, lower: 0, upper: 1_000, isUnreliable: false)
              } ?? .withheld)
          }
      })
  }

  private func scores(
    _ tables: [ReleasedTable], _ scores: [String: String] = scores, sampling: String? = nil,
    population: Int? = nil
  ) -> [GroupScore] {
    var question = MadeUpPack.asked(kind: "scale")
    question.scores = scores.sorted { $0.key < $1.key }.map { .init(answer: $0.key, score: $0.value) }
    let release = MadeUpPack.release(
      tables, questions: [question], sampling: sampling, population: population)
    return groupScores(of: release.packs[0], in: release)
  }

  private let opinions: Counts = [
    ("Strongly agree", 10), ("Agree", 20), ("Neither", 30), ("Disagree", 25), ("No", 15),
  ]

  /// (20 + 20 - 25 - 30)/100 = -0.15. Squares: 40 + 20 + 25 + 60 - 100 · 0.15² = 142.75; of 1,000 responses the error is
  /// √(1000/999 · 142.75)/100 = 0.11954, and Student's t with 99 degrees of freedom 1.9842: -0.387 to 0.087. Net: 30 less 40 of 100.
  @Test func `a mean score has Student's interval, and a net score is in points`() throws {
    let found = scores([table([("North", opinions)])])
    try #require(found.map(\.form) == [.mean, .net])
    #expect(found[0].base == 100 && found[0].value == -15 && found[0].interval == -39...9)
    #expect(found[1].base == 100 && found[1].value == -100)
    // Tango's interval of 30 and 40 of 100, by a program of its own: -0.2581 to 0.0640.
    #expect(found[1].interval == -258...64)
    #expect(found.allSatisfy { $0.banner == "area" && $0.group == "North" && !$0.isUnreliable })
  }

  @Test func `answers without a score are in the base of the net score alone`() throws {
    let found = scores([table([("North", opinions + [("Don't know", 60), ("(no answer)", 40)])])])
    try #require(found.count == 2)
    #expect(found[0].base == 100 && found[0].value == -15)
    #expect(found[1].base == 200 && found[1].value == -50)
  }

  @Test(arguments: [1, -1]) func `a tie is rounded away from zero`(sign: Int) throws {
    func values(_ counts: Counts, _ up: Int, _ down: Int, _ between: String) -> [Int] {
      let numbers = [
        "Up": "\(sign * up)", "Down": "\(sign * -down)", "Between": (sign > 0 ? "-" : "") + between,
      ]
      return scores([table([("North", counts)])], numbers).map(\.value)
    }
    // 7 - 4 of 16 are 18.75 points.
    #expect(values([("Up", 7), ("Down", 4), ("Between", 5)], 1, 1, "0") == [19 * sign, 188 * sign])
    // (24 - 15 - 3) / 16 is 0.375.
    #expect(values([("Up", 6), ("Down", 5), ("Between", 5)], 4, 3, "0.6").first == 38 * sign)
  }

  @Test func `where all gave the same score there is a mean and no interval`() throws {
    let same: Counts = [("Strongly agree", 0), ("Agree", 40), ("Neither", 0), ("Disagree", 0), ("No", 0)]
    let found = scores([table([("North", same)])])
    #expect(found.map(\.value) == [100, 1_000] && found[0].interval == nil && found[1].interval != nil)
  }

  @Test func `there is no net score without a score on either side`() {
    let found = scores([table([("North", [("Yes", 40), ("No", 60)])])], ["Yes": "1", "No": "0"])
    #expect(found.map(\.form) == [.mean] && found[0].value == 40)
  }

  @Test func `a group of which an answer is withheld, or of a small base, has no score`() {
    for hidden in opinions.indices {
      var withheld = opinions
      withheld[hidden].count = nil
      #expect(
        scores([table([("North", withheld), ("South", opinions)])]).map(\.group) == ["South", "South"])
    }
    let few: Counts = [("Agree", 4), ("Disagree", 5)]
    #expect(scores([table([("North", few)])], ["Agree": "1", "Disagree": "-1"]).isEmpty)
    // Eight have a score, and twenty are in the base.
    let partly: Counts = [("Agree", 4), ("Disagree", 4), ("Don't know", 12)]
    let net = scores([table([("North", partly)])], ["Agree": "1", "Disagree": "-1"])
    #expect(net.map(\.form) == [.net] && net[0].isUnreliable)
  }

  @Test(arguments: 1...20) func `the order of answers and groups changes no score`(_ seed: UInt64) {
    var random = SplitMix64(state: seed)
    var counts = opinions + [("Don't know", 9)]
    for answer in counts.indices { counts[answer].count = Int.random(in: 5...50, using: &random) }
    let groups: [(group: String, counts: Counts)] = [("North", counts), ("South", opinions)]
    var turned = groups.shuffled(using: &random)
    for group in turned.indices { turned[group].counts.shuffle(using: &random) }
    #expect(Set(scores([table(turned)])) == Set(scores([table(groups)])), "seed \(seed)")
  }

  @Test func `rows are in the order of tables, and of other questions there are none`() {
    let found = scores([
      table([("Total", opinions)], banner: "total"), table([("North", opinions), ("Not stated", opinions)]),
      MadeUpPack.table("area", [(.answer("Agree"), [("North", (30, 60))])], question: "other"),
    ])
    #expect(
      found.map { "\($0.group) \($0.form.rawValue)" } == [
        "Total (mean score)", "Total (net score)", "North (mean score)", "North (net score)",
        "Not stated (mean score)", "Not stated (net score)",
      ])
  }

  /// A quarter of 4,000 responded: as much as without end with 4/3 the base.
  @Test func `the population counts only where the sample is random`() throws {
    let tables = [table([("North", opinions)])]
    #expect(scores(tables, sampling: "open", population: 4_000) == scores(tables))
    let random = scores(tables, sampling: "random", population: 4_000)
    let spread = try #require(random[0].interval)
    // 0.23719 · √(3/4) = 0.20541.
    #expect(spread == -36...6)
    #expect(random[1].interval == -238...42)
    let all = scores(tables, sampling: "random", population: 1_000)
    #expect(all[0].interval == nil && all[1].interval == -100...(-100))
  }
}
