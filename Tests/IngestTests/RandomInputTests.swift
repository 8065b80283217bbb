import SurveyDefinition
import Testing

@testable import Ingest

/// What must hold of any input, tried on random ones.
struct RandomInputTests {
  @Test(arguments: 1...8)
  func `the size of the chunks never changes what is read`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    let definition = survey(
      [
        single("s", .heading("S"), ["Yes", "No", "Not at all suitable"]), columns("m", ["A", "B"]),
        joined("j", .heading("J"), ["C", "C;D", "E"], exclusive: [0]),
        number("n", .heading("N"), valid: Decimal6(0)...Decimal6(9)),
      ], input: InputLayout(respondent: .heading("ID"), notAsked: ["-"]), minimumCell: 2)
    let cells = [
      "Yes", "No", "Not at all suitable", "1", "0", "x", "-", "", "", "C", "C;D", "E;C", ";", "7", "-3",
      "1e9",
      "\"\u{A0}Yes\u{FEFF}\"", "\"a\nb\"", "\"é\r\n\"\"\"", "M", " Yes ", "\"", "\u{1F600}",
    ]
    for _ in 0..<12 {
      var text = "ID,S,A,B,J,N\n"
      for row in 0..<Int.random(in: 0...12, using: &random) {
        let width = Int.random(in: 0..<12, using: &random) == 0 ? 4 : 5
        let id = Int.random(in: 0..<8, using: &random) == 0 ? "1" : "id\(row)"
        let record = (0..<width).map { _ in cells[Int.random(in: 0..<cells.count, using: &random)] }
        text += ([id] + record).joined(separator: ",") + ["\n", "\r\n", "\r"][row % 3]
      }
      var bytes = Array(text.utf8)
      if Int.random(in: 0..<4, using: &random) == 0 {
        let position = Int.random(in: 14..<max(15, bytes.count), using: &random)
        bytes.insert(UInt8.random(in: 0...255, using: &random), at: min(position, bytes.count))
      }
      let whole = try read(bytes, definition)
      for chunkSize in [1, 2, 3, 5, 8, 13, 21, 34, 55, 89] {
        var pieces = try read(bytes, definition, chunkSize: chunkSize)
        // After a fault that stops the reading, the bytes read are those of whole chunks.
        pieces.report.bytesRead = whole.report.bytesRead
        pieces.report.storedBytesRead = whole.report.storedBytesRead
        #expect(pieces == whole, "seed \(seed): \(bytes)")
        // Nothing is lost: each record read is a response, not kept, or rejected.
        let report = pieces.report
        #expect(report.recordsRead == report.responses + report.recordsRejected + report.recordsNotKept)
        #expect(report.responses == pieces.responses.count)
      }
    }
  }

  @Test(arguments: 1...10)
  func `random bytes are read or are a fault`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    let definition = survey([
      single("s", .number(1), ["a"]), joined("j", .number(1), ["a", "b"]), number("n", .number(1)),
    ])
    let bytes: [UInt8] = [
      0x61, 0x62, 0x2C, 0x22, 0x0A, 0x0D, 0x3B, 0xC2, 0xA0, 0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x31,
    ]
    for _ in 0..<300 {
      let input = (0..<Int.random(in: 0...30, using: &random)).map { _ in
        bytes[Int.random(in: 0..<bytes.count, using: &random)]
      }
      let chunkSize = Int.random(in: 1...31, using: &random)
      let reading = try read(input, definition, chunkSize: chunkSize)
      #expect(reading.report.responses == reading.responses.count, "seed \(seed): \(input)")
    }
  }

  @Test(arguments: 1...10)
  func `joined cells agree with a plain search for the longest option`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    for _ in 0..<40 {
      func text(_ pieces: [String], _ length: ClosedRange<Int>) -> String {
        (0..<Int.random(in: length, using: &random)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
      }
      var options: [String] = []
      for _ in 0..<5 {
        let option = text(["a", "b"], 1...1) + text(["a", "b", ";"], 0...3)
        if !options.contains(option) { options.append(option) }
      }
      let cells = (0..<20).map { _ in text(options + ["a", "b", ";", ";"], 1...8) }
      let definition = survey([joined("q", .number(1), options + ["(other)"], other: "(other)")])
      let reading = try read("Q,R\n" + cells.map { "\($0),r\n" }.joined(), definition)
      #expect(reading.responses == cells.map { plain($0, options) }, "seed \(seed): \(options)")
    }
  }

  /// The codes of a joined cell by trying every option at every part.
  private func plain(_ cell: String, _ options: [String]) -> [Int32] {
    var chosen = Array(repeating: Int32(0), count: options.count + 1)
    var rest = Substring(cell)
    while !rest.isEmpty {
      let fitting = options.filter { option in
        rest.hasPrefix(option) && (rest.count == option.count || rest.dropFirst(option.count).first == ";")
      }
      if let longest = fitting.max(by: { $0.count < $1.count }), let index = options.firstIndex(of: longest) {
        chosen[index] = 1
        rest = rest.dropFirst(longest.count)
      } else if rest.first == ";" {
        rest = rest.dropFirst()
      } else {
        chosen[options.count] = 1
        rest = rest.drop { $0 != ";" }
      }
    }
    return [chosen.contains(1) ? 0 : -1] + chosen
  }
}
