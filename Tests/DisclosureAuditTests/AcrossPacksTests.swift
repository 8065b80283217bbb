import DisclosureAudit
import Testing

/// Releases of several packs that look protected one by one and are not together, each with a mended twin.
@Suite struct AcrossPacksTests {
  private typealias Kind = MadeUpWave.Kind

  private static let staff = MadeUpWave.Pack(
    id: "staff", who: [.init(item: "role", answers: ["Staff"])], banners: ["area"], questions: ["tools"])
  private static let officers = MadeUpWave.Pack(
    id: "officers", who: [.init(item: "role", answers: ["Officer"])], banners: ["area"], questions: ["tools"])

  /// Staff and officers by area; `no` and `yes` are counts of officers in North.
  private func wave(yes: Int, no: Int, packs: [MadeUpWave.Pack] = [staff]) -> MadeUpWave {
    func kinds(_ role: String, _ area: String, _ yes: Int, _ no: Int) -> [Kind] {
      [
        Kind(yes, ["role": role, "area": area, "tools": "Yes"]),
        Kind(no, ["role": role, "area": area, "tools": "No"]),
      ]
    }
    return MadeUpWave(
      variables: [("role", ["Staff", "Officer"]), ("area", ["North", "South", "East"])],
      questions: [.init(id: "tools", answers: ["Yes", "No"])],
      packs: [.init(id: "force", banners: ["area"], questions: ["tools"])] + packs,
      kinds: kinds("Staff", "North", 30, 20) + kinds("Staff", "South", 30, 20)
        + kinds("Staff", "East", 30, 20)
        + kinds("Officer", "North", yes, no) + kinds("Officer", "South", 25, 25)
        + kinds("Officer", "East", 25, 25))
  }

  @Test func `a pack less a pack leaves a small count, though both figures are large`() throws {
    // 23 of the force less 20 of the staff.
    try PrintedRelease(wave(yes: 47, no: 3)).expectBreak(
      "force without staff, tools “No”, area North", 3...3,
      arithmetic: [
        "+ 23  force, tools “No”, area North", "− 20  staff, tools “No”, area North", "= exactly 3",
      ])
    try PrintedRelease(wave(yes: 47, no: 3)).withholding(
      ["Yes", "No"], in: ["North", "South"], pack: "staff"
    )
    .expectSafe()
  }

  @Test func `a pack less two packs leaves a small group`() throws {
    // Nobody's role is missing but that of three in North: 103 less 50 less 50.
    var others = wave(yes: 25, no: 25, packs: [Self.staff, Self.officers])
    others.kinds.append(Kind(3, ["area": "North", "tools": "Yes"]))
    try PrintedRelease(others).expectBreak(
      "force without staff and officers, respondents, area North", 3...3,
      arithmetic: ["+ 103  force, respondents", "− 50  staff, respondents", "− 50  officers, respondents"])
    // Seven of them would be no small group.
    others.kinds[others.kinds.count - 1].count = 12
    try PrintedRelease(others).expectSafe()
  }

  @Test func `two packs of the same people are one table`() throws {
    var again = Self.staff
    again.id = "again"
    let wave = wave(yes: 25, no: 25, packs: [Self.staff, again])
    var small = wave
    small.kinds[0].count = 47
    small.kinds[1].count = 3
    // The first copy withholds 3, the second shows it; then both withhold both answers of two areas.
    let half = PrintedRelease(small).withholding(["Yes", "No"], in: ["North", "South"], pack: "staff")
      .withholding(["Yes", "No"], in: ["North", "South"], pack: "force")
    try half.expectBreak(
      "staff, tools “No”, area North", 3...3, arithmetic: ["+ 3  again, tools “No”, area North"])
    try half.withholding(["Yes", "No"], in: ["North", "South"], pack: "again").expectSafe()
  }

  @Test(arguments: [true, false])
  func `a pack that shows more than another of the same people is attacked too`(hasNoBanner: Bool) throws {
    var less = Self.staff
    less.id = "less"
    if hasNoBanner { less.banners = [] } else { less.questions = ["other"] }
    var wave = wave(yes: 25, no: 25, packs: [less, Self.staff])
    wave.questions.append(.init(id: "other", answers: ["Yes", "No"]))
    wave.kinds[0].count = 47
    wave.kinds[1].count = 3
    let half = PrintedRelease(wave).withholding(["Yes", "No"], in: ["North", "South"], pack: "force")
    try half.expectBreak(
      "staff, tools “No”, area North", 3...3, arithmetic: ["+ 3  staff, tools “No”, area North"])
    try half.withholding(["Yes", "No"], in: ["North", "South"], pack: "staff").expectSafe()
  }

  @Test func `a total withheld in one pack is the sum of what other packs print`() throws {
    // Officers are 12 in North of whom 3 said No; their pack shows none of it, and force less staff gives it back.
    let wave = wave(yes: 9, no: 3, packs: [Self.staff, Self.officers])
    try PrintedRelease(wave).withholding(["Yes", "No"], in: ["North", "South"], pack: "officers").expectBreak(
      "officers, tools “No”, area North", 3...3,
      arithmetic: [
        "+ 23  force, tools “No”, area North", "− 20  staff, tools “No”, area North", "= exactly 3",
      ])
    try PrintedRelease(wave).withholding(["Yes", "No"], in: ["North", "South"], pack: "officers")
      .withholding(["Yes", "No"], in: ["North", "South"], pack: "force").expectSafe()
  }

