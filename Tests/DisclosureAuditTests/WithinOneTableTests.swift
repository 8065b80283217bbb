import DisclosureAudit
import Testing

/// Releases of one table that look protected and are not, each with a mended twin.
@Suite struct WithinOneTableTests {
  /// Delinquent children by county and the education of the head of the household, from Cox, McDonald and Nelson (1986) as
  /// printed in Statistical Policy Working Paper 22, Report on Statistical Disclosure Limitation Methodology (Federal
  /// Committee on Statistical Methodology, second version 2005), table 1.
  private static let children = MadeUpWave(
    ["Low", "Medium", "High", "Very high"],
    [
      ("Alpha", [15, 1, 3, 1]), ("Beta", [20, 10, 10, 15]), ("Gamma", [3, 10, 10, 2]),
      ("Delta", [12, 14, 7, 2]),
    ])

  /// Table 2 of the same: at least two holes in every line that has one.
  private static let published = PrintedRelease(children)
    .withholding(["Medium", "High", "Very high"], in: ["Alpha"])
    .withholding(["Medium", "High"], in: ["Beta"])
    .withholding(["Low", "Very high"], in: ["Gamma", "Delta"])

  @Test func `two holes in every line do not protect the published example`() throws {
    // WP 22, II.C, adds the lines Alpha and Beta and takes the columns Medium and High away: 20 + 55 - 35 - 30, less what
    // is shown, is 1. The other half of the table says the same: the columns Low and Very high less Gamma and Delta,
    // 50 + 20 - 25 - 35 - (15 + 20 + 15) + (10 + 10 + 14 + 7) = 1.
    try Self.published.expectBreak(
      "force, tools “Very high”, area Alpha", 1...1,
      arithmetic: [
        "+ 50  force, tools “Low”, total", "+ 20  force, tools “Very high”, total",
        "− 25  force, tools “(base)”, area Gamma", "− 35  force, tools “(base)”, area Delta", "= exactly 1",
      ])
  }

  @Test func `with the lines of Gamma and Delta withheld too it stands, where the counts are large enough`()
    throws
  {
    // Ten of everything in the table: the pattern of holes is the same and the counts are not small.
    var wave = Self.children
    for index in wave.kinds.indices { wave.kinds[index].count += 10 }
    let lines = ["Alpha", "Beta", "Gamma", "Delta"]
    try PrintedRelease(wave).withholding(["Low", "Medium", "High", "Very high"], in: lines).expectSafe()
    try PrintedRelease(Self.children).withholding(["Low", "Medium", "High", "Very high"], in: lines)
      .expectSafe()
  }

  /// Yes and No of four areas, No being small in North and South.
  private func tools(_ north: Int, _ south: Int) -> PrintedRelease {
    PrintedRelease(
      MadeUpWave(
        ["Yes", "No"],
        [("North", [60 - north, north]), ("South", [60 - south, south]), ("East", [30, 30])]))
  }

  @Test func `a lone hole is the base less the other answer`() throws {
    // 60 - 57 = 3.
    try tools(3, 20).withholding(["No"], in: ["North"])
      .expectBreak(
        "force, tools “No”, area North", 3...3,
        arithmetic: ["+ 60  force, tools “(base)”, area North", "− 57  force, tools “Yes”, area North"])
    try tools(3, 20).withholding(["Yes", "No"], in: ["North", "South"]).expectSafe()
  }

  @Test func `a group left off is the total less the other groups`() throws {
    // 33 + 30 = 63 said No, 20 in South, 30 in East, so 13 - 10 = 3 in North.
    try tools(3, 20).withholding(["Yes", "No"], in: ["North"])
      .expectBreak(
        "force, tools “No”, area North", 3...3,
        arithmetic: ["+ 53  force, tools “No”, total", "− 20  force, tools “No”, area South"])
    try tools(3, 20).withholding(["Yes", "No"], in: ["North", "South"]).expectSafe()
  }

  @Test func `a range of 0 to 3 is too narrow, though nothing is exact`() throws {
    // 33 - 30 = 3 in North and South together.
    try tools(2, 1).withholding(["Yes", "No"], in: ["North", "South"])
      .expectBreak(
        "force, tools “No”, area North", 0...3,
        arithmetic: ["+ 33  force, tools “No”, total", "− 30  force, tools “No”, area East", "= at most 3"])
    try tools(2, 5).withholding(["Yes", "No"], in: ["North", "South"]).expectSafe()
  }

