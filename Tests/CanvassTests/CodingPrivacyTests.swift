import Foundation
import Testing

@testable import Canvass

/// Of codings nothing but counts comes out: no quotation, memo, respondent, or name of a coder or document.
@Suite struct CodingPrivacyTests {
  private static let marker = TinySurvey.marker

  private static let definition = TinySurvey.definition.replacing(
    "banners: [role]",
    with: """
        why: { text: What hinders you?, kind: theme, agreed: any }
      themes: { ict: { label: ICT, themes: { joined_up: { label: Not joined up } } }, estate: { label: Estate } }
      CODINGS
      banners: [role]
      """)

  private func tiny(codings: String = "") throws -> TinySurvey {
    try TinySurvey(definition: Self.definition.replacing("CODINGS", with: codings))
  }

  /// Fails where anything that was said or written has one of the words.
  private func expectNone(of words: [String], _ told: Told, _ tiny: TinySurvey) throws {
    let outputs = try tiny.outputs().mapValues { String(decoding: $0, as: UTF8.self) }
    for word in words {
      #expect(!told.output.contains(word) && !told.errors.contains(word))
      for (name, text) in outputs { #expect(!text.contains(word), "\(name)") }
    }
  }

  /// Themes of seventy-five people: 30 joined up, 15 estate, 15 both, 15 nothing to code.
  private static let rows = (0..<75).flatMap { person in
    [["joined_up"], ["joined_up"], ["estate"], ["joined_up", "estate"], [""]][person % 5].map { (person, $0) }
  }

  @Test func `a table with quotations, memos and coders is tabulated, and none of them comes out`() throws {
    let tiny = try tiny()
    let table = Self.rows.map { person, theme in
      "\(Self.marker)\(person),why,\(theme),\(Self.marker) coder,\"\(Self.marker), said\n\"\"so\"\"\",\(Self.marker) memo\n"
    }
    try tiny.write(
      "respondent,question,theme,coder,\(Self.marker) quotation,memo\n" + table.joined(),
      to: "2026/open-text.csv")
    let told = tiny.run()
    #expect(told.status == .done, "\(told.errors)")
    let rows = try tiny.table().filter { $0["question"] == "why" && $0["banner"] == "total" }
    #expect(
      rows.map { "\($0["answer"] ?? "") \($0["count"] ?? "")" } == [
        "(base) 75", "ICT 45", "ICT / Not joined up 45", "Estate 30",
      ])
    #expect(rows.allSatisfy { $0["kind"] == "theme" && $0["source"] == "open-text" })
    try expectNone(of: [Self.marker], told, tiny)
    try expectNone(of: [Self.marker], tiny.check(), tiny)
    let receipt = try #require(try tiny.outputs()["tiny/2026.receipt.json"])
    #expect(String(decoding: receipt, as: UTF8.self).contains("open-text.csv"))
  }

  @Test(arguments: [
    "MARKER0,why,MARKER theme,MARKER coder,MARKER said\n", "MARKER none,why,ict,,\n",
    "MARKER0,MARKER why,ict,,\n",
    "MARKER0,why,ict,MARKER coder,MARKER,MARKER\n", "MARKER0,why,ict,,MARKER\"\n", "MARKER0,why,\"MARKER\n",
    ",why,ict,MARKER,MARKER\n", "MARKER0,why,MARKER\u{0},,\n",
  ])
  func `faults of codings tell where, not what`(row: String) throws {
    let tiny = try tiny()
    try tiny.write(
      "respondent,question,theme,coder,quotation\nMARKER1,why,estate,MARKER coder,MARKER said\n" + row,
      to: "2026/open-text.csv")
    for told in [tiny.run(), tiny.check()] {
      #expect(told.status == .faults)
      #expect(told.errors.contains("2026/open-text.csv:3"))
      try expectNone(of: [Self.marker], told, tiny)
    }
  }

  @Test(arguments: [("", "3:3"), (", coder: Somebody", "2:3")])
  func `several coders, and one who is not there, are told without their names`(
    rule: String, place: String
  ) throws {
    let definition = Self.definition.replacing("CODINGS", with: "").replacing(", agreed: any", with: rule)
    let tiny = try TinySurvey(definition: definition)
    try tiny.write(
      "respondent,theme,coder\nMARKER1,estate,MARKER A\nMARKER1,ict,MARKER B\n", to: "2026/open-text.csv")
    let told = tiny.run()
    #expect(told.status == .faults)
    #expect(told.errors.contains("open-text.csv:\(place): "))
    try expectNone(of: [Self.marker], told, tiny)
  }