  @Test func `a total that one pack withholds and another prints closes the line`() throws {
    // No: North 3, South 25. Staff and officers both withhold the two areas, officers their total too; force and staff
    // print theirs: 53 = 113 - 60 officers said No, 25 in East, so that both areas have 28.
    let wave = wave(yes: 47, no: 3, packs: [Self.staff, Self.officers])
    let release = PrintedRelease(wave).withholding(["Yes", "No"], in: ["North", "South"], pack: "officers")
      .withholding(["Yes", "No"], in: ["North", "South"], pack: "force")
    try release.withholding(["Yes", "No"], in: ["Total"], pack: "officers")
      .changing(["Yes", "No"], in: ["North"], pack: "force") { row in
        (row.count, row.marker) = (row.answer == "No" ? "23" : "77", "")
      }
      .expectBreak(
        "officers, tools “No”, area North", 3...3,
        arithmetic: ["+ 23  force, tools “No”, area North", "− 20  staff, tools “No”, area North"])
    try release.withholding(["Yes", "No"], in: ["Total"], pack: "officers").expectSafe()
  }

  @Test func `the size of a group is told by the asked base of another question`() throws {
    // Everyone is asked both questions; `respondents` is withheld in two areas, the base of `plain` is not.
    var wave = MadeUpWave(["Yes", "No"], [("North", [3, 0]), ("South", [30, 30]), ("East", [30, 30])])
    wave.questions.append(.init(id: "plain", answers: ["Good", "Poor"], base: "asked"))
    wave.packs[0].questions.append("plain")
    for index in wave.kinds.indices { wave.kinds[index].answers["plain"] = ["Good"] }
    let release = PrintedRelease(wave).withholding(["(base)"], of: "respondents", in: ["North", "South"])
      .withholdingAll(in: ["North", "South"])
    try release.withholding(["Good"], of: "plain", in: ["North"])
      .expectBreak("force, respondents, area North", 3...3)
    try release.withholdingAll(of: "plain", in: ["North", "South"]).expectSafe()
  }

  // MARK: - Questions asked of a pack's people

  /// Officers alone were asked of their kit, and nearly all of them answered; by area everyone has that table, while only the
  /// officers' own pack tells how many they are.
  @Test(arguments: ["answered", "asked"])
  func `what was asked of a pack's people alone tells how many they are`(_ base: String) throws {
    func kinds(_ role: String, _ area: String, _ count: Int) -> [Kind] {
      let kit = role == "Officer" ? "Good" : nil
      let answers = ["role": role, "area": area]
      return [Kind(count, kit.map { answers.merging(["kit": $0]) { $1 } } ?? answers)]
    }
    let wave = MadeUpWave(
      variables: [("role", ["Staff", "Officer"]), ("area", ["North", "South", "East"])],
      questions: [
        .init(
          id: "kit", answers: ["Good", "Bad"], askedIf: [.init(item: "role", answers: ["Officer"])],
          base: base)
      ],
      packs: [
        .init(id: "force", banners: ["area"], questions: ["kit"]),
        .init(
          id: "officers", who: [.init(item: "role", answers: ["Officer"])], banners: ["area"], questions: []),
      ],
      kinds: kinds("Officer", "North", 3) + kinds("Officer", "South", 20) + kinds("Officer", "East", 40)
        + kinds("Staff", "North", 40) + kinds("Staff", "South", 40) + kinds("Staff", "East", 40))
    // Of the officers North and South hide each other, of those who answered North and East: no other than officers did.
    let release = PrintedRelease(wave)
      .withholding(["(base)"], of: "respondents", in: ["North", "South"], pack: "officers")
      .withholdingAll(of: "kit", in: ["North", "East"], banner: "area", pack: "force")
    let broken = try release.report.breaks.map(\.place)
    #expect(broken.contains("officers, respondents, area North"))
  }

  // MARK: - Items of one column

  /// East and West lie in the region of the pack `near`, which shows no area.
  private static let regional: MadeUpWave = {
    func kinds(_ area: String, _ yes: Int, _ no: Int) -> [Kind] {
      let region = ["East", "West"].contains(area) ? "Near" : "Far"
      return [
        Kind(yes, ["area": area, "region": region, "tools": "Yes"]),
        Kind(no, ["area": area, "region": region, "tools": "No"]),
      ]
    }
    let areas = ["North", "South", "East", "West"]
    var wave = MadeUpWave(
      variables: [("area", areas), ("region", ["Near", "Far"])],
      questions: [.init(id: "tools", answers: ["Yes", "No"])],
      packs: [
        .init(id: "force", banners: ["area"], questions: ["tools"]),
        .init(
          id: "near", who: [.init(item: "region", answers: ["Near"])], banners: [], questions: ["tools"]),
      ],
      kinds: kinds("North", 20, 30) + kinds("South", 20, 30) + kinds("East", 3, 30) + kinds("West", 30, 30))
    wave.sameAnswers = (
      ["area", "region"],
      areas.map { ["area": $0, "region": ["East", "West"].contains($0) ? "Near" : "Far"] } + [[:]]
    )
    return wave
  }()

  @Test func `a pack of a region tells of the areas that lie in it`() throws {
    // East and North hide each other, but for the 33 of the pack for East and West.
    let hidden = PrintedRelease(Self.regional).withholding(["Yes", "No"], in: ["East", "North"])
    try hidden.expectBreak(
      "force, tools “Yes”, area East", 3...3,
      arithmetic: ["+ 33  near, tools “Yes”", "− 30  force, tools “Yes”, area West"])
    try PrintedRelease(Self.regional).withholding(["Yes", "No"], in: ["East", "West"]).expectSafe()
    // Who does not know which areas lie in the region cannot tell.
    var unknowing = Self.regional
    unknowing.sameAnswers = nil
    try PrintedRelease(unknowing).withholding(["Yes", "No"], in: ["East", "North"]).expectSafe()
  }
}
