import Foundation
import Testing

@testable import Canvass

/// What `run` and `check` say of a codebook that changed from wave to wave.
@Suite struct ThemeComparisonTests {
  private static let ict =
    "ict: { label: ICT, was: systems, themes: { hardware: { label: Hardware }, software: { label: Software } } }"

  /// Two waves with made-up responses and codings of open text, of which each name is given to ten people.
  private func tiny(_ themes: String, _ earlier: [String]?, _ later: [String]?, top: String = "") throws
    -> TinySurvey
  {
    let tiny = try TinySurvey(
      waves: ["2024", "2026"],
      definition: TinySurvey.definition.replacing(
        "banners: [role]",
        with:
          "  why: { text: What hinders you?, kind: theme }\nthemes: { \(themes) }\n\(top)\nbanners: [role]"))
    for (wave, names) in [("2024", earlier), ("2026", later)] {
      guard let names else { continue }
      let rows = names.enumerated().flatMap { index, name in
        (0..<10).map { "\(TinySurvey.marker)\(index * 10 + $0),\(name)\n" }
      }
      try tiny.write("respondent,theme\n" + rows.joined(), to: "\(wave)/open-text.csv")
    }
    return tiny
  }

  /// What is said of themes on standard output: from the title on.
  private func comparison(_ told: Told) -> [Substring] {
    Array(told.output.split(separator: "\n").drop { !$0.contains("hemes of") })
  }

  @Test func `run and check remark on a theme that a wave may not have had, and the lines mend it`() throws {
    let tiny = try tiny(
      Self.ict + ", estate: { label: Estate }", ["estate", "systems"], ["hardware", "software"])
    let remark = "2024/open-text.csv:12:2: remark: wave 2024 was coded with an earlier id of `ict`"
    let run = tiny.run()
    #expect(run.status == .done)
    #expect(run.errors.contains(remark))
    #expect(!run.errors.contains("remark: wave 2026 was coded"))
    let check = tiny.check()
    #expect(check.status == .done)
    #expect(check.errors.contains(remark))
    #expect(tiny.run { $0.isQuiet = true }.errors.contains(remark) == false)
    #expect(
      comparison(check).dropFirst() == [
        "  new       `hardware` and `software`: not comparable; compare `ict`, which",
        "            holds them",
        "  same      2 themes",
      ])

