import Foundation
import Testing

@testable import Canvass

/// `canvass run --watch`.
@Suite struct WatchTests {
  /// What is done at each pause, one after the other; then it ends.
  private func watch(_ survey: TinySurvey, _ steps: [() throws -> Void]) throws -> (
    status: Canvass.ExitStatus, runs: Int, told: String
  ) {
    var request = RunRequest()
    request.surveyFolder = survey.survey
    request.output = survey.output
    var left = steps[...]
    var failure: (any Error)?
    let ended = told { console in
      Canvass.watch(request, on: console) {
        guard let step = left.popFirst() else { return false }
        do { try step() } catch { failure = error }
        return true
      }
    }
    if let failure { throw failure }
    return (
      ended.status, ended.errors.components(separatedBy: "waiting for a change").count - 1, ended.errors
    )
  }

  private func title(of survey: TinySurvey) throws -> String? {
    let json = try String(contentsOfFile: survey.release + "/definition.json", encoding: .utf8)
    return json.firstMatch(of: #/"title": ?"(A [a-z ]+)"/#).map { String($0.1) }
  }

  private func expect(_ title: String, of survey: TinySurvey) throws {
    let found = try self.title(of: survey)
    #expect(found == title)
  }

  private func reword(_ survey: TinySurvey, _ title: String) throws {
    try survey.write(
      TinySurvey.definition.replacing("A tiny survey", with: title), to: "survey.yaml")
  }

  @Test func `a definition that changes leads to another run, and one that does not to none`() throws {
    let survey = try TinySurvey()
    let ended = try watch(
      survey,
      [
        {}, { try self.expect("A tiny survey", of: survey) },
        { try self.reword(survey, "A worded survey") }, {},
        { try self.expect("A worded survey", of: survey) }, {},
      ])
    #expect(ended.status == .done, "\(ended.told)")
    #expect(ended.runs == 2, "\(ended.told)")
  }

  @Test func `what is being saved is run once it is whole`() throws {
    let survey = try TinySurvey()
    let ended = try watch(
      survey,
      [
        { try survey.write("survey: tiny\nti", to: "survey.yaml") },
        { try FileManager.default.removeItem(atPath: survey.survey + "/survey.yaml") },
        { try self.reword(survey, "A saved survey") }, {},
      ])
    #expect(ended.status == .done, "\(ended.told)")
    #expect(ended.runs == 2, "\(ended.told)")
    #expect(try title(of: survey) == "A saved survey")
  }

  @Test func `a fault is told, and the next change is waited for`() throws {
    let survey = try TinySurvey()
    let ended = try watch(
      survey,
      [
        { try survey.write("survey: tiny\ntitel: x\n", to: "survey.yaml") }, {},
        { try self.reword(survey, "A mended survey") }, {},
      ])
    #expect(ended.status == .done, "\(ended.told)")
    #expect(ended.runs == 3, "\(ended.told)")
    #expect(ended.told.contains("titel"))
    #expect(try title(of: survey) == "A mended survey")
  }
}
