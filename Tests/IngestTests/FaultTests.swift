import SurveyDefinition
import Testing

@testable import Ingest

struct FaultTests {
  let strict = survey([single("q", .heading("Q"), ["Yes"])])

  @Test func `a record of the wrong width says how many cells and where`() throws {
    let reading = try read("Q,R\nYes,1\nYes\nYes,1,2\n", strict)
    #expect(reading.codes == ["wrong-width", "wrong-width"])
    #expect(reading.places == ["3:0", "4:0"])
    #expect(
      reading.report.findings.map(\.message) == [
        "the record has 1 cell where the header has 2", "the record has 3 cells where the header has 2",
      ])
    #expect(reading.responses == [[0]])
  }

  @Test func `a wide record over many lines points at an open quotation mark`() throws {
    let reading = try read("Q,R\nYes,\"\nYes,1\nYes,1\nYes,1\nYes,1\n\",2\n", strict)
    #expect(reading.codes == ["wrong-width"])
    #expect(
      reading.report.findings[0].message == "the record has 3 cells where the header has 2 and spans 6 lines")
    #expect(reading.report.findings[0].remedy?.contains("left open") == true)
  }

  @Test(arguments: ["Q\nYes\nMARKER\"\n", "Q\nYes\n\"MARKER\" x\n", "Q\nYes\n\"MARKER\"\"\" \"\n"])
  func `a stray quotation mark stops the reading at its record`(text: String) throws {
    let reading = try read(text, strict)
    #expect(reading.codes == ["stray-quote"])
    #expect(reading.places == ["3:1"])
    #expect(reading.responses == [[0]])
  }

  @Test func `a quotation mark left open is a fault where its record starts`() throws {
    let reading = try read("Q,R\nYes,1\nYes,\"MARKER\n\nYes,1\n", strict)
    #expect(reading.codes == ["unclosed-quote"])
    #expect(reading.places == ["3:2"])
    #expect(reading.responses == [[0]])
  }

  @Test func `quotation marks mean nothing without quoting`() throws {
    let definition = survey(
      [single("q", .heading("Q"), ["say \"Yes\""])], input: InputLayout(separator: 9, quoting: false))
    let reading = try read("Q\tR\nsay \"Yes\"\t\"\n", definition)
    #expect(reading.responses == [[0]])
    #expect(reading.report.findings == [])
  }

  @Test func `the separator is the definition's`() throws {
    let definition = survey(
      [single("q", .heading("Q"), ["a,b"])], input: InputLayout(separator: UInt8(ascii: ";")))
    #expect(try read("Q;R\na,b;\"x;y\"\n", definition).responses == [[0]])
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0xAF], [0xE9, 0x20], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3],
    ] as [[UInt8]])
  func `what is not UTF-8 is a fault with its line and byte`(bytes: [UInt8]) throws {
    let start = Array("Q,R\nYes,1\nYes,é".utf8)
    for chunkSize in 1...20 {
      let reading = try read(start + bytes, strict, chunkSize: chunkSize)
      #expect(reading.codes == ["not-utf8"])
      #expect(reading.places == ["3:2"])
      #expect(reading.responses == [[0]])
    }
    let padded = Array(repeating: UInt8(ascii: "\n"), count: 100)
    let reading = try read(start + padded + bytes + padded, strict)
    #expect(reading.codes == ["not-utf8"])
    #expect(reading.report.findings[0].place.line == 103)
    #expect(reading.report.findings[0].message.hasPrefix("byte 11"))
  }

  @Test func `every character of Unicode passes`() throws {
    var text = "Q,R\n"
    for value in stride(from: 0x20, to: 0x11_0000, by: 37) {
      if let scalar = Unicode.Scalar(value), scalar != "\"" { text.unicodeScalars.append(scalar) }
    }
    text.replace(",", with: ";")
    let reading = try read(
      "Q,R\nYes,\(text.dropFirst(4))\n", survey([single("q", .heading("Q"), ["Yes"])]), chunkSize: 97)
    #expect(reading.report.findings == [])
    #expect(reading.responses == [[0]])
  }

  @Test func `a NUL byte, half of UTF-16, a workbook and nothing at all are told apart`() throws {
    #expect(try read([0x51, 0x0A, 0x00], strict).codes == ["nul-byte"])
    #expect(try read([0xFF, 0xFE], strict).codes == ["empty-file"])
    #expect(try read([0xFF, 0xFE, 0x51, 0x00, 0x52], strict).codes == ["other-encoding"])
    #expect(try read([0x50, 0x4B, 0x03, 0x04, 0x14], strict).codes == ["not-csv"])
    #expect(try read([], strict).codes == ["empty-file"])
    #expect(try read("\u{FEFF}", strict).codes == ["empty-file"])
    #expect(try read("\n\r\n  \n", strict).codes == ["empty-file"])
  }

  @Test func `a cell beyond the cap is a fault, and one below it is read`() throws {
    let long = String(repeating: "x", count: longestCell - 10)
    #expect(try read("Q,R\nYes,\(long)\nYes,1\n", strict).responses == [[0], [0]])
    let reading = try read("Q,R\nYes,1\nYes,\"\(long)\(long)\"\n", strict)
    #expect(reading.codes == ["cell-too-long"])
    #expect(reading.places == ["3:2"])
    #expect(reading.responses == [[0]])
  }

  @Test func `a record beyond the cap is a fault`() throws {
    let cell = String(repeating: "x", count: 1_000_000) + ","
    let reading = try read(
      "Q,R\nYes,1\n" + String(repeating: cell, count: longestRecord / 1_000_000 + 1), strict)
    #expect(reading.codes == ["record-too-long"])
    #expect(reading.report.findings[0].place.line == 3)
  }

  @Test func `a million bad records keep twenty places and a count`() throws {
    let rows = String(repeating: "Yes,1,2\n", count: 30_000)
    let reading = try read("Q,R\n" + rows, strict)
    #expect(reading.report.findings.count == 21)
    #expect(reading.report.findings.last?.message == "and 29,980 more faults of this kind from here on")
    #expect(reading.report.findings.last?.place.line == 22)
  }

  @Test func `a respondent id that repeats names the lines, never the id`() throws {
    let definition = survey(
      [single("q", .heading("Q"), ["Yes"])], input: InputLayout(respondent: .heading("ID")))
    let reading = try read("ID,Q\nMARKER1,Yes\nMARKER2,Yes\n MARKER1 ,Yes\n,Yes\n", definition)
    #expect(reading.codes == ["duplicate-respondent", "empty-respondent"])
    #expect(reading.places == ["4:1", "5:1"])
    #expect(reading.report.findings[0].message == "the respondent id is that of line 2")
    #expect(reading.responses == [[0], [0]])
  }

  @Test func `fifty thousand ids are told apart`() throws {
    let definition = survey(
      [single("q", .heading("Q"), ["Yes"])], input: InputLayout(respondent: .heading("ID")))
    let rows = (1...50_000).map { "\($0),Yes\n" }.joined()
    #expect(try read("ID,Q\n" + rows, definition).report.findings == [])
    let reading = try read("ID,Q\n" + rows + "777,Yes\n", definition)
    #expect(reading.report.findings.map(\.message) == ["the respondent id is that of line 778"])
  }

  @Test func `SipHash agrees with the authors' reference values`() {
    // The first two of vectors_sip128 in the reference implementation: no input, and one byte 00.
    func hex(_ bytes: [UInt8]) -> (UInt64, UInt64) {
      (bytes + Array(repeating: 0, count: 8)).withRawSpan {
        sipHash128(CellRange(start: 0, end: bytes.count), in: $0)
      }
    }
    #expect(hex([]) == (0xE6A8_25BA_047F_81A3, 0x9302_55C7_1472_F66D))
    #expect(hex([0]) == (0x44AF_996B_D8C1_87DA, 0x45FC_229B_1159_7634))
  }
}
