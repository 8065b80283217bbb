import SurveyDefinition
import Testing

@testable import Ingest

/// Rankings: a code for the option that was placed first, then the place of each option.
struct RankingTests {
  private func ranking(_ options: [String], places: Int? = nil) -> Question {
    let columns = options.map { OptionColumn(label: $0, column: .heading($0), chosen: .inherited) }
    return Question(id: "needs", text: "needs", kind: .ranking(Ranking(options: columns, places: places)))
  }

  @Test(arguments: [
    ("1,2,3", [0, 1, 2, 3]), ("3,1,2", [1, 3, 1, 2]), ("2.0,3.00,1.0", [2, 2, 3, 1]),
    (" 01 ,2,3", [0, 1, 2, 3]),
    // Nobody need rank all options.
    ("2,1,", [1, 2, 1, 0]), (",,1", [2, 0, 0, 1]), (",,", [-1, 0, 0, 0]),
  ])
  func `the first place and all others are read`(cells: String, codes: [Int32]) throws {
    // A last column, as a line of nothing but one empty cell would be an empty line.
    let reading = try read("A,B,C,Z\n\(cells),z\n", survey([ranking(["A", "B", "C"])]))
    #expect(reading.responses == [codes])
    #expect(reading.report.findings == [])
  }

  @Test(arguments: [
    ("1,1,2", "broken-ranking", "2:2"), ("1,3,", "broken-ranking", "2:1"), ("2,3,", "broken-ranking", "2:1"),
    ("1,x,2", "not-a-rank", "2:2"), ("0,1,2", "not-a-rank", "2:1"), ("1,4,2", "not-a-rank", "2:2"),
    ("1,1.5,2", "not-a-rank", "2:2"), ("1,2.,3", "not-a-rank", "2:2"), ("-1,1,2", "not-a-rank", "2:1"),
    ("99999999999999999999,1,2", "not-a-rank", "2:1"),
  ])
  func `what is no ranking is a fault of its record`(cells: String, code: String, place: String) throws {
    let reading = try read("A,B,C\n\(cells)\n2,3,1\n", survey([ranking(["A", "B", "C"])]))
    #expect(reading.codes == [code])
    #expect(reading.places == [place])
    #expect(reading.responses == [[2, 2, 3, 1]])
    #expect(reading.report.recordsRejected == 1)
  }

  @Test func `no more places can be given than there are`() throws {
    let reading = try read("A,B,C\n1,2,\n1,2,3\n", survey([ranking(["A", "B", "C"], places: 2)]))
    #expect(reading.codes == ["not-a-rank"])
    #expect(reading.places == ["3:3"])
    #expect(reading.report.findings.first?.remedy?.contains("from 1 to 2") == true)
  }

  @Test func `declared texts mean not ranked, or not asked at all`() throws {
    var question = ranking(["A", "B"])
    question.missing = ["", "-99"]
    question.notAsked = ["n/a"]
    let reading = try read("A,B\n1,-99\nn/a,n/a\nn/a,-99\n", survey([question]))
    #expect(reading.responses == [[0, 1, 0], [-2, 0, 0], [-1, 0, 0]])
    #expect(reading.report.findings == [])
  }

  @Test func `an option without its column is told`() throws {
    let reading = try read("A,C\n1,2\n", survey([ranking(["A", "B"])]))
    #expect(reading.codes == ["no-such-column"])
    #expect(reading.report.findings.first?.message.contains("option “B”") == true)
  }
}
