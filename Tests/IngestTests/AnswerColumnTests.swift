import SurveyDefinition
import Testing

@testable import Ingest

/// One answer read from one column per answer, as SurveyMonkey exports it.
struct AnswerColumnTests {
  func question(_ chosen: [OptionColumn.Chosen] = [.inherited, .inherited, .inherited], other: String? = nil)
    -> Question
  {
    let labels = ["Male", "Female", "Other"]
    return Question(
      id: "q", text: "q",
      kind: .single(
        Choice(
          source: .columnPerAnswer(
            zip(labels, chosen).enumerated().map {
              OptionColumn(label: $1.0, column: .number($0 + 1), chosen: $1.1)
            }), answers: labels.map { AnswerOption(label: $0, texts: []) }, other: other)))
  }

  @Test func `the chosen column is the answer`() throws {
    let text = "Man,Woman,Other (please say)\nMan,,\n,Woman,\n,,x\n,Female,\n1,0,0\n,,\n0,0,0\n"
    let reading = try read(text, survey([question()]))
    #expect(reading.report.findings == [])
    // The sixth record is wholly empty, and no response.
    #expect(reading.responses == [[0], [1], [2], [1], [0], [AnswerCode.missing]])
    #expect(reading.report.emptyRecords == 1)
  }

  @Test func `free text chooses where any does`() throws {
    let reading = try read(
      "A,B,C\n,,MARKER\nyes,,\n", survey([question([.inherited, .inherited, .any])]))
    #expect(reading.responses == [[2], [0]])
    #expect(reading.report.findings == [])
  }

  @Test func `two answers are a fault that tells no text`() throws {
    let reading = try read(
      "A,B,C\n1,,MARKER\n1,1,\n1,,\n", survey([question([.inherited, .inherited, .any])]))
    #expect(reading.codes == ["two-answers", "two-answers"])
    #expect(reading.places == ["2:3", "3:2"])
    #expect(reading.report.recordsRejected == 2)
    #expect(reading.responses == [[0]])
    #expect(!reading.report.findings.contains { $0.message.contains("MARKER") })
  }

  @Test func `an undeclared text is a fault, or other`() throws {
    let strict = try read("A,B,C\nMARKER,,\n", survey([question()]))
    #expect(strict.codes == ["undeclared-answer"])
    let loose = try read("A,B,C\nMARKER,,\n", survey([question(other: "Other")]))
    #expect(loose.responses == [[2]])
  }

  @Test func `not asked only where every cell says so`() throws {
    let input = InputLayout(notAsked: ["NA"])
    let reading = try read("A,B,C\nNA,NA,NA\nNA,,NA\nNA,1,NA\n", survey([question()], input: input))
    #expect(reading.responses == [[AnswerCode.notAsked], [AnswerCode.missing], [1]])
  }

  @Test func `a variable is read so, too`() throws {
    let variable = Variable(
      id: "gender", label: "Gender",
      source: .columnPerAnswer([
        OptionColumn(label: "Male", column: .number(1)), OptionColumn(label: "Female", column: .number(2)),
      ]), groups: ["Male", "Female"].map { AnswerOption(label: $0, texts: []) })
    let reading = try read(
      "Q,B\n1,\n,1\n", survey([single("x", .number(1), ["1"])], variables: [variable]))
    #expect(reading.responses == [[0, 0], [1, AnswerCode.missing]])
  }
}
