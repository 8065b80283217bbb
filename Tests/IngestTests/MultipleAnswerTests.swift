import SurveyDefinition
import Testing

@testable import Ingest

struct MultipleAnswerTests {
  let tools = survey([columns("tools", ["Phone", "Laptop", "None"], exclusive: [2])])

  @Test(arguments: ["1", "x", "X", "yes", "Yes", "YES", "true", "TRUE", "tRuE", "Phone"])
  func `a default word means chosen`(word: String) throws {
    #expect(try read("Phone,Laptop,None\n\(word),0,\n", tools).responses == [[0, 1, 0, 0]])
  }

  @Test(arguments: ["0", "no", "No", "NO", "false", "False"])
  func `a default word means not chosen`(word: String) throws {
    #expect(try read("Phone,Laptop,None\n\(word),,\n", tools).responses == [[0, 0, 0, 0]])
  }

  @Test func `only default words ignore case`() throws {
    #expect(try read("Phone,Laptop,None\nphone,0,\n", tools).codes == ["undeclared-answer"])
  }

  @Test func `the heading of the column means chosen`() throws {
    let source = MultipleChoice(
      source: .columns([OptionColumn(label: "Phone", column: .number(1), chosen: .inherited)]),
      options: [AnswerOption(label: "Phone", texts: ["Phone"])])
    let definition = survey([Question(id: "q", text: "q", kind: .multiple(source))])
    #expect(try read("Q4_1,R\nQ4_1,r\nPhone,r\n", definition).responses == [[0, 1], [0, 1]])
  }

  @Test func `missing is not chosen in a respondent who answered, else the question is missing`() throws {
    let reading = try read("Phone,Laptop,None,R\n1,,,r\n,,,r\n0,,,r\n", tools)
    #expect(reading.responses == [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 0]])
  }

  @Test func `a question is not asked where all its cells say so`() throws {
    let definition = survey([columns("q", ["A", "B"])], input: InputLayout(notAsked: ["-"]))
    let reading = try read("A,B\n-,-\n-,\n-,1\n", definition)
    #expect(reading.responses == [[-2, 0, 0], [-1, 0, 0], [0, 0, 1]])
  }

  @Test func `declared words stand instead of the default ones`() throws {
    let definition = survey([columns("q", ["A", "B"], chosen: ["2"], notChosen: ["1"])])
    #expect(try read("A,B\n2,1\n", definition).responses == [[0, 1, 0]])
    #expect(try read("A,B\nyes,1\n", definition).codes == ["undeclared-answer"])
    #expect(try read("A,B\n2,0\n", definition).codes == ["undeclared-answer"])
  }

  @Test func `any means whatever is not missing`() throws {
    let source = MultipleChoice(
      source: .columns([
        OptionColumn(label: "A", column: .heading("A"), chosen: .inherited),
        OptionColumn(label: "Other", column: .heading("Other"), chosen: .any),
        OptionColumn(label: "B", column: .heading("B"), chosen: .texts(["Bee"])),
      ]), options: ["A", "Other", "B"].map { AnswerOption(label: $0, texts: [$0]) })
    let definition = survey([Question(id: "q", text: "q", kind: .multiple(source))])
    let reading = try read("A,Other,B\n0,MARKER,Bee\n1,,0\n,0,\n", definition)
    #expect(reading.responses == [[0, 0, 1, 1], [0, 1, 0, 0], [0, 0, 1, 0]])
    #expect(reading.report.findings == [])
  }

  @Test func `an exclusive option with another is kept as both and counted`() throws {
    let reading = try read("Phone,Laptop,None\n1,0,1\n0,0,1\n", tools)
    #expect(reading.responses == [[0, 1, 0, 1], [0, 0, 0, 1]])
    #expect(reading.report.contradictions == [1])
  }

  @Test func `joined options are told apart by the separator`() throws {
    let definition = survey([joined("q", .heading("Q"), ["Phone", "Laptop", "None"], exclusive: [2])])
    let reading = try read(
      "Q,R\nPhone;Laptop,r\nPhone,r\n Laptop ; Phone ; ,r\nPhone;Phone;,r\n,r\n;,r\nNone;Phone,r\n",
      definition)
    #expect(
      reading.responses == [
        [0, 1, 1, 0], [0, 1, 0, 0], [0, 1, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [-1, 0, 0, 0], [0, 1, 0, 1],
      ])
    #expect(reading.report.contradictions == [1])
    #expect(reading.report.findings == [])
  }

  @Test func `the longest declared option that ends at a separator wins`() throws {
    let options = ["R Command Line (i.e., console)", "R Command Line (i.e.", "R", "console)"]
    let definition = survey([joined("q", .heading("Q"), options, separator: ", ")])
    let reading = try read(
      "Q\n\"R Command Line (i.e., console), R\"\n\"R Command Line (i.e., R\"\n\"R, console), \"\n", definition
    )
    #expect(reading.responses == [[0, 1, 0, 1, 0], [0, 0, 1, 1, 0], [0, 0, 0, 1, 1]])
    #expect(reading.report.findings == [])
  }

  @Test(arguments: [";#", " | ", "\n", ", ", " ", "--"])
  func `a separator may have several characters, blanks among them`(separator: String) throws {
    let definition = survey([joined("q", .heading("Q"), ["A", "B", "C"], separator: separator)])
    let cells = ["A", "A~B", "B~C~A", "C~", "B~~C", "~A"].map {
      "\"" + $0.split(separator: "~", omittingEmptySubsequences: false).joined(separator: separator) + "\""
    }
    let reading = try read("Q\n" + cells.map { $0 + "\n" }.joined(), definition)
    #expect(
      reading.responses == [
        [0, 1, 0, 0], [0, 1, 1, 0], [0, 1, 1, 1], [0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 0, 0],
      ])
    #expect(reading.report.findings == [])
  }

  @Test func `an undeclared part counts as other, or is a fault of that part alone`() throws {
    let other = survey([joined("q", .heading("Q"), ["A", "Other"], other: "Other")])
    #expect(try read("Q\nA;my own words;more\n", other).responses == [[0, 1, 1]])
    let strict = survey([joined("q", .heading("Q"), ["A", "B"])], minimumCell: 1)
    let reading = try read("Q\nA;Bee\n", strict)
    #expect(reading.codes == ["undeclared-answer"])
    #expect(reading.report.findings[0].message.contains("“Bee”"))
  }

  @Test func `a joined cell that is missing or not asked as a whole says so`() throws {
    let definition = survey(
      [joined("q", .heading("Q"), ["A", "None"])],
      input: InputLayout(missing: ["", "n;a", "None"], notAsked: ["-"]))
    let reading = try read("Q,R\nn;a,r\n-,r\nNone,r\n,r\n", definition)
    #expect(reading.responses == [[-1, 0, 0], [-2, 0, 0], [0, 0, 1], [-1, 0, 0]])
  }
}
