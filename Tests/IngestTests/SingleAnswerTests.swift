import SurveyDefinition
import Testing

@testable import Ingest

struct SingleAnswerTests {
  let colours = survey([single("colour", .heading("Q1"), ["Red", "Green"])])

  @Test func `a cell gives the position of its answer`() throws {
    let reading = try read("Q1,Q2\nRed,x\nGreen,y\n,z\n", colours)
    #expect(reading.responses == [[0], [1], [-1]])
    #expect(reading.report.findings == [])
    #expect(reading.report.unreadColumns == ["Q2"])
    #expect(reading.report.recordsRead == 3)
    #expect(reading.report.responses == 3)
    #expect(reading.report.bytesRead == 23)
  }

  @Test func `blanks at both ends of a cell do not count`() throws {
    let cells = ["Red ", "\" Red\"", "\"\u{A0}Red\u{FEFF}\"", "\"\nRed\r\n\"", "\t Red\t", "\u{A0}\u{FEFF}"]
    let reading = try read("Q1,Q2\n" + cells.map { $0 + ",\n" }.joined(), colours)
    #expect(reading.responses == [[0], [0], [0], [0], [0]])
    #expect(reading.report.emptyRecords == 1)
    #expect(reading.report.findings == [])
  }

  @Test func `a comparison is exact, case included`() throws {
    let reading = try read("Q1\nred\n", colours)
    #expect(reading.codes == ["undeclared-answer"])
    #expect(reading.responses == [])
  }

  @Test func `a label is accepted unless it is another answer's text`() throws {
    let answers = [
      AnswerOption(label: "1", texts: ["2"]), AnswerOption(label: "Two", texts: ["1"]),
    ]
    let question = Question(
      id: "q", text: "q", kind: .single(Choice(source: .column(.heading("Q")), answers: answers)))
    #expect(try read("Q\n1\n2\nTwo\n", survey([question])).responses == [[1], [0], [1]])
  }

  @Test func `an undeclared text counts as other where other is declared`() throws {
    let definition = survey([single("q", .heading("Q"), ["Red"], other: "Another colour")])
    let reading = try read("Q,R\nRed,1\nBlue,1\n,1\n", definition)
    #expect(reading.responses == [[0], [1], [-1]])
    #expect(reading.report.findings == [])
  }

  @Test func `texts of every length are told apart by all of their bytes`() throws {
    let start = Array("abcdefgh")
    let texts = (1...60).flatMap { length in
      let text = (0..<length).map { start[$0 % 8] }
      // One that differs in the middle alone, where neither the first nor the last eight bytes tell.
      return [String(text), String(text.enumerated().map { $0.offset == length / 2 ? "X" : $0.element })]
    }
    let definition = survey([single("q", .heading("Q"), texts)])
    let reading = try read("Q\n" + texts.map { $0 + "\n" }.joined(), definition)
    #expect(reading.responses == texts.indices.map { [Int32($0)] })
  }

  @Test func `a question's own lists stand instead of the input's`() throws {
    var own = single("own", .heading("Q"), ["Yes"])
    own.missing = ["", "Not applicable"]
    own.notAsked = ["-"]
    let theirs = single("theirs", .heading("Q"), ["Yes", "-", "Not applicable"])
    var input = InputLayout()
    input.missing = ["", "N/A"]
    input.notAsked = ["skipped"]
    let definition = survey([own, theirs], input: input)
    let reading = try read("Q,R\nYes,\nNot applicable,\n-,\n", definition)
    #expect(reading.responses == [[0, 0], [-1, 2], [-2, 1]])
    #expect(try read("Q\nskipped\n", survey([theirs], input: input)).responses == [[-2]])
    #expect(try read("Q\nN/A\n", survey([theirs], input: input)).responses == [[-1]])
    #expect(try read("Q\nN/A\n", survey([own], input: input)).codes == ["undeclared-answer"])
  }

  @Test func `a declared answer stands before a missing text of the input`() throws {
    let definition = survey(
      [single("q", .heading("Q"), ["None", "Some"])], input: InputLayout(missing: ["", "None"]))
    #expect(try read("Q\nNone\n", definition).responses == [[0]])
  }

  @Test func `one column may feed a variable and a question`() throws {
    let role = Variable(
      id: "role", label: "Role", source: .column(.number(1)),
      groups: [AnswerOption(label: "Officer", texts: ["1"]), AnswerOption(label: "Staff", texts: ["2"])])
    let definition = survey([single("q", .heading("Q"), ["1", "2"])], variables: [role])
    #expect(try read("Q\n2\n1\n", definition).responses == [[1, 1], [0, 0]])
  }

  @Test func `records that keep does not name are counted, left and not validated`() throws {
    let input = InputLayout(
      respondent: .heading("ID"), keep: [KeepRule(column: .heading("Country"), texts: ["UK"])])
    let definition = survey([single("q", .heading("Q"), ["Yes"])], input: input)
    let reading = try read("Q,Country,ID\nYes, UK ,1\nnonsense,France,1\nYes,uk,\n", definition)
    #expect(reading.responses == [[0]])
    #expect(reading.report.recordsNotKept == 2)
    #expect(reading.report.recordsRead == 3)
    #expect(reading.report.findings == [])
  }
}