  /// A REFI-QDA project with marked text wherever such a file has any; documents are called for their respondents.
  private func project(codes: [String] = ["joined_up", "estate"]) -> String {
    func guid(_ number: Int) -> String { String(format: "00000000-0000-4000-8000-%012d", number) }
    let secret = Self.marker
    let position = ["joined_up": 0, "estate": 1]
    var sources: [Int: [Int]] = [:]
    for (person, theme) in Self.rows { sources[person, default: []] += position[theme].map { [$0] } ?? [] }
    let texts = sources.sorted { $0.key < $1.key }.map { person, themes in
      let codings = themes.map { theme in
        """
        <PlainTextSelection guid="\(guid(10_000 + 10 * person + theme))" name="\(secret) said" startPosition="0" endPosition="4">
          <Description>\(secret) memo</Description>
          <Coding guid="\(guid(20_000 + 10 * person + theme))" creatingUser="\(guid(1))">
            <CodeRef targetGUID="\(guid(2 + theme))"/><NoteRef targetGUID="\(guid(9))"/>
          </Coding>
        </PlainTextSelection>
        """
      }
      return """
        <TextSource guid="\(guid(30_000 + person))" name="\(secret)\(person).docx" plainTextPath="internal://\(secret).txt">
          <Description>\(secret)</Description><PlainTextContent>\(secret) said</PlainTextContent>
          \(codings.joined(separator: "\n"))
        </TextSource>
        """
    }
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <Project xmlns="urn:QDA-XML:project:1.0" name="\(secret) project" basePath="\(secret)">
        <Users><User guid="\(guid(1))" name="\(secret) coder" id="\(secret)"/></Users>
        <CodeBook><Codes>
          <Code guid="\(guid(2))" name="\(codes[0])" isCodable="true"><Description>\(secret)</Description></Code>
          <Code guid="\(guid(3))" name="\(codes[1])" isCodable="true"/>
        </Codes></CodeBook>
        <Sources>
          \(texts.joined(separator: "\n"))
        </Sources>
        <Notes><Note guid="\(guid(9))" name="\(secret) note"><PlainTextContent>\(secret)</PlainTextContent></Note></Notes>
      </Project>
      """
  }

  @Test func `a project with marked text everywhere is tabulated, and none of it comes out`() throws {
    let tiny = try tiny(codings: "codings: { open_text: { file: coded.qde } }")
    try tiny.write(project(), to: "2026/coded.qde")
    let told = tiny.run()
    #expect(told.status == .done, "\(told.errors)")
    let base = try tiny.table().first { $0["question"] == "why" && $0["answer"] == "(base)" }
    #expect(base?["count"] == "75")
    try expectNone(of: [Self.marker], told, tiny)
    try expectNone(of: [Self.marker], tiny.check(), tiny)
  }

  @Test func `of a project's faults only names of codes are told`() throws {
    let tiny = try tiny(codings: "codings: { open_text: { file: coded.qde } }")
    let damaged: [(String, String)] = [
      ("MARKER3.docx", "MARKER none.docx"), ("000000000001\"", "MARKER\""), ("</Sources>", "MARKER"),
      ("startPosition", "MARKER"), ("<PlainTextContent>", "<PlainTextContent>&MARKER;"),
    ]
    for (text, other) in damaged {
      try tiny.write(project().replacing(text, with: other, maxReplacements: 1), to: "2026/coded.qde")
      try expectNone(of: [Self.marker], tiny.run(), tiny)
    }
    try tiny.write(project(codes: ["joined_up", "Estates"]), to: "2026/coded.qde")
    let told = tiny.run()
    #expect(told.status == .faults)
    #expect(told.errors.contains("“Estates” is not in the codebook"))
    try expectNone(of: [Self.marker], told, tiny)
  }

  @Test func `quotations of Taguette's highlights stay in its file`() throws {
    let highlights = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "QDAImportTests/Resources/taguette/highlights.csv"), encoding: .utf8)
    let declared = Self.definition.replacing(
      "CODINGS",
      with: "codings: { open_text: { file: highlights.csv, columns: { respondent: document, theme: tag } } }")
    let tiny = try TinySurvey(
      definition: declared.replacing(
        "estate: { label: Estate }",
        with:
          "estate: { label: Estate, aliases: ['estate, \"old\"', training, interesting, ict.joined_up] }"))
    try tiny.write(highlights, to: "2026/highlights.csv")
    try tiny.write(
      TinySurvey.responses().replacing("\(Self.marker)0,", with: "R1,").replacing(
        "\(Self.marker)1,", with: "R2,"
      )
      .replacing("\(Self.marker)2,", with: "R4,").replacing("\(Self.marker)3,", with: "R5,")
      .replacing("\(Self.marker)4,", with: "R6,"), to: "2026/responses.csv")
    let told = tiny.run()
    #expect(told.status == .done, "\(told.errors)")
    let quotations = CSVRecords(Array(highlights.utf8))
    let words = (0..<quotations.count).map { quotations.cell($0, "content") }
    #expect(words.count > 5 && words.allSatisfy { $0.count > 10 })
    try expectNone(of: words + [Self.marker], told, tiny)
    // Without other names of themes the tags are told by their place alone.
    try tiny.write(declared, to: "survey.yaml")
    let faulty = tiny.run()
    #expect(faulty.status == .faults)
    try expectNone(of: words + ["ict.joined_up", Self.marker], faulty, tiny)
  }
}