    // What stands between the remark and the next finding is YAML to be pasted.
    let lines = check.errors.split(separator: "\n").drop { !$0.contains(remark) }.dropFirst(2)
    let yaml = lines.prefix { $0.hasPrefix("      ") }.map { $0.dropFirst(6) }.joined(separator: "\n")
    try tiny.write("made_up: true\n\(yaml)\n", to: "2024/wave.yaml")
    let mended = tiny.check()
    #expect(mended.status == .done)
    #expect(!mended.errors.contains("was coded with"))
    #expect(comparison(mended) == comparison(check))
    let later = try #require(try tiny.outputs()["tiny/2026/all/tables.csv"])
    #expect(String(decoding: later, as: UTF8.self).contains("ICT / Hardware"))
    #expect(tiny.run().status == .done)
    let tables = try #require(try tiny.outputs()["tiny/2024/all/tables.csv"])
    #expect(!String(decoding: tables, as: UTF8.self).contains("ICT / Hardware"))
    #expect(String(decoding: tables, as: UTF8.self).contains("why,theme,open-text,ICT,total,Total,20,10,"))
  }

  @Test(arguments: [
    (["systems"], "estate", "open-text.csv:2:2"), (["estate"], "systems", "focus-groups.csv:2:2"),
    (["systems", "hardware", "software"], "systems", "-"), (["systems"], "ict", "-"),
  ])
  func `codings of open text and of focus groups are looked at together`(
    names: [String], theme: String, place: String
  ) throws {
    let tiny = try tiny(Self.ict + ", estate: { label: Estate }", names, nil)
    try tiny.write("made_up: true\nsessions: { FG1: { audience: Staff } }\n", to: "2024/wave.yaml")
    try tiny.write("session,theme\nFG1,\(theme)\n", to: "2024/focus-groups.csv")
    let told = tiny.check()
    #expect(told.status == .done)
    let remarks = told.errors.split(separator: "\n").filter { $0.contains("was coded with") }
    #expect(remarks.count == (place == "-" ? 0 : 1))
    for remark in remarks { #expect(remark.hasPrefix("\(tiny.survey)/2024/\(place): remark: ")) }
  }

  @Test func `themes with earlier ids that all waves have can all be compared`() throws {
    let tiny = try tiny(
      "ict: { label: ICT, was: [systems, it] }, estate: { label: Estate }", ["systems", "it"], ["ict"])
    #expect(
      comparison(tiny.check()) == ["All themes of \(tiny.survey) can be compared in waves 2024 and 2026."])
    #expect(tiny.check().errors.contains("was coded with") == false)
  }

  @Test func `nothing is said of a codebook that never changed, of one coded wave, or of none`() throws {
    let same = "ict: { label: ICT }, estate: { label: Estate }"
    #expect(try comparison(tiny(same, ["ict"], ["estate"]).check()) == [])
    #expect(try comparison(tiny(Self.ict, nil, ["hardware"]).check()) == [])
    #expect(try comparison(tiny(Self.ict, nil, nil).check()) == [])
  }

  @Test func `a wave whose codings have a fault is not compared`() throws {
    let tiny = try tiny(Self.ict, ["systems", "no such theme"], ["hardware"])
    let check = tiny.check()
    #expect(check.status == .faults)
    #expect(comparison(check) == [])
    #expect(!check.errors.contains("was coded with"))
  }

  @Test func `each wave is compared with the one before it`() throws {
    let tiny = try tiny("people: { label: People }", ["staffing", "resource"], ["people"])
    try tiny.write(
      "made_up: true\nthemes: { people: null, staffing: { label: Staffing }, resource: { label: Resource } }\n",
      to: "2024/wave.yaml")
    try tiny.write(
      "made_up: true\nthemes: { people: { was: [staffing, resource] } }\n", to: "2026/wave.yaml")
    #expect(
      comparison(tiny.check()).map { $0.replacing(tiny.survey, with: "tiny") } == [
        "Themes of tiny, wave 2026 beside 2024",
        "  merged    `people` was `staffing` and `resource`, whose figures do not add up",
        "            to it: to compare them, give wave 2024 the codebook of 2026",
      ])
    try tiny.write("made_up: true\nthemes: { people: { was: [staffing] } }\n", to: "2026/wave.yaml")
    #expect(
      comparison(tiny.check()).dropFirst() == [
        "  renamed   `people` was `staffing`", "  ended     `resource`: not comparable",
      ])
  }

  @Test func `a theme that moved changes the themes above it`() throws {
    let tiny = try tiny(
      "ict: { label: ICT }, people: { label: People, themes: { training: { label: Training } } }",
      ["training"],
      ["training"])
    try tiny.write(
      """
      made_up: true
      themes: { ict: { themes: { training: { label: Training } } }, people: { themes: { training: null } } }

      """, to: "2024/wave.yaml")
    #expect(
      comparison(tiny.check()).dropFirst() == [
        "  changed   `ict` is now without `training`: not comparable",
        "  changed   `people` is now with `training`: not comparable", "  same      1 theme",
      ])
  }

  @Test func `codes of a project may have earlier ids`() throws {
    let tiny = try tiny(
      Self.ict + ", people: { label: People, was: [staffing, resource] }", nil, nil,
      top: "codings: { open_text: { file: coded.qde } }")
    func guid(_ number: Int) -> String { "00000000-0000-4000-8000-\(100_000_000_000 + number)" }
    // Ten people have systems, and twenty both staffing and resource.
    let names = ["systems", "staffing", "resource"]
    let codes = names.enumerated().map {
      "<Code guid=\"\(guid($0))\" name=\"\($1)\" isCodable=\"true\"/>"
    }
    let sources = (0..<30).map { person in
      let given = person < 10 ? [0] : [1, 2]
      let codings = given.map {
        "<Coding guid=\"\(guid(1_000 + person * 10 + $0))\"><CodeRef targetGUID=\"\(guid($0))\"/></Coding>"
      }
      return "<TextSource guid=\"\(guid(500 + person))\" name=\"\(TinySurvey.marker)\(person).txt\">"
        + codings.joined() + "</TextSource>"
    }
    for wave in ["2024", "2026"] {
      try tiny.write(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <Project xmlns="urn:QDA-XML:project:1.0" name="Made up">
        <CodeBook><Codes>
        \(codes.joined(separator: "\n"))
        </Codes></CodeBook>
        <Sources>\(sources.joined(separator: "\n"))</Sources>
        </Project>

        """, to: "\(wave)/coded.qde")
    }
    let run = tiny.run()
    #expect(run.status == .done, "\(run.errors)")
    #expect(run.errors.contains("2026/coded.qde:4: remark: wave 2026 was coded with an earlier id of `ict`"))
    let rows = try tiny.table().filter { $0["question"] == "why" && $0["banner"] == "total" }
    #expect(
      rows.map { "\($0["answer"] ?? "") \($0["count"] ?? "")" } == [
        "(base) 30", "ICT 10", "ICT / Hardware 0", "ICT / Software 0", "People 20",
      ])
  }
}
