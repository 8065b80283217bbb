import DisclosureAudit
import Testing

/// Theme questions: who raised a theme raised each one above it, so that a theme less one below it is a count, and each
/// bounds the other.
@Suite struct ThemeTests {
  private static let areas = ["North", "South", "East"]
  private static let themes = ["ICT", "ICT / Crashes", "ICT / Crashes / Login", "ICT / Mobile", "Kit"]

  private typealias Raised = [(themes: [String], count: Int)]

  /// Nothing of it is small.
  private static let plenty: Raised = [
    (["ICT"], 30), (["ICT / Crashes"], 30), (["ICT / Crashes / Login"], 30), (["ICT / Mobile"], 30),
    (["Kit"], 30),
    ([], 30),
  ]

  private static func wave(_ north: Raised, _ south: Raised = plenty) -> MadeUpWave {
    MadeUpWave(
      variables: [("area", areas)],
      questions: [.init(id: "hindrances", kind: "theme", answers: themes)],
      packs: [.init(id: "force", banners: ["area"], questions: ["hindrances"])],
      kinds: zip(areas, [north, south, plenty]).flatMap { area, raised in
        raised.map { MadeUpWave.Kind($0.count, ["area": area], chose: ["hindrances": $0.themes]) }
      })
  }

  private static func release(_ north: Raised, _ south: Raised = plenty) -> PrintedRelease {
    PrintedRelease(wave(north, south))
  }

  private func both(_ release: PrintedRelease, _ themes: String...) -> PrintedRelease {
    release.withholding(themes, of: "hindrances", in: ["North", "South"])
  }

  @Test func `a theme less one below it is who raised no more than the upper one`() throws {
    // 12 raised ICT, 10 of them crashes.
    let release = Self.release([(["ICT / Crashes"], 10), (["ICT"], 2), (["Kit"], 40), ([], 20)])
    try release.expectBreak(
      "force, hindrances “ICT” but “ICT / Crashes”, area North", 2...2,
      arithmetic: [
        "+ 12  force, hindrances “ICT”, area North", "− 10  force, hindrances “ICT / Crashes”, area North",
        "= exactly 2",
      ])
    // Either of the two leaves room.
    try both(release, "ICT").expectSafe()
    try both(release, "ICT / Crashes").expectSafe()
  }

  @Test func `a theme less one below one below it`() throws {
    // 23 raised ICT, 20 of them logins; who raised the one between them is withheld.
    let release = both(
      Self.release([
        (["ICT / Crashes / Login"], 20), (["ICT / Crashes"], 1), (["ICT"], 2), (["Kit"], 40), ([], 20),
      ]),
      "ICT / Crashes")
    try release.expectBreak(
      "force, hindrances “ICT” but “ICT / Crashes / Login”, area North", 3...3,
      arithmetic: [
        "+ 23  force, hindrances “ICT”, area North",
        "− 20  force, hindrances “ICT / Crashes / Login”, area North",
      ])
    try both(release, "ICT", "ICT / Crashes / Login").expectSafe()
  }

  @Test func `who did not raise a theme is what it leaves of the base`() throws {
    // 60 were coded, 57 raised ICT.
    let release = Self.release([(["ICT"], 27), (["ICT / Mobile"], 30), (["Kit"], 3)])
    try both(release, "Kit").expectBreak(
      "force, hindrances all but “ICT”, area North", 3...3,
      arithmetic: [
        "+ 60  force, hindrances “(base)”, area North", "− 57  force, hindrances “ICT”, area North",
      ])
    try both(release, "Kit", "ICT").expectSafe()
  }

  // MARK: - Bounds

  @Test func `a theme between two that are shown is bounded by both`() throws {
    // In South 30 raised logins and 30 ICT, so that 30 raised crashes: of the 34 of both areas, 4 in North.
    let release = both(
      Self.release(
        [(["ICT / Crashes"], 4), (["ICT"], 40), (["Kit"], 40), ([], 20)],
        [(["ICT / Crashes / Login"], 30), (["Kit"], 40), ([], 20)]), "ICT / Crashes")
    try release.expectBreak(
      "force, hindrances “ICT / Crashes”, area North", 4...4, arithmetic: ["= exactly 4"])
    // Of those who raised crashes in both areas all but 4 raised logins; East hides how many these are.
    try both(release, "ICT", "ICT / Crashes / Login")
      .withholding(["ICT / Crashes"], of: "hindrances", in: ["East"]).expectSafe()
  }

  @Test func `themes below a few are no more than these`() throws {
    // 4 of North and South together raised ICT, as the total and East say: who raised crashes is among them.
    let few: Raised = [(["ICT / Crashes"], 1), (["ICT"], 1), (["Kit"], 40), ([], 20)]
    let release = both(Self.release(few, few), "ICT", "ICT / Crashes")
    try release.expectBreak("force, hindrances “ICT”, area North", 0...4)
    try release.expectBreak("force, hindrances “ICT / Crashes”, area North", 0...2)
    // With East withheld as well there is room for more of both.
    let east = ["ICT", "ICT / Crashes", "ICT / Crashes / Login", "ICT / Mobile"]
    try release.withholding(east, of: "hindrances", in: Self.areas).expectSafe()
  }

  @Test func `a theme below one that nobody raised hides nothing`() throws {
    // Nobody in North raised ICT: that crashes are withheld there as well tells 3 in South.
    let south: Raised = [(["ICT / Crashes"], 3), (["ICT"], 40), (["Kit"], 40), ([], 20)]
    let release = both(Self.release([(["Kit"], 40), ([], 20)], south), "ICT / Crashes")
    try release.expectBreak(
      "force, hindrances “ICT / Crashes”, area South", 3...3, arithmetic: ["= exactly 3"])
    // That nobody in North raised crashes is no secret, and the larger number of South may be known.
    let large: Raised = [(["ICT / Crashes"], 20), (["ICT"], 40), (["Kit"], 40), ([], 20)]
    try both(Self.release([(["Kit"], 40), ([], 20)], large), "ICT / Crashes").expectSafe()
  }

