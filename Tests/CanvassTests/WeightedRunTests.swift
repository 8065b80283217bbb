import Foundation
import Testing

@testable import Canvass
@testable import DisclosureAudit

/// Weighted percentages, from the responses to a release and its audit.
@Suite struct WeightedRunTests {
  private static func definition(_ weights: String) -> String {
    """
    survey: tiny
    input: { respondent: ID }
    variables:
      role: { column: Role, groups: [Staff, Officer] }
      area: { column: Area, groups: [North, South, East] }
    questions:
      tools: { text: Are your tools good?, kind: single, column: Q, answers: [Good, Fair, Poor], nets: { Any: [Good, Fair] } }
    weights: \(weights)
    banners: [role, area]
    packs: { all: { who: everyone }, staff: { who: { role: [Staff] }, banners: [area] } }
    """
  }

  /// Made up; every answer of every group is that of at least 20.
  private static func people(_ weight: (Int) -> String) -> String {
    "ID,Role,Area,Q,W\n"
      + (0..<540).map { person in
        let role = person % 5 < 3 ? "Staff" : "Officer"
        let area = ["North", "South", "East"][person / 5 % 3]
        let answer = ["Good", "Fair", "Poor"][(person / 15 + (person % 5 == 4 ? 1 : 0)) % 3]
        return "\(person),\(role),\(area),\(answer),\(weight(person))\n"
      }.joined()
  }

  private static func made(_ weights: String, _ weight: (Int) -> String = { _ in "1" }) -> EditedRelease {
    EditedRelease(survey: definition(weights), wave: "made_up: true", responses: people(weight))
  }

  private static func ofColumn() -> EditedRelease {
    made("{ column: W }") { String(format: "%.6f", 0.5 + Double($0 * 37 % 101) / 100) }
  }

  private func rows(_ made: EditedRelease) throws -> [[String]] {
    try made.files(["all/tables.csv"], finding: [])[0].split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Sums over the made-up responses, in Python 3.11 with fractions.Fraction and statistics.NormalDist().inv_cdf(0.975): the share, Wilson's
  /// interval on (Σw)²/Σw², and that.
  @Test func `a column weighs percentages, intervals and effective bases, and no counts`() throws {
    let rows = try rows(Self.ofColumn())
    #expect(rows[0].suffix(2) == ["value", "effective_base"])
    func row(_ answer: String, _ group: String) -> ArraySlice<String>? {
      rows.first { $0[2] == "tools" && $0[5] == answer && $0[7] == group }?.dropFirst(8)
    }
    #expect(row("Good", "Total") == ["540", "180", "33.1", "29.1", "37.3", "", "", "497.6"])
    #expect(row("Poor", "Officer") == ["216", "72", "33.4", "27.2", "40.2", "", "", "199.1"])
    #expect(row("Fair", "North") == ["180", "60", "33.9", "27.2", "41.4", "", "", "166.8"])
    #expect(row("(net) Any", "East") == ["180", "120", "65.8", "58.3", "72.6", "", "", "164.6"])
  }

  @Test func `weights all equal change no figure`() throws {
    let plain = EditedRelease(
      survey: Self.definition("{}").replacing("weights: {}\n", with: ""), wave: "made_up: true",
      responses: Self.people { _ in "" })
    func figures(_ made: EditedRelease) throws -> [[String]] {
      try rows(made).dropFirst().map { Array($0.prefix(14)) }
    }
    #expect(try figures(Self.made("{ column: W }") { _ in "0.37" }) == figures(plain))
    #expect(
      try figures(Self.made("{ rake: { role: { Staff: 0.6, Officer: 0.4 } } }")) == figures(plain))
  }

  @Test func `raking meets its margins`() throws {
    // 324 staff and 216 officers to 3 : 7; of the staff 180 say Good, Fair or Poor alike.
    let rows = try rows(Self.made("{ rake: { role: { Staff: 0.3, Officer: 0.7 } } }"))
    func percent(_ answer: String, _ group: String) -> Double? {
      rows.first { $0[2] == "tools" && $0[5] == answer && $0[7] == group }.flatMap { Double($0[10]) }
    }
    for answer in ["Good", "Fair", "Poor"] {
      let staff = try #require(percent(answer, "Staff"))
      let officers = try #require(percent(answer, "Officer"))
      let all = try #require(percent(answer, "Total"))
      #expect(abs(0.3 * staff + 0.7 * officers - all) < 0.1 + 1e-9)
    }
  }

  private static let margins =
    "role: { Staff: 0.3, Officer: 0.7 }, area: { North: 0.5, South: 0.3, East: 0.2 }"

