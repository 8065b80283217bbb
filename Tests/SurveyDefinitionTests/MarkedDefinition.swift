import SurveyDefinition
import Testing

/// Reads a survey.yaml in which the places of the expected findings are marked: `①`, `②`, ... stand directly before
/// the character that a finding points at, and are taken out before the text is read.
struct MarkedDefinition {
  let reading: DefinitionReading
  private let places: [Character: Place]

  private static let marks: [Character] = ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"]

  init(_ survey: String, wave: String? = nil) {
    var places: [Character: Place] = [:]
    let surveyYAML = Self.unmark(survey, file: "survey.yaml", &places)
    let waveYAML = wave.map { Self.unmark($0, file: "2012-12/wave.yaml", &places) }
    self.places = places
    reading = readDefinition(
      surveyYAML: surveyYAML, surveyFile: "survey.yaml", waveYAML: waveYAML, waveFile: "2012-12/wave.yaml",
      waveID: "2012-12")
  }

  private static func unmark(_ text: String, file: String, _ places: inout [Character: Place]) -> String {
    var plain = ""
    var line = 1
    var column = 1
    for character in text {
      if marks.contains(character) {
        places[character] = Place(file: file, line: line, column: column)
        continue
      }
      plain.append(character)
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += character.unicodeScalars.count
      }
    }
    return plain
  }

  /// Findings as lines `mark severity code: message (remedy)`, faults without their severity.
  var told: [String] {
    reading.findings.map { finding in
      let mark = places.first { $0.value == finding.place }.map { String($0.key) }
      let place = mark ?? "\(finding.place.file):\(finding.place.line ?? 0):\(finding.place.column ?? 0)"
      let remedy = finding.remedy.map { " (\($0))" } ?? ""
      return "\(place) \(finding.isRemark ? "remark " : "")\(finding.code): \(finding.message)\(remedy)"
    }
  }

  /// Findings as `mark code`, for tests that do not fix the wording.
  var codes: [String] {
    reading.findings.map { finding in
      let mark = places.first { $0.value == finding.place }.map { String($0.key) }
      let place = mark ?? "\(finding.place.file):\(finding.place.line ?? 0):\(finding.place.column ?? 0)"
      return "\(place) \(finding.code)"
    }
  }
}

/// The survey that a text describes, which must be free of faults and remarks.
func survey(_ text: String, wave: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws
  -> Survey
{
  let definition = MarkedDefinition(text, wave: wave)
  #expect(definition.told == [], sourceLocation: sourceLocation)
  return try #require(definition.reading.wave, sourceLocation: sourceLocation).survey
}

/// A definition with one variable, one question and one pack, to which a test adds what it is about.
func small(
  top: String = "", variables: String = "", questions: String = "", packs: String = "",
  protection: String = ""
) -> String {
  """
  survey: staff
  title: Staff
  \(top)
  variables:
    role: { groups: [Officer, Staff] }
    \(variables)
  questions:
    q1: { kind: single, answers: [Suitable, Not suitable] }
    \(questions)
  packs:
    all: { title: All, who: everyone }
    \(packs)
  """
}
