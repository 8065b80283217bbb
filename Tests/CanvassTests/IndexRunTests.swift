import DisclosureAudit
import Foundation
import Testing

@testable import Canvass

/// Several questions taken together, from the responses to the files of a release.
@Suite struct IndexRunTests {
  private static let survey = """
    survey: tiny
    input: { respondent: ID }
    variables: { role: { column: Role, groups: [Staff, Officer] } }
    questions:
      a: { text: First, kind: scale, column: A, answers: opinion }
      b: { text: Second, kind: scale, column: B, answers: opinion }
      c: { text: Third, kind: scale, column: C, answers: opinion }
    scales: { opinion: { Very good: 0, Good: 1, Fair: 2, Poor: 3, Very poor: 4, Don't know: 5 } }
    scores: { opinion: { Very good: 2, Good: 1, Fair: 0, Poor: -1, Very poor: -2 } }
    indices: { tools: { text: How good tools are, questions: [a, b, c] } }
    banners: [role]
    packs: { all: { who: everyone } }
    """

  /// Made up so that everything is published: of the first 130 people exactly 100 gave an answer with a score to all three.
  private static func people(_ count: Int) -> [String] {
    (0..<count).map { person in
      let first = person * 7 % 5
      let second = (first + (person % 4 == 0 ? 1 : 0)) % 5
      let role = person % 2 == 0 ? "Staff" : "Officer"
      return
        "\(person),\(role),\(first),\(person % 13 == 0 ? "" : "\(second)"),\((2 * first + person / 5) % 6)\n"
    }
  }

  private static func made(_ people: [String], _ survey: String = survey) -> EditedRelease {
    EditedRelease(survey: survey, wave: "made_up: true", responses: "ID,Role,A,B,C\n" + people.joined())
  }

  /// The rows of scores.csv that tell of an index.
  private func rows(_ made: EditedRelease) throws -> [String] {
    try made.files(["all/scores.csv"], finding: [])[0].split(separator: "\n").filter {
      $0.contains(",index,")
    }.map(String.init)
  }

  /// numpy 2.4, x of the 100 and of the 153 complete rows of three scores: 3/2 · (1 - x.var(0, ddof=1).sum() / x.sum(1).var(ddof=1))
  /// is 0.51268 and 0.47422. Means of 130 people: 0, -5/120 and 2/109.
  @Test func `a release tells the index of everyone and of groups, and alpha of everyone`() throws {
    let found = try rows(Self.made(Self.people(130)))
    try #require(found.count == 4)
    #expect(found[0].hasPrefix("all,w1,tools,index,survey,(index),total,Total,109,-0.01,"))
    #expect(found[1] == "all,w1,tools,index,survey,(alpha),total,Total,109,0.51,,,")
    #expect(found[2].hasPrefix("all,w1,tools,index,survey,(index),role,Staff,"))
    #expect(found[3].hasPrefix("all,w1,tools,index,survey,(index),role,Officer,"))
    #expect(try rows(Self.made(Self.people(200)))[1].contains(",0.47,,,"))
  }

  @Test func `alpha is told of 100 people who answered all questions, not of 99`() throws {
    #expect(try rows(Self.made(Self.people(129))).map { $0.contains("(alpha)") } == [false, false, false])
    // Nor of fewer than `minimum_base`; nor, whatever the thresholds, of 99.
    for thresholds in ["{ minimum_base: 101 }", "{ minimum_cell: 1, minimum_base: 1 }"] {
      let count = thresholds.contains("101") ? 130 : 129
      let survey = Self.survey.replacing(
        "questions:\n  a:", with: "protection: \(thresholds)\nquestions:\n  a:")
      #expect(survey != Self.survey)
      let found = try rows(Self.made(Self.people(count), survey))
      #expect(!found.isEmpty && !found.contains { $0.contains("(alpha)") })
    }
  }

  @Test func `where an answer is withheld, neither index nor alpha is told`() throws {
    // Two people alone said of the first that it is very good: that answer is withheld for everyone.
    let people = Self.people(200).enumerated().map { index, row in
      var fields = row.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if fields[2] == "0", index > 10 { fields[2] = "1" }
      return fields.joined(separator: ",") + "\n"
    }
    let survey = Self.survey.replacing(
      "questions: [a, b, c] }", with: "questions: [a, b, c] }, rest: { questions: [b, c] }")
    let found = try rows(Self.made(people, survey))
    #expect(found.contains { $0.contains(",rest,") && $0.contains(",total,") })
    #expect(!found.contains { $0.contains(",tools,") && $0.contains(",total,") })
  }

  /// Everyone's answers are published, but three officers alone say that the first is very good.
  private static let withheldOfAGroup = people(200).map { row in
    var fields = row.dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if fields[2] == "0", fields[1] == "Officer", (Int(fields[0]) ?? 0) > 30 { fields[2] = "1" }
    return fields.joined(separator: ",") + "\n"
  }

