import Foundation
import Simulation
import SurveyDefinition
import Testing

@Suite struct `A simulated wave` {
  @Test func `is the same for the same seed and another for another`() throws {
    let survey = try survey()
    let bytes = try simulated(survey, responses: 50, seed: 7)
    #expect(try simulated(survey, responses: 50, seed: 7) == bytes)
    #expect(try simulated(survey, responses: 50, seed: 8) != bytes)
  }

  @Test func `keeps its other columns when a question is added`() throws {
    let before = CSVTable(try simulated(survey(), responses: 40))
    let added = everyKind.replacing(
      "  why:", with: "  also: { text: Also?, kind: single, column: Q7, answers: [A, B] }\n  why:")
    let after = CSVTable(try simulated(survey(added), responses: 40))
    #expect(after.headings.contains("Q7"))
    for heading in before.headings where !heading.hasPrefix("Column") {
      #expect(after.cells(heading) == before.cells(heading), "\(heading)")
    }
  }

  @Test(arguments: [0, 1, 2, 3, 10, 99, 1_201])
  func `meets every share to within one respondent`(responses: Int) throws {
    let survey = try survey()
    let shares = try shares(
      """
      variables: { role: { unanswered: 0.1, shares: { Officer: 0.7, Staff: 0.3 } } }
      questions:
        enough: { unanswered: 0.05, shares: { Agree: 0.2, Neither: 0.13, Disagree: rest } }
        years: { shares: { Few: 0.4, Many: 0.6 } }
      """, for: survey)
    let table = CSVTable(try simulated(survey, shares, responses: responses))
    #expect(table.records.count == responses)

    let roles = table.counts("role")
    let stated = responses - roles["", default: 0]
    expect(roles["", default: 0], near: responses, 0.1)
    expect(roles["1", default: 0] + roles["Officer", default: 0], near: stated, 0.7)
    let enough = table.counts("Q5")
    let base = responses - enough["", default: 0]
    expect(enough["", default: 0], near: responses, 0.05)
    expect(enough["Agree", default: 0], near: base, 0.2)
    expect(enough["Neither", default: 0], near: base, 0.13)
    expect(enough["Disagree", default: 0], near: base, 0.67)
    let few = table.cells("Q6").compactMap { Int($0) }.count { $0 < 5 }
    expect(few, near: responses, 0.4)
  }

  @Test(arguments: [5, 60, 333])
  func `meets shares within each group`(responses: Int) throws {
    let survey = try survey()
    let shares = try shares(
      """
      variables: { role: { unanswered: 0.05, shares: { Officer: 0.5, Staff: 0.5 } } }
      questions:
        enough:
          by: role
          shares: { Neither: 1 }
          groups: { Officer: { Agree: 0.9, Disagree: 0.1 }, Staff: { Agree: 0.25, Disagree: 0.75 } }
      """, for: survey)
    let table = CSVTable(try simulated(survey, shares, responses: responses))
    let answers = zip(table.cells("role"), table.cells("Q5"))
    for (role, share) in [("1", 0.9), ("2", 0.25)] {
      let group = answers.filter { $0.0 == role }
      expect(group.count { $0.1 == "Agree" }, near: group.count, share)
      #expect(!group.contains { $0.1 == "Neither" })
    }
    #expect(answers.allSatisfy { $0.0 != "" || $0.1 == "Neither" })
  }

  @Test(arguments: [1, 7, 40, 501])
  func `gives everyone an option but those with an exclusive one`(responses: Int) throws {
    let survey = try survey()
    let shares = try shares(
      """
      questions:
        items: { unanswered: 0.1, shares: { Laptop: 0.3, Camera: 0.25, Other: 0.2, None: 0.4 }, texts: { Other: ["a, b", "c"] } }
        tools: { shares: { Pen: 0.2, Paper: 0.3, (declined): 0.6 } }
      """, for: survey)
    let table = CSVTable(try simulated(survey, shares, responses: responses))
    let laptop = table.cells(table.headings[2])
    let rows = (0..<responses).map { row in
      [
        laptop[row] == "1", table.cells("Q3_2")[row] == "1", table.cells("Q3_3")[row] != "",
        table.cells("Q3_4")[row] == "1",
      ]
    }
    let unanswered = (0..<responses).filter { laptop[$0] == "" && table.cells("Q3_4")[$0] == "" }
    let base = responses - unanswered.count
    expect(unanswered.count, near: responses, 0.1)
    expect(rows.count { $0[3] }, near: base, 0.4)
    expect(rows.count { $0[0] }, near: base, 0.3)
    expect(rows.count { $0[2] }, near: base, 0.2)
    for (row, chosen) in rows.enumerated() where !unanswered.contains(row) {
      #expect(chosen[3] != chosen[0..<3].contains(true), "record \(row)")
    }
    let declined = zip(table.cells("Q4_1"), table.cells("Q4_2")).count { $0.0 == "0" && $0.1 == "0" }
    expect(declined, near: responses, 0.6)
  }

