import SurveyDefinition
import Synchronization
import Testing

@testable import Ingest

/// Parts of a file that are read at once come to what one reading of it does.
@Suite struct PartTests {
  /// What is counted here: every response, in the file's order.
  private typealias Responses = [[Int32]]

  private static let definition = survey(
    [
      single("s", .heading("S"), ["Yes", "No"]), columns("m", ["A", "B"]),
      number("n", .heading("N"), valid: Decimal6(0)...Decimal6(9)),
    ], input: InputLayout(respondent: .heading("ID"), notAsked: ["-"]))

  private func read(
    _ bytes: [UInt8], _ survey: Survey, threads: Int, chunkSize: Int
  ) throws -> (reading: Reading, added: Int) {
    let added = Counter()
    let (report, responses) = try readResponses(
      .memory(bytes), of: survey, threads: threads, leastPart: 1, chunkSize: chunkSize, from: Responses(),
      { responses, response in
        added.count.add(1, ordering: .relaxed)
        responses.append(response.codes)
      }, merging: { $0 += $1 })
    return (Reading(responses: responses, report: report), added.count.load(ordering: .relaxed))
  }

  private final class Counter: Sendable { let count = Atomic(0) }

  /// A file whose records are faulty now and then, whose texts hold breaks, quotation marks and what looks like records.
  private func text(_ random: inout SeededRandom, faults: Bool) -> String {
    let texts = [
      "", "x", "\"a\nb\"", "\"é\r\n\"\"\"", "\"\r\"", "\"\n7,Yes,1,0,3,y\n8,No,1,0,3,\n\"", "\"\"\"\n\n\"",
      "\u{1F600}", "\"1,Yes,1,0,3,z\r\n2,Yes,1,0,3,\"",
    ]
    var text = Int.random(in: 0..<3, using: &random) == 0 ? "\u{FEFF}" : ""
    text += "ID,S,A,B,N,T\n"
    for row in 0..<Int.random(in: 0...40, using: &random) {
      let isFaulty = faults && Int.random(in: 0..<20, using: &random) == 0
      var record = [
        "\(isFaulty ? 1 : row)", ["Yes", "No", ""].randomElement(using: &random) ?? "", "1", "0", "4",
      ]
      if faults, Int.random(in: 0..<30, using: &random) == 0 {
        record[1] = ["Maybe", "\"", "Yes,No"][row % 3]
      }
      record.append(texts.randomElement(using: &random) ?? "")
      text += record.joined(separator: ",") + ["\n", "\r\n", "\r", "\n\n", "\n  \n", "\r\n\r\n"][row % 6]
    }
    return text
  }

  @Test(arguments: 1...6)
  func `any number of parts comes to what one reading does, with every finding`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    for round in 0..<6 {
      var definition = Self.definition
      if round % 5 == 4 { definition.input = InputLayout(headerRows: 0, respondent: .number(1)) }
      definition.input.excludesInvalid = round % 3 == 2
      var bytes = Array(text(&random, faults: round % 2 == 1).utf8)
      if round % 4 == 3 { bytes.insert(0xFF, at: bytes.count / 2) }
      var whole = Reading()
      whole.report = try readResponses(.memory(bytes), of: definition, chunkSize: 1 << 12) {
        whole.responses.append($0.codes)
      }
      for threads in [2, 3, 9] {
        for chunkSize in [7, 1 << 12] {
          var parts = try read(bytes, definition, threads: threads, chunkSize: chunkSize).reading
          // After a fault that stops the reading, the bytes read are those of whole chunks.
          parts.report.bytesRead = whole.report.bytesRead
          parts.report.storedBytesRead = whole.report.storedBytesRead
          #expect(
            parts == whole, "seed \(seed), \(threads) threads: \(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
  }

  @Test func `each response of a file without faults is read once, and the bytes are counted`() throws {
    let rows = (0..<500).map { "\($0),Yes,1,0,3,\"a text of \($0 % 7) \"\"words\"\"\"\r\n" }.joined()
    let bytes = Array(("ID,S,A,B,N,T\r\n" + rows).utf8)
    for threads in 2...9 {
      let (reading, added) = try read(bytes, Self.definition, threads: threads, chunkSize: 512)
      #expect(reading.report.responses == 500)
      #expect(added == 500)
      #expect(reading.report.bytesRead == bytes.count)
    }
  }

  @Test func `a part that guessed its first record wrongly is read again`() throws {
    // Every line of the one long text looks like a record.
    let inner = (0..<300).map { "\($0),No,1,0,3,\n" }.joined()
    let text = "ID,S,A,B,N,T\n900,Yes,1,0,3,\"\(inner)\"\n901,Yes,1,0,3,\n902,No,1,0,3,\n"
    let bytes = Array(text.utf8)
    for threads in [2, 3, 4] {
      let (reading, added) = try read(bytes, Self.definition, threads: threads, chunkSize: 4096)
      #expect(reading.report.responses == 3)
      #expect(reading.report.findings == [])
      #expect(reading.responses.map { $0[0] } == [0, 0, 1])
      #expect(added > 3)
    }
  }

  @Test func `a part that guessed wrongly and found nothing wrong is read again`() throws {
    let inner = (0..<40).map { "x\($0),No,1,0,3,\n" }.joined()
    // What opens the second text seems to close the first one.
    let text =
      "ID,S,A,B,N,T\nfirst,Yes,1,0,3,\"\n\(inner)y,No,1,0,3,\"\nsecond,Yes,1,0,3,\"\n\(inner)\"\n"
    for threads in 2...6 {
      let reading = try read(Array(text.utf8), Self.definition, threads: threads, chunkSize: 4096).reading
      #expect(reading.report.findings == [])
      #expect(reading.responses.map { $0[0] } == [0, 0])
    }
  }

  @Test func `an id in two parts is told as in one`() throws {
    let rows = (0..<100).map { "\($0 == 90 ? 3 : $0),Yes,1,0,3,\n" }.joined()
    let bytes = Array(("ID,S,A,B,N,T\n" + rows).utf8)
    let reading = try read(bytes, Self.definition, threads: 4, chunkSize: 256).reading
    #expect(reading.codes == ["duplicate-respondent"])
    #expect(reading.places == ["92:1"])
  }

  @Test func `what cannot be cut is read by one thread`() throws {
    let text = "ID,S,A,B,N,T\n" + (0..<50).map { "\($0),Yes,1,0,3,é\n" }.joined()
    var definition = Self.definition
    definition.input.encoding = .windows1252
    let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let wide = text.utf16.flatMap { (unit: UInt16) -> [UInt8] in
      [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
    }
    for (bytes, survey) in [(latin, definition), ([0xFF, 0xFE] + wide, Self.definition)] {
      let reader = PartReader(input: .memory(bytes), survey: survey, codings: nil)
      #expect(try reader.cuttableSize() == nil)
      let (reading, added) = try read(bytes, survey, threads: 4, chunkSize: 256)
      #expect(reading.report.responses == 50)
      #expect(added == 50)
    }
  }
}
