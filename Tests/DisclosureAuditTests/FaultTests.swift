import DisclosureAudit
import Testing

/// Releases whose figures are missing or contradict each other.
@Suite struct FaultTests {
  private static let release: PrintedRelease = {
    let question = MadeUpWave.Question(id: "tools", answers: [], nets: [("Some", ["Yes", "Maybe"])])
    return PrintedRelease(
      MadeUpWave(
        ["Yes", "Maybe", "No"],
        [("North", [20, 30, 50]), ("South", [20, 30, 50]), ("East", [20, 30, 50])],
        question: question))
  }()

  @Test func `nothing is wrong with it as it is`() throws { try Self.release.expectSafe() }

  @Test func `answers that do not make their base`() throws {
    try Self.release.changing(["No"], in: ["North"]) { $0.count = "51" }
      .expectFault("force, tools “(base)”, area North is 100", "add up to 101")
  }

  @Test func `a net that is not its parts`() throws {
    try Self.release.changing(["(net) Some"], in: ["North"]) { $0.count = "49" }
      .expectFault("force, tools “(net) Some”, area North is 49", "add up to 50")
  }

  @Test func `groups that do not make the total`() throws {
    try Self.release.changing(["No"], in: ["Total"]) { $0.count = "149" }
      .expectFault("force, tools “No”, total, by area is 149", "add up to 150")
  }

  @Test func `shown parts that are more than their whole`() throws {
    try Self.release.changing(["Yes"], in: ["North"]) { $0.count = "80" }
      .withholding(["No", "(net) Some"], in: ["North"])
      .expectFault("force, tools “(base)”, area North is 100", "parts shown add up to 110")
  }

  @Test func `a percentage that is not that of its count`() throws {
    // 20 of 100 is 20.0%.
    try Self.release.changing(["Yes"], in: ["North"]) { $0.percent = "20.0" }.expectSafe()
    try Self.release.changing(["Yes"], in: ["North"]) { $0.percent = "20.1" }
      .expectFault("force, tools “Yes”, area North", "20 of 100 is not 20.1%")
  }

  @Test func `an interval that is not that of its count`() throws {
    // Wilson (1927) for 20 of 100: 13.3% to 28.9% (Agresti and Coull, 1998, The American Statistician 52, 119-126, form 2).
    try Self.release.changing(["Yes"], in: ["North"]) { ($0.lower, $0.upper) = ("13.3", "28.9") }.expectSafe()
    try Self.release.changing(["Yes"], in: ["North"]) { ($0.lower, $0.upper) = ("12.2", "27.8") }
      .expectFault("force, tools “Yes”, area North", "the interval is not that of 20 of 100")
  }

  @Test func `a lone bound that is not that of its count`() throws {
    try Self.release.changing(["Yes"], in: ["North"]) { $0.lower = "12.2" }
      .expectFault("force, tools “Yes”, area North")
  }

  @Test func `a row that is missing`() throws {
    try Self.release.leavingOut { $0.answer == "No" && $0.group == "South" }
      .expectFault("force, tools “No”, area South", "the row is missing")
  }

  @Test func `a group column that is missing`() throws {
    try Self.release.leavingOut { $0.group == "South" }
      .expectFault("force, respondents, area South", "the row is missing")
  }

  @Test func `a row that stands twice`() throws {
    var twice = Self.release
    twice.rows.append(twice.rows[1])
    try twice.expectFault("the same figure stands in an earlier row")
  }

  @Test func `a row that nothing in the definition leads to`() throws {
    var more = Self.release
    more.rows[1].answer = "(net) Other"
    try more.expectFault("nothing in definition.json leads to this row")
  }

  @Test func `a base that is another in each row of its column`() throws {
    try Self.release.changing(["Yes"], in: ["North"]) { $0.base = "90" }.expectFault("area North")
  }

  @Test func `the same people with another number in another pack`() throws {
    var wave = Self.release.wave
    wave.packs.append(.init(id: "again", banners: ["area"], questions: ["tools"]))
    try PrintedRelease(wave).changing(["Yes"], in: ["North"], pack: "again") { $0.count = "21" }
      .expectFault("again, tools “Yes”, area North is 21", "the same people are 20 in force")
  }
}