  @Test func `leaves a question blank for whom it was not asked`() throws {
    let table = CSVTable(try simulated(survey(), responses: 300))
    let answers = Array(zip(table.cells("Q1"), table.cells("Q2")))
    #expect(answers.allSatisfy { ($0.0 == "No") == ($0.1 != "") })
    #expect(answers.contains { $0.1.contains(";") })
  }

  @Test func `answers a question that was not asked only as dirt`() throws {
    let survey = try survey()
    let shares = try shares(
      "dirt: { unasked_answers: 0.2, stray_blanks: 0.2, other_texts: 0.2 }", for: survey)
    let bytes = try simulated(survey, shares, responses: 600)
    let table = CSVTable(bytes)
    let unasked = zip(table.cells("Q1"), table.cells("Q2")).filter { $0.0 != "No" }
    let answered = unasked.count { $0.1 != "" }
    #expect((unasked.count / 10...unasked.count * 3 / 10).contains(answered))
    #expect(table.counts("role")["PC", default: 0] > 0, "other texts that the definition declares")
    #expect(String(decoding: bytes, as: UTF8.self).contains(", Agree"), "blanks around an answer")
  }

  @Test func `puts numbered columns where the definition says`() throws {
    let table = CSVTable(try simulated(surveyWithColumnPerGroup(), responses: 30))
    #expect(table.headings.count == 21)
    #expect(Set(table.headings).count == 21)
    #expect(table.headings[0] == "ID" && table.headings[2] == "Column 3" && table.headings[20] == "Column 21")
    #expect(table.records.allSatisfy { ["0", "1"].contains($0[2]) })
    #expect(table.records.allSatisfy { ($0[19] == "1") != ($0[20] == "1") })
    #expect(table.cells("ID") == (1...30).map { String($0) })
  }

  @Test func `hands on pieces of one size however many responses there are`() throws {
    let survey = try survey()
    var largest = 0
    var last: [UInt8] = []
    var growth = Int.max
    var start: Int?
    // Kept, these responses would take some 180 MiB in every run. Other tests grow the process too, for a while: one run at
    // whose end it has not grown since the first began is enough.
    for _ in 0..<3 where growth >= 65_536 {
      growth = 0
      try simulateResponses(
        wave: Wave(id: "test", survey: survey), shares: .equal(for: survey), responses: 200_000, seed: 3
      ) { piece in
        largest = max(largest, piece.count)
        last = copy piece
        // The first piece has met everything that is allocated once.
        if let start { growth = max(growth, residentKiB() - start) } else { start = residentKiB() }
      }
    }
    let ending = String(decoding: last, as: UTF8.self).split(separator: "\n").last ?? ""
    #expect(ending.hasPrefix("200000,"))
    #expect(largest < (1 << 16) + 1_000)
    #expect(growth < 65_536, "the process grew by \(growth) KiB")
  }

  @Test func `says in its wave.yaml that it is made up`() {
    let reading = readDefinition(
      surveyYAML: everyKind, surveyFile: "survey.yaml", waveYAML: waveYAML(responses: 20, seed: 5),
      waveFile: "wave.yaml", waveID: "try")
    #expect(reading.findings.filter { !$0.isRemark } == [])
    #expect(reading.wave?.isMadeUp == true)
    #expect(reading.wave?.fieldwork == nil)
  }

  private func expect(
    _ count: Int, near base: Int, _ share: Double, at location: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(Double(count) - Double(base) * share) <= 1, sourceLocation: location)
  }
}

/// Resident memory of the process, where the system says it in /proc; 0 elsewhere.
private func residentKiB() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
  return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}
