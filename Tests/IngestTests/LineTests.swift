import SurveyDefinition
import Testing

@testable import Ingest

struct LineTests {
  let strict = survey([single("q", .heading("Q"), ["Yes"])], minimumCell: 1)

  /// The lines of all records that follow the header, as the places of undeclared answers.
  func lines(_ text: String) throws -> [Int] {
    for chunkSize in 1...text.utf8.count {
      let whole = try read(text, strict)
      #expect(try read(text, strict, chunkSize: chunkSize) == whole, "chunks of \(chunkSize) bytes")
    }
    let findings = try read(text, strict).report.findings
    #expect(findings.allSatisfy { $0.code == "undeclared-answer" })
    return findings.compactMap(\.place.line)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a record stands on the line on which it starts`(end: String) throws {
    let text = ["Q,R", "a,", "\"b", "", "b\",", "c,\"", "\"", "", "", "d,"].joined(separator: end)
    #expect(try lines(text) == [2, 3, 6, 10])
    #expect(try lines(text + end) == [2, 3, 6, 10])
  }

  @Test func `a header of several lines counts them`() throws {
    #expect(try lines("\"\nQ\r\n\",\"R\rS\"\na,\n") == [5])
  }

  @Test func `breaks of different kinds each count once`() throws {
    #expect(try lines("Q\r\ra\n\nb\r\n\nc\n\rd") == [3, 5, 7, 9])
  }

  @Test func `blanks between a lone carriage return and a line feed keep them apart`() throws {
    #expect(try lines("Q\r  \na\r\t\nb\r \r\n c\n") == [3, 5, 7])
  }

  @Test func `blank lines and empty records are no responses`() throws {
    let definition = survey([single("q", .heading("Q"), ["Yes"])])
    let reading = try read("Q,R\n\n  \n,\n\"\",\" \u{A0}\"\nYes,\n\n", definition)
    #expect(reading.responses == [[0]])
    #expect(reading.report.emptyRecords == 2)
    #expect(reading.report.recordsRead == 1)
  }

  @Test func `a byte order mark is not part of the first heading`() throws {
    #expect(try read("\u{FEFF}Q\nYes\n", strict).responses == [[0]])
    #expect(try read("\u{FEFF}\"Q\"\nYes\n", strict, chunkSize: 1).responses == [[0]])
    #expect(try read("\u{FEFF}Q\nYes\n", strict).report.bytesRead == 9)
  }
}
