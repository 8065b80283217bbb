import Foundation
import SurveyDefinition
import Testing

@testable import Canvass

/// Another program counts the bundled responses again; it shares nothing with canvass but the layout.
@Suite struct RecountTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func `python counts the bundled responses as tables csv does`() throws {
    let survey = Self.root.appending(path: "Surveys/staff")
    let work = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-recount-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: work) }
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    let copy = work.appending(path: "staff")
    try FileManager.default.copyItem(at: survey, to: copy)
    // With everything shown, everything is compared; what protection withholds is another test's matter.
    let waveFile = copy.appending(path: "2012-12/wave.yaml")
    let waveText = try String(contentsOf: waveFile, encoding: .utf8)
    try (waveText + "protection: { minimum_cell: 1, minimum_base: 1 }\n").write(
      to: waveFile, atomically: true, encoding: .utf8)
    guard try BuiltCommand.shell("python3 -c 'import csv'", in: work).status == 0 else {
      print("1 test skipped: python3 is missing")
      return
    }

    var request = RunRequest()
    request.surveyFolder = copy.path()
    request.packs = ["force"]
    request.output = work.appending(path: "Output").path()
    let told = told { run(request, on: $0) }
    #expect(told.status == .done, "\(told.errors)")

    let reading = readDefinition(
      surveyYAML: try String(contentsOf: copy.appending(path: "survey.yaml"), encoding: .utf8),
      surveyFile: "survey.yaml", waveYAML: waveText, waveFile: "wave.yaml", waveID: "2012-12")
    let wave = try #require(reading.wave)
    let layout = try JSONSerialization.data(withJSONObject: RecountLayout(wave).object)
    try layout.write(to: work.appending(path: "layout.json"))
    let script = Self.root.appending(path: "Tests/CanvassTests/recount.py").path()
    let ended = try BuiltCommand.shell(
      """
      python3 '\(script)' layout.json staff/2012-12/responses.csv Output/staff/2012-12/force/tables.csv \
      staff/2012-12/open-text.csv staff/2012-12/focus-groups.csv
      """, in: work)
    #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
  }
}

/// Where each item of a survey stands in its responses, for the program that counts again.
private struct RecountLayout {
  let wave: Wave
  private var survey: Survey { wave.survey }

  init(_ wave: Wave) { self.wave = wave }

  var object: [String: Any] {
    var items: [String: Any] = [:]
    for variable in survey.variables {
      items[variable.id] = choice(variable.source, variable.groups, variable.missing)
    }
    for question in survey.questions {
      guard var item = item(question) else { continue }
      item["nets"] = Dictionary(uniqueKeysWithValues: question.nets.map { ($0.label, labels($0, question)) })
      if let condition = question.askedIf { item["asked_if"] = clauses(condition) }
      items[question.id] = item
    }
    return [
      "items": items, "coder": "first", "themes": themes,
      "sessions": Dictionary(uniqueKeysWithValues: wave.sessions.map { ($0.id, $0.audience) }),
    ]
  }

  /// By label, the ids of the theme and of those below it.
  private var themes: [String: [String]] {
    func ids(_ theme: Theme) -> [String] { [theme.id] + theme.themes.flatMap(ids) }
    func labels(_ themes: [Theme], under path: String) -> [(String, [String])] {
      themes.flatMap { [(path + $0.label, ids($0))] + labels($0.themes, under: path + $0.label + " / ") }
    }
    return Dictionary(uniqueKeysWithValues: labels(survey.themes, under: ""))
  }

  private func item(_ question: Question) -> [String: Any]? {
    switch question.kind {
    case .single(let single), .scale(let single): choice(single.source, single.answers, question.missing)
    case .multiple(let multiple): options(multiple, question.missing)
    case .number, .ranking, .theme: nil
    }
  }

  private func choice(_ source: ChoiceSource, _ answers: [AnswerOption], _ missing: [String]?) -> [String:
    Any]?
  {
    guard case .column(let column) = source else { return nil }
    var texts: [String: String] = [:]
    for answer in answers {
      for text in answer.texts + [answer.label] { texts[text] = answer.label }
    }
    return [
      "kind": "single", "column": name(column), "texts": texts, "missing": missing ?? survey.input.missing,
    ]
  }

  private func options(_ multiple: MultipleChoice, _ missing: [String]?) -> [String: Any]? {
    guard case .columns(let columns) = multiple.source else { return nil }
    let options = columns.map { option -> [String: Any] in
      ["label": option.label, "column": name(option.column), "any": option.chosen == .any]
    }
    return ["kind": "multiple", "options": options, "missing": missing ?? survey.input.missing]
  }

  private func name(_ column: ColumnReference) -> Any {
    switch column {
    case .heading(let heading): heading
    case .number(let number): number
    }
  }

  private func labels(_ net: Net, _ question: Question) -> [String] {
    switch net.members {
    case .answers(let members): return members.map { question.answerLabels[$0] }
    case .any:
      guard case .multiple(let multiple) = question.kind else { return [] }
      return question.answerLabels.indices.filter { !multiple.exclusive.contains($0) }
        .map { question.answerLabels[$0] }
    }
  }

  private func clauses(_ condition: Condition) -> [[[Any]]] {
    condition.alternatives.map { alternative in
      alternative.map { clause in
        switch clause.item {
        case .variable(let index):
          let variable = survey.variables[index]
          return [variable.id, clause.accepted.map { variable.groupLabels[$0] }]
        case .question(let index):
          let question = survey.questions[index]
          return [question.id, clause.accepted.map { question.answerLabels[$0] }]
        }
      }
    }
  }
}
