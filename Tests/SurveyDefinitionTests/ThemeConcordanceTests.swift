import SurveyDefinition
import Testing

/// Which themes of two codebooks correspond, and which of them can be compared.
@Suite struct ThemeConcordanceTests {
  private typealias Entry = ThemeConcordance.Entry

  private func theme(_ id: String, was: [String] = [], _ themes: [Theme] = []) -> Theme {
    Theme(id: id, label: id, was: was, themes: themes)
  }

  @Test func `themes that keep their ids are the same, wherever others stand`() {
    let codebook = [theme("ict", [theme("wires"), theme("email")]), theme("estate")]
    let reordered = [theme("estate"), theme("ict", [theme("email"), theme("wires")])]
    let concordance = ThemeConcordance(from: codebook, to: reordered)
    #expect(concordance.isIdentity)
    #expect(
      concordance.entries == [
        Entry(.same, earlier: ["estate"], later: "estate", comparable: "estate"),
        Entry(.same, earlier: ["ict"], later: "ict", comparable: "ict"),
        Entry(.same, earlier: ["email"], later: "email", comparable: "email"),
        Entry(.same, earlier: ["wires"], later: "wires", comparable: "wires"),
      ])
    #expect(ThemeConcordance(from: [], to: []).isIdentity)
  }

  @Test func `a renamed theme is compared under both ids`() {
    let concordance = ThemeConcordance(
      from: [theme("systems", [theme("wires")])],
      to: [theme("ict", was: ["it", "systems"], [theme("lines", was: ["wires"])])])
    #expect(!concordance.isIdentity)
    #expect(
      concordance.entries == [
        Entry(.renamed, earlier: ["systems"], later: "ict", comparable: "systems"),
        Entry(.renamed, earlier: ["wires"], later: "lines", comparable: "wires"),
      ])
  }

  @Test func `figures of merged themes do not add up, whether or not one of them keeps its id`() {
    let earlier = [theme("staffing"), theme("resource"), theme("people")]
    #expect(
      ThemeConcordance(from: earlier, to: [theme("team", was: ["resource", "staffing", "people"])]).entries
        == [Entry(.merged, earlier: ["staffing", "resource", "people"], later: "team")])
    #expect(
      ThemeConcordance(from: earlier, to: [theme("people", was: ["resource", "staffing"])]).entries
        == [Entry(.merged, earlier: ["staffing", "resource", "people"], later: "people")])
  }

  @Test func `a theme that takes in those below it was the whole already`() {
    let earlier = [theme("ict", [theme("wires", [theme("plugs")]), theme("email")])]
    #expect(
      ThemeConcordance(from: earlier, to: [theme("ict", was: ["wires", "plugs"], [theme("email")])]).entries
        == [
          Entry(.merged, earlier: ["ict", "wires", "plugs"], later: "ict", comparable: "ict"),
          Entry(.same, earlier: ["email"], later: "email", comparable: "email"),
        ])
  }

  @Test(arguments: [("ict", []), ("tech", ["ict"])])
  func `of a split the theme above is comparable, the new ones are not`(id: String, was: [String]) {
    let concordance = ThemeConcordance(
      from: [theme("ict"), theme("estate")],
      to: [
        theme(id, was: was, [theme("hardware", [theme("radios")]), theme("software")]), theme("estate"),
      ])
    #expect(
      concordance.entries == [
        Entry(was.isEmpty ? .same : .renamed, earlier: ["ict"], later: id, comparable: "ict"),
        Entry(.new, later: "hardware", within: id), Entry(.new, later: "radios", within: id),
        Entry(.new, later: "software", within: id),
        Entry(.same, earlier: ["estate"], later: "estate", comparable: "estate"),
      ])
  }

  @Test func `what begins and what ends has nothing to be compared with`() {
    #expect(
      ThemeConcordance(
        from: [theme("ict", [theme("faxes")]), theme("canteen")],
        to: [theme("ict", [theme("email")]), theme("commuting")]
      ).entries == [
        Entry(.same, earlier: ["ict"], later: "ict", comparable: "ict"),
        Entry(.new, later: "email", within: "ict"), Entry(.new, later: "commuting"),
        Entry(.ended, earlier: ["faxes"]), Entry(.ended, earlier: ["canteen"]),
      ])
  }

  @Test func `a new theme over old ones leaves them comparable`() {
    #expect(
      ThemeConcordance(
        from: [theme("ict"), theme("estate")], to: [theme("means", [theme("ict"), theme("estate")])]
      ).entries == [
        Entry(.new, later: "means"), Entry(.same, earlier: ["ict"], later: "ict", comparable: "ict"),
        Entry(.same, earlier: ["estate"], later: "estate", comparable: "estate"),
      ])
  }

  @Test func `a theme that moves changes what those above it hold, and these cannot be compared`() {
    let concordance = ThemeConcordance(
      from: [theme("ict", [theme("training", [theme("courses")])]), theme("people", [theme("pay")])],
      to: [
        theme("tech", was: ["ict"], [theme("email")]),
        theme("people", [theme("learning", was: ["training"], [theme("courses")]), theme("pay")]),
      ])
    #expect(
      concordance.entries == [
        Entry(.renamed, earlier: ["ict"], later: "tech", lost: ["training", "courses"]),
        // Below a theme that is not comparable there is nothing to compare instead.
        Entry(.new, later: "email"),
        Entry(.same, earlier: ["people"], later: "people", gained: ["training", "courses"]),
        Entry(.renamed, earlier: ["training"], later: "learning", comparable: "training"),
        Entry(.same, earlier: ["courses"], later: "courses", comparable: "courses"),
        Entry(.same, earlier: ["pay"], later: "pay", comparable: "pay"),
      ])
    #expect(!concordance.isIdentity)
  }

  @Test func `a theme with the same id comes before one that had it`() {
    // No one codebook may say so, but a later one may use an id again that an earlier one gave up.
    #expect(
      ThemeConcordance(from: [theme("ict")], to: [theme("tech", was: ["ict"]), theme("ict")]).entries == [
        Entry(.new, later: "tech"), Entry(.same, earlier: ["ict"], later: "ict", comparable: "ict"),
      ])
  }
}