  /// Untrimmed, an officer of the north weighs 2.625: 0.7 × 0.5 of everyone, of 72 in 540. Cutting, sharing out and raking in turn in
  /// Python 3.11 comes to 0.2636 for staff of the east and 0.9 for staff of the north.
  @Test func `trimmed weights stay within their bounds and meet the margins`() throws {
    let whole = Self.made("{ rake: { \(Self.margins) } }")
    let trimmed = Self.made("{ rake: { \(Self.margins) }, trim: { lower: 0.2, upper: 2.4 } }")
    for (made, remark) in [
      (whole, "of raking, by weights from 0.30 to 2.63"),
      (trimmed, "of raking, 72 trimmed, by weights from 0.26 to 2.40"),
    ] {
      let survey = try TinySurvey(definition: made.survey)
      try survey.write(made.responses, to: "2026/responses.csv")
      var request = RunRequest()
      request.surveyFolder = survey.survey
      request.output = survey.output
      let ended = told { run(request, on: $0) }
      #expect(ended.errors.contains(remark), "\(ended.errors)")
    }
    let rows = try rows(trimmed)
    func percent(_ answer: String, _ group: String) -> Double? {
      rows.first { $0[2] == "tools" && $0[5] == answer && $0[7] == group }.flatMap { Double($0[10]) }
    }
    for groups in [[("Staff", 0.3), ("Officer", 0.7)], [("North", 0.5), ("South", 0.3), ("East", 0.2)]] {
      for answer in ["Good", "Fair", "Poor"] {
        let all = try #require(percent(answer, "Total"))
        var sum = 0.0
        for (group, share) in groups { sum += share * (try #require(percent(answer, group))) }
        #expect(abs(sum - all) < 0.1 + 1e-9)
      }
    }
    let files = try trimmed.files(["definition.json", "all/briefing.html"], finding: [])
    #expect(files[0].contains("\"lower\": \"0.2\",\n      \"upper\": \"2.4\""), "\(files[0])")
    #expect(files[1].contains("No weight is less than 0.2 or more than 2.4 times the mean"))
  }

  /// All officers weigh the same, 0.7 over 0.4.
  @Test func `bounds that do not go with the margins are a fault at their place`() throws {
    let survey = try TinySurvey(
      definition: Self.definition("{ rake: { role: { Staff: 0.3, Officer: 0.7 } }, trim: { upper: 1.5 } }"))
    try survey.write(Self.people { _ in "1" }, to: "2026/responses.csv")
    var request = RunRequest()
    request.surveyFolder = survey.survey
    request.output = survey.output
    let ended = told { run(request, on: $0) }
    #expect(ended.status == .faults)
    #expect(
      ended.errors.contains("survey.yaml:8:58: no weights of wave 2026 were found that lie within `trim`"))
    #expect(try survey.outputs().isEmpty)
  }

  @Test
  func
    `an audit withstands a weighted release, and finds a percentage, interval or effective base that cannot be`()
    throws
  {
    let made = Self.ofColumn()
    let whole = try made.audit { _ in }
    #expect(whole.status == .done, "\(whole.told)")
    let rows = try rows(made)
    let place = try #require(rows.firstIndex { $0[2] == "tools" && $0[5] == "Good" && $0[7] == "North" })
    for (column, text) in [
      (10, "99.9"), (10, ""), (11, "0.0"), (12, "99.0"), (13, "u"), (15, "900.0"), (15, ""),
    ] {
      var forged = rows
      forged[place][column] = text
      let line = rows[place].joined(separator: ",")
      let other = forged[place].joined(separator: ",")
      let found = try made.audit { try EditedRelease.replace(line, by: other, in: "all/tables.csv", of: $0) }
      #expect(found.status == .unsafe, "column \(column): \(text)")
    }
    // A percentage whose count is withheld says what it is, weighted or not.
    var hidden = rows[place]
    (hidden[9], hidden[13]) = ("", "c")
    let found = try made.audit {
      try EditedRelease.replace(
        rows[place].joined(separator: ","), by: hidden.joined(separator: ","), in: "all/tables.csv", of: $0)
    }
    #expect(found.status == .unsafe)
  }

  @Test func `figures that count everyone once are no part of a weighted release`() throws {
    let made = Self.ofColumn()
    let found = try made.audit { release in
      let tables = try String(contentsOf: release.appending(path: "all/tables.csv"), encoding: .utf8)
      try tables.write(
        to: release.appending(path: "all/differences.csv"), atomically: true, encoding: .utf8)
    }
    #expect(found.status == .unsafe)
    #expect(found.told.contains("a release with weighted percentages has no such file"))
  }

  /// With two weights a count and a weighted percentage say how many of each weight there are: three of the twenty-odd officers in
  /// the east who are poorly equipped weigh double, and nothing may tell so.
  @Test func `few weights do not tell who is who in a group`() throws {
    func isHeavy(_ person: Int) -> Bool {
      person % 5 == 3 && person / 5 % 3 == 2 && person < 130 || person % 5 == 0
    }
    let made = Self.made("{ column: W }") { isHeavy($0) ? "2" : "1" }
    let rows = try rows(made)
    var found = 0
    for row in rows where row[2] == "tools" && row[6] != "total" && !row[5].hasPrefix("(") && !row[9].isEmpty
    {
      let own = (0..<540).filter { person in
        let role = person % 5 < 3 ? "Staff" : "Officer"
        let area = ["North", "South", "East"][person / 5 % 3]
        let answer = ["Good", "Fair", "Poor"][(person / 15 + (person % 5 == 4 ? 1 : 0)) % 3]
        return answer == row[5] && (role == row[7] || area == row[7])
      }
      #expect(own.count == Int(row[9]))
      let heavy = own.count(where: isHeavy)
      #expect(heavy == 0 || heavy >= 5)
      #expect(own.count - heavy == 0 || own.count - heavy >= 5)
      found += 1
    }
    #expect(found > 0)
    #expect(rows.contains { $0[2] == "tools" && $0[13] == "c" })
  }

  @Test func `places of a ranking are told with many weights, and not with few`() throws {
    func places(_ weight: (Int) -> String) throws -> Bool {
      let responses =
        "ID,Role,Torch,Radio,W\n"
        + (0..<200).map { person in
          let isFirst = person % 3 < 2
          return
            "\(person),\(person % 2 == 0 ? "Staff" : "Officer"),\(isFirst ? "1,2" : "2,1"),\(weight(person))\n"
        }.joined()
      let made = EditedRelease(
        survey: """
          survey: tiny
          input: { respondent: ID }
          variables: { role: { column: Role, groups: [Staff, Officer] } }
          questions: { needs: { kind: ranking, columns: { Torch: Torch, Radio: Radio } } }
          weights: { column: W }
          banners: [role]
          packs: { all: { who: everyone } }
          """, wave: "made_up: true", responses: responses)
      var isTold = false
      let ended = try made.audit { release in
        isTold = FileManager.default.fileExists(atPath: release.appending(path: "all/rankings.csv").path())
      }
      #expect(ended.status == .done, "\(ended.told)")
      return isTold
    }
    #expect(try places { "1.\($0)" })
    #expect(try !places { $0 % 2 == 0 ? "1" : "2" })
  }

  @Test(arguments: [[], ["staff"]])
  func `where weights tell too much after all that was withheld, no pack is released`(packs: [String]) throws
  {
    let survey = try TinySurvey(definition: Self.definition("{ column: W }"))
    try survey.write(Self.people { $0 % 2 == 0 ? "2" : "1" }, to: "2026/responses.csv")
    var request = RunRequest()
    request.surveyFolder = survey.survey
    request.output = survey.output
    request.packs = packs
    let ended = told { console in
      run(request, on: console) { files, _ throws(RunFailure) in
        var report = AuditReport()
        if files.areOfClasses {
          report.undecided = [
            AuditUndecided(
              description: "a count",
              coordinates: AuditPlace(packs: ["all~1"], question: "tools", banner: nil, group: nil))
          ]
        }
        return report
      }
    }
    #expect(ended.status == .unsafe)
    #expect(try survey.outputs().isEmpty)
  }

  /// With `minimum_cell: 1` nothing is withheld, whatever weights there are.
  @Test func `weights withhold nothing where nothing is to be`() throws {
    var made = Self.made("{ column: W }") { $0 % 90 == 0 ? "2" : "1" }
    made.survey += "\nprotection: { minimum_cell: 1, minimum_base: 1 }"
    #expect(try rows(made).allSatisfy { $0[13] != "c" })
  }

  @Test func `margins that nobody can stand for, or that cannot be met, are faults at their place`() throws {
    func codes(_ weights: String, _ responses: String) throws -> String {
      let survey = try TinySurvey(definition: Self.definition(weights))
      try survey.write(responses, to: "2026/responses.csv")
      var request = RunRequest()
      request.surveyFolder = survey.survey
      request.output = survey.output
      let ended = told { run(request, on: $0) }
      #expect(ended.status == .faults)
      #expect(try survey.outputs().isEmpty)
      return ended.errors
    }
    let people = Self.people { _ in "0" }
    #expect(
      try codes("{ column: W }", people).contains(
        "survey.yaml:8:1: every response of wave 2026 has a weight of 0"))
    let noOfficers =
      people.split(separator: "\n").filter { !$0.contains(",Officer,") }.joined(separator: "\n") + "\n"
    let empty = try codes("{ rake: { role: { Staff: 0.6, Officer: 0.4 } } }", noOfficers)
    #expect(empty.contains("nobody of wave 2026 is in `Officer` of `role`, which is to have 40.0%"))
    // All officers are in the east, and no one else is.
    let apart =
      people.split(separator: "\n").filter { $0.contains(",Officer,") == $0.contains(",East,") }
      .joined(separator: "\n") + "\n"
    let unmet = try codes(
      "{ rake: { role: { Staff: 0.6, Officer: 0.4 }, area: { North: 0.3, South: 0.2, East: 0.5 } } }", apart)
    #expect(unmet.contains("cannot have"))
    #expect(unmet.contains("its respondents are all in"))
  }

