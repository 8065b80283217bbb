import Foundation
import Ingest
import SurveyDefinition
import Testing

/// Files that programs for qualitative analysis wrote, as codings of open text and of focus groups.
@Suite struct CodedProjectTests {
  /// What ATLAS.ti's project has coded, by the names of its sources; every other source was read and has nothing coded.
  ///
  /// Accents are characters of their own there, as in names of files on a Mac, and ids are compared as they are written.
  private static let raised: [String: Set<String>] = [
    "1994 Diet Coke-Diet Coke Break": ["coke", "diet", "rushed", "feelings"],
    "Mabel": ["breakfast", "bacon", "flakes", "feelings", "happiness"],
    "Simon": ["breakfast", "bacon", "feelings", "happiness"],
    "cornflakes-n-milk": ["breakfast", "flakes", "milk"],
    "Pay de Limo\u{301}n con Base de Granola | Kellogg's ®": [
      "breakfast", "flakes", "feelings", "serenity", "waste",
    ],
    "1960s Coca Cola commercial - Audio": [], "1960s Coca Cola commercial - Visual": [],
    "Mabe\u{302}l 2ie\u{300}me": [],
    "Kellogg's Passion for Nutrition": [], "Jeanine's Breakfast": [], "1960s Coca Cola commercial": [],
  ]
  private static let silent = "Nobody wrote of this"

  /// The project's codes as themes: by their names, by other names, and as `A::B`.
  private static let themes = """
    themes:
      breakfast:
        label: Breakfast food
        themes:
          bacon: { label: bacon and eggs }
          flakes: { label: Cornflakes, aliases: [cornflakes] }
          milk: { label: A glass of milk }
      feelings:
        label: Feelings
        themes:
          happiness: { label: Happiness }
          serenity: { label: Serenity, aliases: [Calm, serene] }
          rushed: { label: Rushed, aliases: ['"rushed"'] }
          waste: { label: waste of time }
      coke: { label: Coke, themes: { diet: { label: diet Coke } } }
    """

  private func project() throws -> String {
    try #require(RealSurvey.reference).appending(path: "refi_qda/TestProject.qdpx").path()
  }

  @Test(.enabled(if: RealSurvey.isAtHand, "REFERENCE_DATA names no folder with `data`"))
  func `a project of ATLAS.ti is codings of the respondents that its sources are called for`() throws {
    let survey = try CodedSurvey()
    let people = Self.raised.keys.sorted() + [Self.silent]
    try survey.write("Who\n" + people.map { "\"\($0)\"\n" }.joined(), to: "responses.csv")
    let wave = try CodedSurvey.wave(
      """
      survey: adverts
      title: Adverts
      input: { respondent: Who }
      questions: { breakfast_talk: { kind: theme } }
      codings: { open_text: { file: \(try project()) } }
      packs: { all: { who: everyone } }
      \(Self.themes)
      """)
    let (tally, findings) = try survey.tally(wave.survey)
    #expect(findings == [])
    let counts = try ThemeCounts("breakfast_talk", in: tally)
    #expect(counts.coded == Self.raised.count)
    for id in wave.survey.themes.coded.map(\.id) {
      #expect(counts.raised[id] == Self.raised.values.count { $0.contains(id) }, "\(id)")
    }
  }

  @Test(.enabled(if: RealSurvey.isAtHand, "REFERENCE_DATA names no folder with `data`"))
  func `a project of ATLAS.ti is codings of the sessions that its sources are called for`() throws {
    let survey = try CodedSurvey()
    let sessions = Self.raised.keys.sorted() + [Self.silent]
    let wave = try CodedSurvey.wave(
      """
      survey: adverts
      title: Adverts
      questions: { q: { kind: single, answers: [A] } }
      codings: { focus_groups: { file: \(try project()) } }
      packs: { all: { who: everyone } }
      \(Self.themes)
      """,
      wave: "sessions:\n" + sessions.map { "  \"\($0)\": { audience: viewers }\n" }.joined())
    let codings = try readFocusGroupCodings(
      wave.survey.codings.focusGroups.map { ($0, survey.input($0.file)) }, of: wave)
    #expect(codings.findings == [])
    let codebook = wave.survey.themes.coded
    for (session, raised) in zip(sessions, codings.raised) {
      #expect(raised.map { Set($0.map { codebook[$0].id }) } == Self.raised[session], "\(session)")
    }
  }

  @Test(
    .enabled(if: RealSurvey.isAtHand, "REFERENCE_DATA names no folder with `data`"),
    arguments: [
      ("Friedrich Markgraf", []), ("AD68FBE7-E1EE-4A82-A279-23CC698C89EB", []),
      ("Sebastian Petrausch", ["unknown-coder"]), ("Nobody", ["unknown-coder"]),
    ] as [(String, [String])])
  func `the coder of a project is named as the program names them, or by GUID`(
    coder: String, expected: [String]
  ) throws {
    let survey = try CodedSurvey()
    try survey.write("Who\n" + Self.raised.keys.map { "\"\($0)\"\n" }.joined(), to: "responses.csv")
    let wave = try CodedSurvey.wave(
      """
      survey: adverts
      title: Adverts
      input: { respondent: Who }
      questions: { breakfast_talk: { kind: theme, coder: \(coder) } }
      codings: { open_text: { file: \(try project()) } }
      packs: { all: { who: everyone } }
      \(Self.themes)
      """)
    let (tally, findings) = try survey.tally(wave.survey)
    #expect(findings.map(\.code) == expected)
    let flakes = try ThemeCounts("breakfast_talk", in: tally).raised["flakes"]
    #expect(flakes == (expected.isEmpty ? 3 : 0))
  }

  /// Taguette's export of highlights: one record per tag of a highlight, with the quotation, which is not read.
  @Test func `highlights of Taguette are codings of the documents, by a declared map of columns`() throws {
    let survey = try CodedSurvey()
    let export = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "QDAImportTests/Resources/taguette/highlights.csv")
    try survey.write("ID,Role\n" + (1...6).map { "R\($0),Staff\n" }.joined(), to: "responses.csv")
    let wave = try CodedSurvey.wave(
      """
      survey: tagged
      title: Tagged
      input: { respondent: ID }
      questions: { why: { kind: theme } }
      codings: { open_text: { file: \(export.path()), columns: { respondent: document, theme: tag } } }
      packs: { all: { who: everyone } }
      themes:
        ict: { label: ICT, themes: { joined_up: { label: Joined up, aliases: [ict.joined_up] } } }
        training: { label: Training }
        estate: { label: Estate, aliases: ['estate, "old"'] }
        interesting: { label: Interesting }
        unused: { label: Unused }
      """)
    let (tally, findings) = try survey.tally(wave.survey)
    #expect(findings == [])
    let counts = try ThemeCounts("why", in: tally)
    // R3 has no highlight: nobody can tell whether it was read.
    #expect(counts.coded == 5)
    #expect(
      counts.raised == ["ict": 4, "joined_up": 3, "training": 2, "estate": 1, "interesting": 1, "unused": 0])
  }
}