  // MARK: - Packs

  /// Staff of North who raised crashes, ICT alone, another theme, none; officers likewise.
  private func packs(staff: [Int], officers: [Int]) -> PrintedRelease {
    let ways = [["ICT / Crashes"], ["ICT"], ["Kit"], []]
    func kinds(_ role: String, _ area: String, _ counts: [Int]) -> [MadeUpWave.Kind] {
      zip(ways, counts).map { .init($1, ["area": area, "role": role], chose: ["hindrances": $0]) }
    }
    var wave = Self.wave([])
    wave.variables.append(("role", ["Staff", "Officer"]))
    wave.questions[0].answers = ["ICT", "ICT / Crashes", "Kit"]
    wave.packs.append(
      .init(
        id: "staff", who: [.init(item: "role", answers: ["Staff"])], banners: ["area"],
        questions: ["hindrances"]))
    wave.kinds =
      kinds("Staff", "North", staff) + kinds("Officer", "North", officers)
      + ["South", "East"].flatMap { area in
        ["Staff", "Officer"].flatMap { kinds($0, area, [30, 30, 30, 20]) }
      }
    return PrintedRelease(wave)
  }

  @Test func `a pack less another is who of the others raised a theme`() throws {
    // 63 of all and 60 of staff raised ICT.
    try packs(staff: [30, 30, 30, 20], officers: [0, 3, 50, 20]).expectBreak(
      "force without staff, hindrances “ICT”, area North", 3...3,
      arithmetic: ["+ 63  force, hindrances “ICT”, area North", "− 60  staff, hindrances “ICT”, area North"])
    let open = packs(staff: [30, 30, 30, 20], officers: [0, 3, 50, 20])
      .withholding(["ICT"], of: "hindrances", in: ["North", "South"], pack: "staff")
    try open.expectSafe()
  }

  @Test func `a pack less another is who of the others raised a theme and not the one below`() throws {
    // Of the others 53 - 30 = 23 raised ICT, 40 - 20 = 20 crashes.
    let release = packs(staff: [20, 10, 30, 20], officers: [20, 3, 50, 20])
    try release.expectBreak(
      "force without staff, hindrances “ICT” but “ICT / Crashes”, area North", 3...3,
      arithmetic: [
        "+ 53  force, hindrances “ICT”, area North", "− 40  force, hindrances “ICT / Crashes”, area North",
        "− 30  staff, hindrances “ICT”, area North", "+ 20  staff, hindrances “ICT / Crashes”, area North",
      ])
    try release.withholding(["ICT / Crashes"], of: "hindrances", in: ["North", "South"], pack: "staff")
      .expectSafe()
  }

  // MARK: - Respondents

  @Test func `who raised a theme and not the one below knows of one more`() throws {
    // 45 of both areas raised crashes, 30 of South ICT: in North 15 or more of the 20 who raised ICT, all but 0 to 5.
    let release = both(
      Self.release(
        [(["ICT / Crashes"], 17), (["ICT"], 3), (["Kit"], 40), ([], 20)],
        [(["ICT / Crashes"], 28), (["ICT"], 2), (["Kit"], 40), ([], 20)]), "ICT / Crashes")
    try release.expectBreak(
      "force, hindrances “ICT” but “ICT / Crashes”, area North", 1...5,
      insider: "to be in hindrances “ICT” and not to be in hindrances “ICT / Crashes”, area North")
    // With 21 there is room for one who knows.
    try both(
      Self.release(
        [(["ICT / Crashes"], 17), (["ICT"], 4), (["Kit"], 40), ([], 20)],
        [(["ICT / Crashes"], 28), (["ICT"], 2), (["Kit"], 40), ([], 20)]), "ICT / Crashes"
    ).expectSafe()
  }

  @Test func `a theme below one that few raised is open to others and not to these`() throws {
    // 5 raised ICT: for others 0 to 5 of them raised crashes, and 0 to 5 the other theme; for one who raised no more than
    // ICT 0 to 4, for one who raised both 1 to 5.
    func release(_ ict: Int) -> PrintedRelease {
      both(
        Self.release([
          (["ICT / Crashes", "ICT / Mobile"], 2), (["ICT"], ict - 2), (["Kit"], 40), ([], 20),
        ]), "ICT / Crashes", "ICT / Crashes / Login", "ICT / Mobile")
    }
    for theme in ["ICT / Crashes", "ICT / Mobile"] {
      try release(5).expectBreak(
        "force, hindrances “\(theme)”, area North", 0...4,
        insider: "to be in hindrances “ICT” and not to be in hindrances “\(theme)”, area North")
    }
    try release(6).expectSafe()
  }

  // MARK: - What does not add up

  @Test func `a theme of which fewer than of one below it are said to have raised it does not add up`() throws
  {
    let release = Self.release([(["ICT / Crashes"], 12), (["ICT"], 10), (["Kit"], 40), ([], 20)])
    #expect(try release.report.addsUp)
    // 23 of 22: the areas still add up to their total, but who raised crashes raised ICT.
    func crashes(_ count: Int, _ area: String, _ release: PrintedRelease) -> PrintedRelease {
      release.changing(["ICT / Crashes"], of: "hindrances", in: [area]) { $0.count = String(count) }
    }
    let wrong = crashes(49, "South", crashes(23, "North", release))
    #expect(try !wrong.report.addsUp)
    try wrong.expectFault("no counts go with all figures", "hindrances", "North")
  }
}