  /// Shares and Wilson's interval on Kish's effective size, by R 4.2.2 with `survey` 4.1.1, of 420 respondents who all weigh
  /// differently: what is published of them is that, rounded to a tenth of a percentage point.
  @Test(.enabled(if: RealSurvey.isAtHand))
  func `shares and intervals are those of R's package survey`() throws {
    let reference = try #require(RealSurvey.reference).deletingLastPathComponent().appending(
      path: "reference/stats")
    struct Expected: Decodable {
      struct Table: Decodable {
        let columns: [String]
        let rows: [[Value]]
      }
      enum Value: Decodable {
        case number(Double)
        case text(String)
        case none
        init(from decoder: any Decoder) throws {
          let value = try decoder.singleValueContainer()
          if let number = try? value.decode(Double.self) {
            self = .number(number)
          } else if let text = try? value.decode(String.self) {
            self = .text(text)
          } else {
            self = .none
          }
        }
      }
      let table: Table
    }
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: reference.appending(path: "expected/proportions-wave1.json"))
    ).table
    func value(_ row: [Expected.Value], _ name: String) -> Expected.Value {
      expected.columns.firstIndex(of: name).map { row[$0] } ?? .none
    }
    func text(_ row: [Expected.Value], _ name: String) -> String? {
      if case .text(let text) = value(row, name) { text } else { nil }
    }
    func number(_ row: [Expected.Value], _ name: String) -> Double? {
      if case .number(let number) = value(row, name) { number } else { nil }
    }
    let survey = """
      survey: tiny
      input: { respondent: id }
      variables:
        role: { column: role, groups: [\(try Self.labels(reference, column: 2))] }
        area: { column: area, groups: [\(try Self.labels(reference, column: 3))] }
      questions:
        q1: { text: First, kind: single, column: q1, answers: [\(try Self.labels(reference, column: 5))] }
        q2: { text: Second, kind: single, column: q2, answers: [\(try Self.labels(reference, column: 6))] }
        q3: { text: Third, kind: single, column: q3, answers: [\(try Self.labels(reference, column: 7))] }
      weights: { column: base_weight }
      banners: [role, area]
      packs: { all: { who: everyone } }
      """
    let made = EditedRelease(
      survey: survey, wave: "made_up: true",
      responses: try String(contentsOf: reference.appending(path: "data/wave1.csv"), encoding: .utf8))
    let rows = try self.rows(made)
    var compared = 0
    for row in expected.rows
    where text(row, "design") == "weighted" && text(row, "base_rule") == "answered" {
      let own = rows.first {
        $0[2] == text(row, "question") && $0[5] == text(row, "answer")
          && $0[7] == (text(row, "group") ?? "") && !$0[10].isEmpty
      }
      guard let own else { continue }
      for (place, name) in [(10, "p"), (11, "wilson_kish_lo"), (12, "wilson_kish_hi")] {
        let exact = try #require(number(row, name)) * 100
        #expect(abs(Double(own[place])! - exact) <= 0.05 + 1e-9, "\(own): \(name) is \(exact)")
      }
      let size = try #require(number(row, "neff_kish"))
      #expect(abs(Double(own[15])! - size) <= 0.05 + 1e-9)
      #expect(Double(own[9]) == number(row, "n"))
      compared += 1
    }
    #expect(compared > 60)
  }

  private static func labels(_ reference: URL, column: Int) throws -> String {
    let lines = try String(contentsOf: reference.appending(path: "data/wave1.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    let texts = Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false)[column] })
    return texts.filter { !$0.isEmpty }.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
  }
}
