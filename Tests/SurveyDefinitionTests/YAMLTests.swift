import SurveyDefinition
import Testing

/// What is wrong with a file as YAML, before anything in it means something.
@Suite struct YAMLTests {
  @Test func `places count lines and characters from 1, in the file that the finding is in`() {
    let reading = readDefinition(
      surveyYAML: "survey: é\ntitel: A\nquestions: {}\n", surveyFile: "staff/survey.yaml",
      waveYAML: "packs: {}\nx: 1",
      waveFile: "staff/1/wave.yaml", waveID: "1")
    #expect(
      reading.findings.map { "\($0.place.file):\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.code)" }
        == [
          "staff/1/wave.yaml:1:1 empty-list", "staff/1/wave.yaml:2:1 unknown-key",
          "staff/survey.yaml:1:9 bad-id",
          "staff/survey.yaml:2:1 unknown-key", "staff/survey.yaml:3:1 empty-list",
        ])
    #expect(reading.wave == nil)
  }

  @Test(arguments: [
    (
      "survey: staff\ntitle: A: ①B\n".replacing(": ①", with: "①: "),
      "put a text that holds a colon and a blank in quotes"
    ),
    ("survey: staff\n①\ttitle: A\n", "indent with blanks, not with tabs"),
    ("survey: staff\ntitle: ①*All\n", "put a text that begins with * in quotes"),
    ("survey: staff\ntitle: ①@home\n", "put a text that begins with @ in quotes"),
    ("survey: staff\ntitle: ①%\n", "put a text that begins with % in quotes"),
    (
      "survey: staff\nquestions: { a: { column: #7 }\npacks①: {}\n",
      "put a column's number in quotes, \"#7\": YAML takes # for the beginning of a comment"
    ),
    (
      "survey: staff\nquestions: { a: { kind: single }\n①packs: {}\n",
      "see whether quotes, brackets and braces close, and whether keys of one map begin in one column"
    ),
    ("survey: staff\ntitle: A①\u{7}\n", "save the file as plain text in UTF-8"),
  ])
  func `a text that is not YAML is one fault with what to do`(text: String, remedy: String) {
    let definition = MarkedDefinition(text)
    #expect(definition.codes == ["① syntax"])
    #expect(definition.reading.findings.first?.remedy == remedy)
  }

  @Test func `both files are told when neither is YAML`() {
    #expect(
      MarkedDefinition("survey: [", wave: "packs: {").codes == [
        "2012-12/wave.yaml:2:1 syntax", "survey.yaml:2:1 syntax",
      ])
  }

  @Test func `an empty file is told as what it lacks`() {
    let told = ["survey.yaml:1:1 missing-key", "survey.yaml:1:1 missing-key", "survey.yaml:1:1 missing-key"]
    #expect(MarkedDefinition("").codes == told)
    #expect(MarkedDefinition("# nothing yet\n").codes == told)
  }

  @Test func `a file that holds a list or a text is a fault`() {
    #expect(MarkedDefinition("①- a\n- b\n").codes == ["① wrong-type"])
    #expect(MarkedDefinition("①survey").codes == ["① wrong-type"])
    #expect(MarkedDefinition(small(), wave: "①- a\n").codes == ["① wrong-type"])
  }

  @Test func `an empty wave.yaml changes nothing`() throws {
    #expect(try survey(small(), wave: "# as always\n") == survey(small()))
  }

  @Test func `all repeated keys are told, in all maps, with everything else`() {
    let definition = MarkedDefinition(
      """
      survey: staff
      ①survey: other
      ②titel: A
      variables:
        role: { groups: { Officer: 1, ③Officer: 2, "Staff": 3, ④'Staff': 4, ⑤Staff: 5 } }
      questions:
        q1: { kind: single, answers: [A, B] }
        ⑥q1: { kind: scale, answers: [A, B] }
      packs: { all: { who: everyone } }
      """)
    #expect(
      definition.told == [
        "① duplicate-key: `survey` stands twice in this map, first on line 1 (keep one of them)",
        "② unknown-key: a survey has no key `titel` (did you mean `title`?)",
        "③ duplicate-key: `Officer` stands twice in this map, first on line 5 (keep one of them)",
        "④ duplicate-key: `Staff` stands twice in this map, first on line 5 (keep one of them)",
        "⑤ duplicate-key: `Staff` stands twice in this map, first on line 5 (keep one of them)",
        "⑥ duplicate-key: `q1` stands twice in this map, first on line 7 (keep one of them)",
      ])
  }

  @Test func `repeated keys that cannot be marked are one fault`() {
    #expect(
      MarkedDefinition("survey: staff\nscales: { ①\"\": [A], \"\": [B] }\n").codes == ["① duplicate-key"])
    let many = (0..<60).map { "k\($0): 1\nk\($0): 2\n" }.joined()
    #expect(MarkedDefinition(many).codes.count == 1)
  }

  @Test func `anchors, aliases, merge keys and tags are refused`() {
    #expect(
      MarkedDefinition(
        small(
          top:
            "scales: { a: ①&agree [A, B], b: *agree, c: { ③<<: 1 }, d: [④!important, B] }\ninput: ⑤&input { }"
        )
      ).codes.filter { !$0.hasSuffix("empty-list") }
        == ["① anchor", "③ merge-key", "④ tag", "⑤ anchor"])
  }

  @Test func `a document of aliases is refused before it can grow`() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    text += "? *a60\n: x\n"
    #expect(MarkedDefinition(text).codes.map { $0.split(separator: " ").last } == ["anchor"])
  }

  @Test func `words like *required in a text are no aliases`() throws {
    let words = Array(repeating: "*required", count: 30).joined(separator: " ")
    #expect(
      try survey(small(questions: "q2: { kind: single, text: \"R &D, \(words)\", answers: [A] }")).questions
        .count == 2)
  }

  @Test func `a second document is refused`() {
    #expect(MarkedDefinition(small() + "\n①---\nsurvey: other\n").codes == ["① several-documents"])
    #expect(MarkedDefinition("---\n" + small() + "\n...\n").codes == [])
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
    String(repeating: "- ", count: 100_000),
    "x: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
    (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    "x: " + String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
  ])
  func `nesting without end is refused`(text: String) {
    let codes = MarkedDefinition(text).reading.findings.map(\.code)
    #expect(codes.contains("too-deep"))
  }

  @Test func `a file of more than a mebibyte is refused`() {
    #expect(
      MarkedDefinition("survey: staff\n#" + String(repeating: "x", count: 1 << 20)).codes
        == ["survey.yaml:1:1 too-large"])
  }

  @Test func `line ends of Windows and a byte order mark do not count`() throws {
    let text = small().replacing("\n", with: "\r\n")
    #expect(try survey("\u{FEFF}" + text) == survey(small()))
    #expect(MarkedDefinition("\u{FEFF}titel: x\r\n").codes.contains("survey.yaml:1:1 unknown-key"))
    #expect(
      MarkedDefinition((small() + "\n①foo: 1").replacing("\n", with: "\r\n")).codes == ["① unknown-key"])
  }

  @Test func `keys must be texts`() {
    #expect(
      MarkedDefinition(small() + "\n①[a, b]: 1\n②{ a: 1 }: 2\n").codes == ["① wrong-type", "② wrong-type"])
  }
}
