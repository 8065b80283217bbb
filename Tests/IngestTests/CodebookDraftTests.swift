import Foundation
import Ingest
import SurveyDefinition
import Testing

/// The codes of another program as a codebook of ours.
@Suite struct CodebookDraftTests {
  private static func draft(_ codes: String) throws -> [Theme] {
    let file = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-\(UUID().uuidString).qdc")
    defer { try? FileManager.default.removeItem(at: file) }
    try "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>\(codes)</Codes></CodeBook>".write(
      to: file, atomically: true, encoding: .utf8)
    let (themes, findings) = try readThemes(ofCodesAt: file.path(), displayName: "codebook.qdc")
    #expect(findings == [])
    return themes
  }

  private static func code(_ number: Int, _ name: String, _ below: String = "") -> String {
    let guid = "00000000-0000-4000-8000-" + String(repeating: "0", count: 10) + "\(number + 10)"
    return "<Code guid=\"\(guid)\" name=\"\(name)\"><Description>quoted</Description>\(below)</Code>"
  }

  @Test func `names become labels, and ids of their own`() throws {
    let themes = try Self.draft(
      Self.code(1, "ICT", Self.code(2, "ict")) + Self.code(3, "Pay &amp; leave") + Self.code(4, "给"))
    #expect(
      themes == [
        Theme(id: "ict", label: "ICT", themes: [Theme(id: "ict_2", label: "ict")]),
        Theme(id: "pay_leave", label: "Pay & leave"), Theme(id: "theme", label: "给"),
      ])
  }

  /// Whatever a code is called, the draft says it so that survey.yaml reads it back.
  @Test(arguments: [
    "No", "1.5", "a: b", "#", "- x", "&quot;", "'", "~", "{x}", "x &lt; y", "*a", "!b", "a\\n", "ü",
  ])
  func `a draft reads as what it was drafted from`(_ name: String) throws {
    let themes = try Self.draft(Self.code(1, name, Self.code(2, "Below " + name)) + Self.code(3, "Last"))
    let reading = readDefinition(
      surveyYAML: """
        survey: tiny
        questions: { q: { kind: single, column: Q, answers: [A, B] } }
        packs: { all: { who: everyone } }

        """ + codebookYAML(themes), surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml",
      waveID: "w1")
    #expect(reading.findings.filter { !$0.isRemark }.map(\.message) == [])
    #expect(reading.wave?.survey.themes == themes)
  }

  @Test func `all that a theme can say is written`() {
    let themes = [
      Theme(
        id: "ict", label: "ICT", definition: "What: computers", aliases: ["IT", "No"], was: ["systems"],
        themes: [Theme(id: "slow", label: "Slow")])
    ]
    let reading = readDefinition(
      surveyYAML: """
        survey: tiny
        questions: { q: { kind: single, column: Q, answers: [A, B] } }
        packs: { all: { who: everyone } }

        """ + codebookYAML(themes), surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml",
      waveID: "w1")
    #expect(reading.wave?.survey.themes == themes)
  }

  @Test func `the codes of a real project are its codebook`() throws {
    // What Taguette 1.5.2 wrote.
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "QDAImportTests/Resources/taguette/codebook.qdc")
    let (themes, findings) = try readThemes(ofCodesAt: file.path(), displayName: "codebook.qdc")
    #expect(findings == [])
    #expect(
      themes.map(\.id) == ["interesting", "ict", "ict_joined_up", "training", "estate_old", "unused"])
  }
}