  @Test func `singletons that hide each other are told by the one who knows the first`() throws {
    // Five in all, each of two groups: 0 to 5 for outsiders, 1 to 5 for one of them, who also knows the others 0 to 4.
    let release = tools(1, 4).withholding(["Yes", "No"], in: ["North", "South"])
    try release.expectBreak(
      "force, tools “No”, area North", 1...5, insider: "to be in tools “No”, area North",
      arithmetic: ["+ 1  the respondent, who knows to be in tools “No”, area North"])
    #expect(try release.report.breaks.allSatisfy { $0.insider != nil })
    // One more leaves 1 to 6.
    try tools(1, 5).withholding(["Yes", "No"], in: ["North", "South"]).expectSafe()
  }

  @Test func `answers of a group below minimum_base are told, whatever their count`() throws {
    // 8 asked in North: 6 and 2. Withheld, each is 0 to 8.
    let wave = MadeUpWave(["Yes", "No"], [("North", [6, 2]), ("South", [40, 30]), ("East", [30, 30])])
    try PrintedRelease(wave).expectBreak("force, tools “Yes”, area North", 6...6)
    // No is withheld in North and South, Yes in North and East: 76 - 40 - 30 = 6 is larger than minimum_cell, and told.
    try PrintedRelease(wave).withholding(["No"], in: ["North", "South"]).withholding(["Yes"], in: ["North"])
      .expectBreak("force, tools “Yes”, area North", 6...6)
    try PrintedRelease(wave).withholding(["Yes", "No"], in: ["North", "South"]).expectSafe()
  }

  @Test func `of a group below minimum_base an answer of 5 to 8 is told too closely`() throws {
    // 8 in North, 10 in South; 13 of them said Yes, so that Yes in North is 3 to 8; with 18 - 16 = 2 No, it is 6 to 8.
    func wave(_ north: [Int], _ south: [Int]) -> PrintedRelease {
      PrintedRelease(MadeUpWave(["Yes", "No"], [("North", north), ("South", south), ("East", [30, 30])]))
        .withholding(["Yes", "No"], in: ["North", "South"])
    }
    try wave([7, 1], [19, 1]).expectBreak("force, tools “Yes”, area North", 6...8)
    try wave([7, 1], [15, 5]).expectSafe()
  }

  @Test func `a base below minimum_cell is told by the groups beside it`() throws {
    // 63 asked, 60 of them in South and East: 3.
    let wave = MadeUpWave(["Yes", "No"], [("North", [3, 0]), ("South", [30, 30]), ("East", [30, 30])])
    var kinds = wave
    kinds.kinds.append(.init(20, ["area": "North"]))
    let open = PrintedRelease(kinds)
    try open.withholdingAll(in: ["North"])
      .expectBreak(
        "force, tools (base), area North", 3...3,
        arithmetic: ["+ 123  force, tools “(base)”, total", "− 60  force, tools “(base)”, area South"])
    kinds.kinds.append(.init(20, ["area": "South"]))
    try PrintedRelease(kinds).withholdingAll(in: ["North", "South"]).expectSafe()
  }

  @Test func `a small group Not stated is the total less the groups`() throws {
    // 123 asked, 120 of them under a heading.
    var wave = MadeUpWave(["Yes", "No"], [("North", [30, 30]), ("South", [30, 30])])
    wave.kinds.append(.init(3, ["tools": "Yes"]))
    let release = PrintedRelease(wave)
    #expect(release.rows.contains { $0.group == "Not stated" })
    try release.withholdingAll(in: ["Not stated"]).withholding(
      ["(base)"], of: "respondents", in: ["Not stated"]
    )
    .expectBreak(
      "force, respondents, area Not stated", 3...3, arithmetic: ["+ 123  ", "− 60  force, respondents"])
    try release.withholdingAll(in: ["Not stated", "North"])
      .withholding(["(base)"], of: "respondents", in: ["Not stated", "North"]).expectSafe()
  }
}
