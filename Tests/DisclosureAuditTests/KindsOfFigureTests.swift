import DisclosureAudit
import Testing

/// What percentages, intervals, means and medians give back of the counts that are withheld beside them.
@Suite struct KindsOfFigureTests {
  /// Two areas that hide each other's answers: 20 and 30 said No of 60 each, so that each is 0 to 50.
  private static let tools = PrintedRelease(
    MadeUpWave(["Yes", "No"], [("North", [57, 3]), ("South", [40, 20]), ("East", [30, 30])])
  ).withholding(["Yes", "No"], in: ["North", "South"])

  @Test func `a percentage gives its count back`() throws {
    try Self.tools.expectSafe()
    // 5.0% of 60 is 3.
    try Self.tools.changing(["No"], in: ["North"]) { $0.percent = "5.0" }
      .expectBreak("force, tools “No”, area North", 3...3)
  }

  @Test func `a percentage gives its count back also where the base is withheld`() throws {
    // 180 - 60 = 120 answered in two areas of 60 each, so that both bases are 60: 5.0% of them is 3.
    let release = Self.tools.withholdingAll(in: ["North", "South"])
    try release.expectSafe()
    try release.changing(["No"], in: ["North"]) { $0.percent = "5.0" }
      .expectBreak("force, tools “No”, area North", 3...3)
  }

  @Test func `a bound of an interval gives its count back`() throws {
    // Wilson (1927), JASA 22, 209-212, for 3 of 60: (0.05 + 1.9208/60 - 1.96 sqrt(0.05 * 0.95/60 + 0.9604/3600)) /
    // (1 + 3.8415/60) = 0.0171, and 0.1370 with a plus; 2 and 4 of 60 end at 11.4% and 15.9%.
    try Self.tools.changing(["No"], in: ["North"]) { ($0.lower, $0.upper) = ("1.7", "13.7") }
      .expectBreak("force, tools “No”, area North", 3...3)
    try Self.tools.changing(["No"], in: ["North"]) { $0.upper = "13.7" }
      .expectBreak("force, tools “No”, area North", 3...3)
  }

  @Test func `an unweighted count that is left in another column gives the count back`() throws {
    // The row of the other answer has its base blank and its count in place: 60 - 57 = 3.
    try Self.tools.changing(["Yes"], in: ["North"]) { $0.count = "57" }
      .expectBreak(
        "force, tools “No”, area North", 3...3,
        arithmetic: ["+ 60  force, tools “(base)”, area North", "− 57  force, tools “Yes”, area North"])
  }

  // MARK: - Means and medians

  /// Years of service of two areas; `north` are counts of 0 to 10, 10 to 40 years.
  private func years(_ north: [(value: String, count: Int)]) -> PrintedRelease {
    func kinds(_ area: String, _ values: [(value: String, count: Int)]) -> [MadeUpWave.Kind] {
      values.map { MadeUpWave.Kind($0.count, ["area": area, "years": $0.value]) }
    }
    let wave = MadeUpWave(
      variables: [("area", ["North", "South", "East"])],
      questions: [
        .init(id: "years", kind: "number", answers: ["Under 10", "10 or more"], bands: [0...10, 10...40])
      ],
      packs: [.init(id: "force", banners: ["area"], questions: ["years"])],
      kinds: kinds("North", north) + kinds("South", [("2", 40), ("30", 20)])
        + kinds("East", [("2", 30), ("30", 30)]))
    return PrintedRelease(wave).withholding(
      ["(mean)", "(median)"], of: "years", in: ["Total", "North", "South", "East"]
    )
    .withholding(["Under 10", "10 or more"], of: "years", in: ["North", "South"])
  }

  @Test func `a mean says how many can lie in a band`() throws {
    // 38 of 40 with 1 year and 2 with 12: a mean of 62/40 = 1.55. Each of 10 years or more brings at least 10, so that
    // there are at most (40 * 1.555)/10 = 6.2; South and East leave 0 to 22.
    let release = years([("1", 38), ("12", 2)])
    try release.expectSafe()
    func withMean(_ mean: String) -> PrintedRelease {
      release.changing(["(mean)"], of: "years", in: ["North"]) { ($0.value, $0.marker) = (mean, "") }
    }
    let report = try withMean("1.55").report
    #expect(report.addsUp)
    #expect(report.isSafe, "0 to 6 is wide enough")
    // A mean of 1.00 leaves 0 to 4 of them.
    let close = try years([("0", 38), ("20", 2)])
      .changing(["(mean)"], of: "years", in: ["North"]) { ($0.value, $0.marker) = ("1.00", "") }.report
    let found = try #require(close.breaks.first { $0.place == "force, years “10 or more”, area North" })
    #expect(found.range == 0...4)
  }

  @Test func `a median says on which side of it half of them lie`() throws {
    // 9 in North, fewer than minimum_base: 0 to 9 of them under 10 years. With a median of 30, at most 9/2 = 4 are.
    let release = years([("2", 3), ("30", 6)])
    try release.expectSafe()
    try release.changing(["(median)"], of: "years", in: ["North"]) { ($0.value, $0.marker) = ("30.00", "") }
      .expectBreak("force, years “Under 10”, area North", 0...4)
  }
}