  @Test func `where an answer of a group is withheld, alpha is not told of anybody`() throws {
    let found = try rows(Self.made(Self.withheldOfAGroup))
    #expect(found.contains { $0.contains("(index),total,") })
    #expect(!found.contains { $0.contains("(alpha)") || $0.contains("Officer") })
    // Nor is one that is put there by hand.
    let ended = try Self.made(Self.withheldOfAGroup).audit { release in
      let index = "all,w1,tools,index,survey,(index),total"
      try EditedRelease.replace(
        index, by: "all,w1,tools,index,survey,(alpha),total,Total,167,0.47,,,\n" + index,
        in: "all/scores.csv", of: release)
    }
    #expect(
      ended.status == .unsafe && ended.told.contains("no score follows from tables.csv here"), "\(ended.told)"
    )
  }

  @Test func `an alpha that says that all answered all alike is not told`() throws {
    let alike = (0..<200).map { "\($0),Staff,\($0 % 5),\($0 % 5),\($0 % 5)\n" }
    #expect(try rows(Self.made(alike)).map { $0.contains("(alpha)") } == [false, false])
  }

  /// The scale of Guttman: whoever agrees with a statement agrees with each that is easier, so that the distributions tell all.
  /// Alpha is 0.69 then, as numpy says; with the answers of each fifth person in another order it is 0.56.
  @Test func `an alpha that is nearly the largest of such distributions is not told`() throws {
    func rows(isMixed: Bool) throws -> [Bool] {
      let people = (0..<200).map { person in
        var answers = [20, 50, 80].map { person % 100 < $0 ? "1" : "3" }
        if isMixed, person % 5 == 0 { answers = [answers[2], answers[0], answers[1]] }
        return "\(person),Staff,\(answers.joined(separator: ","))\n"
      }
      return try self.rows(Self.made(people)).map { $0.contains("(alpha)") }
    }
    #expect(try rows(isMixed: false) == [false, false])
    #expect(try rows(isMixed: true) == [false, true, false])
  }

  @Test func `alpha of two questions, which would tell both together, is not told`() throws {
    let survey = Self.survey.replacing("questions: [a, b, c] }", with: "questions: [a, b] }")
    #expect(
      try rows(Self.made(Self.people(200), survey)).map { $0.contains("(alpha)") } == [false, false, false])
  }

  @Test func `the order of responses changes no byte`() throws {
    let files = ["all/scores.csv", "all/briefing.html", "definition.json", "audit.json"]
    let people = Self.people(200)
    let first = try Self.made(people).files(files, finding: [])
    #expect(try Self.made(people.reversed()).files(files, finding: []) == first)
    let shuffled = (0..<200).map { people[$0 * 77 % 200] }
    #expect(try Self.made(shuffled).files(files, finding: []) == first)
  }

  /// The manual of StatsBase.jl, `cronbachalpha`, prints 0.8136 of the covariances 6 between any two of four items, with the variances
  /// 10, 11, 12 and 13. Sums of 13 columns of the Hadamard matrix of 16 rows, which are at right angles, have just these.
  @Test func `items with the covariances of a published example have its alpha`() throws {
    func column(_ row: Int, _ number: Int) -> Int { (row & number).nonzeroBitCount % 2 == 0 ? 1 : -1 }
    let people = (0..<128).map { person -> String in
      func sum(_ own: [Int]) -> Int {
        let common = 2 * column(person, 1) + column(person, 2) + column(person, 3)
        return common + 2 * column(person, own[0]) + own.dropFirst().reduce(0) { $0 + column(person, $1) }
      }
      let items = [sum([4]), sum([5, 6]), sum([7, 8, 9]), sum([10, 11, 12, 13])]
      return "\(person)," + items.map { "\($0 + 9)" }.joined(separator: ",") + "\n"
    }
    let answers = (0...18).map { "p\($0): \($0)" }.joined(separator: ", ")
    let scores = (0...18).map { "p\($0): \(Double($0) / 4)" }.joined(separator: ", ")
    let made = EditedRelease(
      survey: """
        survey: tiny
        protection: { minimum_cell: 1, minimum_base: 1 }
        input: { respondent: ID }
        questions:
          a: { kind: scale, column: A, answers: points }
          b: { kind: scale, column: B, answers: points }
          c: { kind: scale, column: C, answers: points }
          d: { kind: scale, column: D, answers: points }
        scales: { points: { \(answers) } }
        scores: { points: { \(scores) } }
        indices: { four: { questions: [a, b, c, d] } }
        packs: { all: { who: everyone } }
        """,
      wave: "made_up: true", responses: "ID,A,B,C,D\n" + people.joined())
    #expect(try rows(made).last == "all,w1,four,index,survey,(alpha),total,Total,128,0.81,,,")
  }

  @Test func `the briefing says what an index is of, and the workbook and definition json what it is`() throws
  {
    let files = try Self.made(Self.people(130)).files(["all/briefing.html", "definition.json"], finding: [])
    let text = try PageReader.root(of: Array(files[0].utf8)).text
    #expect(text.contains("Several questions together"))
    #expect(text.contains("How good tools are: −0.01 (interval "))
    #expect(
      text.contains(
        """
        on a scale from −2 to 2, the mean of the mean scores of “First”, “Second” and “Third”. Cronbach’s alpha of these questions is 0.51.
        """))
    #expect(files[1].contains(#""id": "tools""#) && files[1].contains("How good tools are"))
  }

  // MARK: The audit

  private func faults(_ change: (inout [[String]]) -> Void) throws -> [String] {
    var found: [String] = []
    let ended = try Self.made(Self.people(130)).audit { release in
      var contents = try contents(ofRelease: release.path())
      let place = try #require(contents.companions.firstIndex { $0.name == "scores.csv" })
      change(&contents.companions[place].records)
      found = try audit(contents, threads: 1).faults
    }
    #expect(ended.status == .done, "\(ended.told)")
    return found
  }

  @Test func `no field of the row of an index or alpha can be another`() throws {
    let ended = try Self.made(Self.people(130)).audit { release in
      let contents = try contents(ofRelease: release.path())
      let place = try #require(contents.companions.firstIndex { $0.name == "scores.csv" })
      #expect(try audit(contents, threads: 1).faults == [])
      let records = contents.companions[place].records
      let lines = records.indices.filter { records[$0][3] == "index" }
      try #require(lines.count == 4)
      for line in lines {
        let isAlpha = records[line][5] == "(alpha)"
        for (column, field) in records[line].enumerated() {
          let last = field.last.flatMap(\.wholeNumberValue).map { String(($0 + 1) % 10) }
          var others =
            (8...11).contains(column) ? [field.dropLast() + (last ?? ""), "0\(field)", "\(field)0", ""] : []
          // Another alpha may be true.
          if isAlpha {
            others = column == 9 ? ["0.99", "1.00", "-0.10", "0.512", "00.51", ""] : others + ["0.10"]
          }
          for other in others + [field + "x"] where other != field {
            var forged = contents
            forged.companions[place].records[line][column] = other
            let report = try audit(forged, threads: 1)
            #expect(
              report.faults.contains { $0.hasPrefix("all/scores.csv") },
              "\(records[0][column]) \(other) of \(records[line])")
          }
        }
      }
    }
    #expect(ended.status == .done, "\(ended.told)")
  }

  @Test func `an index that is missing, or an alpha out of place, is told`() throws {
    func index(_ records: [[String]], _ answer: String, _ banner: String) -> Int {
      records.firstIndex { $0[5] == answer && $0[6] == banner } ?? 0
    }
    #expect(
      try faults { $0.remove(at: index($0, "(index)", "total")) } == [
        "all/scores.csv: the row (index) of `tools`, total, Total is missing"
      ])
    // That an alpha is not there may be the truth: only the protector knows.
    #expect(try faults { $0.remove(at: index($0, "(alpha)", "total")) } == [])
    let misplaced = try faults { records in
      var row = records[index(records, "(alpha)", "total")]
      row[6...7] = ["role", "Staff"]
      records.append(row)
    }
    #expect(misplaced.count == 1 && misplaced[0].contains("no score follows from tables.csv here"))
  }

  @Test func `an alpha of few people, and an index of one question, are refused`() throws {
    let few = try Self.made(Self.people(110)).audit { release in
      var contents = try contents(ofRelease: release.path())
      let place = try #require(contents.companions.firstIndex { $0.name == "scores.csv" })
      var row = try #require(
        contents.companions[place].records.first { $0[5] == "(index)" && $0[6] == "total" })
      #expect((Int(row[8]) ?? 100) < 100)
      row.replaceSubrange(5..<6, with: ["(alpha)"])
      row[9...11] = ["0.51", "", ""]
      contents.companions[place].records.append(row)
      #expect(try audit(contents, threads: 1).faults.contains { $0.contains("no score follows") })
    }
    #expect(few.status == .done, "\(few.told)")
    let changed = try Self.made(Self.people(130)).audit { release in
      let text = #"],\n      "text": "How good tools are""#.replacing(#"\n"#, with: "\n")
      try EditedRelease.replace(
        #""a", "b", "c""# + text, by: #""a""# + text, in: "definition.json", of: release)
    }
    #expect(
      changed.status == .unsafe && changed.told.contains("the index `tools` is not one that canvass writes"))
  }
}
