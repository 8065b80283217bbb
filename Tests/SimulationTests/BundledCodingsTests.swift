import Foundation
import Simulation
import SurveyDefinition
import Testing

/// What was coded in the made-up wave, counted here without any of canvass's code.
@Suite struct `The codings of the bundled wave` {
  private static let files = ["open-text.csv", "focus-groups.csv"]

  private func table(_ file: String) throws -> CSVTable {
    try CSVTable(Array(Data(contentsOf: Bundled.folder.appending(path: "2012-12/\(file)"))))
  }

  /// `CANVASS_RENEW=1 swift test --filter SimulationTests` writes the files anew; the diff is reviewed.
  @Test func `are what its seed and shares make`() throws {
    let wave = try Bundled.wave()
    let codings = try simulateCodings(
      wave: wave, shares: try Bundled.shares(for: wave.survey), responses: Bundled.responseCount,
      seed: Bundled.seed)
    #expect(codings.map(\.file) == Self.files)
    for coding in codings {
      let file = Bundled.folder.appending(path: "2012-12/\(coding.file)")
      if ProcessInfo.processInfo.environment["CANVASS_RENEW"] != nil {
        try Data(coding.bytes).write(to: file)
      }
      // Compared as a truth value: a failure must not print the whole file.
      let isSame = try coding.bytes == Array(Data(contentsOf: file))
      #expect(isSame, "\(coding.file) is not what the definition, the shares and the seed make")
    }
  }

  /// The top theme of each theme, by id.
  private func topThemes() throws -> [String: String] {
    var top: [String: String] = [:]
    func add(_ themes: [Theme], under id: String?) {
      for theme in themes {
        top[theme.id] = id ?? theme.id
        add(theme.themes, under: id ?? theme.id)
      }
    }
    add(try Bundled.wave().survey.themes, under: nil)
    return top
  }

  @Test func `say what is on record: ICT first, leadership with uncertainty second, training third`() throws {
    let table = try table("open-text.csv")
    let top = try topThemes()
    var respondents: [String: Set<String>] = [:]
    var byTheme: [String: Set<String>] = [:]
    for (respondent, theme) in zip(table.cells("respondent"), table.cells("theme")) where theme != "" {
      respondents[try #require(top[theme]), default: []].insert(respondent)
      byTheme[theme, default: []].insert(respondent)
    }
    let order = respondents.sorted { $0.value.count > $1.value.count }.map(\.key)
    #expect(order.prefix(3) == ["ict", "leadership", "training"])
    // By a clear margin, so that no other seed or rounding turns them round.
    let counts = order.map { respondents[$0]?.count ?? 0 }
    #expect(counts[0] > counts[1] + 50 && counts[1] > counts[2] + 50 && counts[2] > counts[3] + 20)
    let leadership = ["leadership", "disconnect", "consultation", "uncertainty"].map {
      byTheme[$0]?.count ?? 0
    }
    #expect(leadership.max() == leadership[3])
    // Themes that only gather others may be given to nobody by themselves.
    #expect(Set(top.keys).subtracting(byTheme.keys).isSubset(of: Set(top.values)))
    #expect(Set(respondents.keys) == Set(top.values))
  }

  @Test func `are of those alone who wrote something, and of all of them`() throws {
    let responses = try CSVTable(Array(Data(contentsOf: Bundled.responsesFile)))
    let wrote = zip(responses.cells("ID"), responses.cells("Q14 What hinders you in carrying out your role?"))
      .filter { $0.1 != "" }.map(\.0)
    let table = try table("open-text.csv")
    #expect(Set(table.cells("respondent")) == Set(wrote))
    #expect(Set(table.cells("question")) == ["hindrances"])
    let nothing = zip(table.cells("respondent"), table.cells("theme")).filter { $0.1 == "" }.map(\.0)
    #expect((10...60).contains(Set(nothing).count), "texts with nothing to code")
  }

  @Test func `have a second coder of about a quarter, who mostly agrees`() throws {
    let table = try table("open-text.csv")
    #expect(Set(table.cells("coder")) == ["first", "second"])
    var found: [String: [String: Set<String>]] = [:]
    let rows = zip(table.cells("respondent"), table.cells("theme"))
    for ((respondent, theme), coder) in zip(rows, table.cells("coder")) {
      found[coder, default: [:]][respondent, default: []].insert(theme)
    }
    let first = try #require(found["first"])
    let second = try #require(found["second"])
    #expect(Set(second.keys).isSubset(of: first.keys))
    #expect((0.20...0.30).contains(Double(second.count) / Double(first.count)))
    let same = second.count { first[$0.key] == $0.value }
    #expect((0.6...0.95).contains(Double(same) / Double(second.count)))
  }

  @Test func `have two sessions of staff and two of officers, each with ICT, leadership and training`() throws
  {
    let wave = try Bundled.wave()
    #expect(wave.sessions.map(\.audience) == ["staff", "staff", "officers", "officers"])
    let table = try table("focus-groups.csv")
    let top = try topThemes()
    for session in wave.sessions {
      let themes = zip(table.cells("session"), table.cells("theme")).filter { $0.0 == session.id }.map(\.1)
      #expect(Set(themes.compactMap { top[$0] }).isSuperset(of: ["ict", "leadership", "training"]))
      #expect(themes.count > Set(themes).count, "a theme is raised in several segments")
    }
    #expect(Set(table.cells("session")) == Set(wave.sessions.map(\.id)))
  }

  @Test func `count the same when Python reads them`() throws {
    guard let python = Python() else { return }
    let table = try table("open-text.csv")
    let pairs = Set(zip(table.cells("respondent"), table.cells("theme")).map { "\($0.0) \($0.1)" })
    let script = """
      import csv, sys
      rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
      print(len(rows), len({(r["respondent"], r["theme"]) for r in rows}))
      """
    let file = Bundled.folder.appending(path: "2012-12/open-text.csv")
    #expect(try python.run(script, file.path) == "\(table.records.count) \(pairs.count)")
  }
}
