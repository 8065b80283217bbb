import SurveyDefinition
import Testing

@testable import Ingest

/// One text in every encoding that a definition can declare.
///
/// The bytes of the letters are those of the mapping tables that the Unicode Consortium publishes
/// (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT, …/VENDORS/APPLE/ROMAN.TXT,
/// …/ISO8859/8859-1.TXT).
struct EncodingTests {
  let answers = ["Café", "Don’t know", "Größer als"]

  func survey(_ encoding: InputLayout.Encoding) -> Survey {
    var input = InputLayout()
    input.encoding = encoding
    return IngestTests.survey([single("q", .heading("Frage ü"), answers)], input: input)
  }

  /// A text with the bytes of some letters.
  func bytes(_ letters: [Character: UInt8]) -> [UInt8] {
    "Frage ü,R\nCafé,1\nDon’t know,2\nGrößer als,3\n".flatMap {
      letters[$0].map { [$0] } ?? Array(String($0).utf8)
    }
  }

  func wide(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit -> [UInt8] in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  @Test func `the same text is read from each encoding, in pieces of any size`() throws {
    let text = "Frage ü,R\nCafé,1\nDon’t know,2\nGrößer als,3\n"
    let inputs: [(InputLayout.Encoding, [UInt8])] = [
      (.windows1252, bytes(["ü": 0xFC, "é": 0xE9, "’": 0x92, "ö": 0xF6, "ß": 0xDF])),
      (.macintosh, bytes(["ü": 0x9F, "é": 0x8E, "’": 0xD5, "ö": 0x9A, "ß": 0xA7])),
      (.utf16, [0xFF, 0xFE] + wide(text, bigEndian: false)),
      (.utf16, [0xFE, 0xFF] + wide(text, bigEndian: true)),
      (.utf16, wide(text, bigEndian: false)), (.utf16, wide(text, bigEndian: true)),
      // The mark says it all where nothing is declared.
      (.utf8, [0xFF, 0xFE] + wide(text, bigEndian: false)), (.utf8, Array(text.utf8)),
      (.utf8, [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
    ]
    for (encoding, bytes) in inputs {
      for chunkSize in [1, 2, 3, 7, 4096] {
        let reading = try read(bytes, survey(encoding), chunkSize: chunkSize)
        #expect(reading.report.findings == [])
        #expect(reading.responses == [[0], [1], [2]])
        #expect(reading.report.bytesRead == bytes.count)
      }
    }
  }

  @Test func `ISO-8859-1 is read, and a control character in it is Windows-1252`() throws {
    let latin = "Frage \u{FC},R\nCaf\u{E9},1\n".unicodeScalars.map { UInt8($0.value) }
    #expect(try read(latin, survey(.iso88591)).responses == [[0]])
    for chunkSize in [1, 5, 4096] {
      let reading = try read(latin + [0x44, 0x92, 0x2C, 0x32], survey(.iso88591), chunkSize: chunkSize)
      let finding = try #require(reading.report.findings.first)
      #expect(reading.codes == ["other-encoding"])
      #expect(reading.places == ["3:1"])
      #expect(finding.message == "byte 19 of the file is a control character of iso-8859-1")
      #expect(finding.remedy == "declare the `encoding` that it has, most likely windows-1252")
    }
  }

  @Test func `a byte that Windows-1252 does not have is a fault with its place`() throws {
    for chunkSize in [1, 6, 4096] {
      let reading = try read(
        Array("Frage \u{FC},R\n".unicodeScalars.map { UInt8($0.value) }) + [0x61, 0x81, 0x2C, 0x31],
        survey(.windows1252),
        chunkSize: chunkSize)
      #expect(reading.codes == ["other-encoding"])
      #expect(reading.report.findings[0].message == "byte 12 of the file is no character of windows-1252")
      #expect(reading.places == ["2:1"])
    }
  }

  @Test func `UTF-8 that is none names the likely encoding`() throws {
    let windows = try read(bytes(["ü": 0xFC, "é": 0xE9, "’": 0x92, "ö": 0xF6, "ß": 0xDF]), survey(.utf8))
    #expect(windows.codes == ["not-utf8"])
    #expect(windows.report.findings[0].message == "byte 7 of the file is not UTF-8")
    #expect(
      windows.report.findings[0].remedy
        == "save the file as UTF-8, or declare its `encoding`, most likely windows-1252")
    let apple = try read(bytes(["ü": 0x9F, "é": 0x8E, "’": 0xD5, "ö": 0x9A, "ß": 0xA7]), survey(.utf8))
    #expect(apple.report.findings[0].remedy?.hasSuffix("most likely macintosh") == true)
  }

  @Test func `another encoding than the declared one is remarked on`() throws {
    let apple = bytes(["ü": 0x9F, "é": 0x8E, "’": 0xD5, "ö": 0x9A, "ß": 0xA7])
    let mixed = try read(
      Array("Q,R\nnot much\u{1},1\nnot at all\u{1},2\n".utf8).map { $0 == 1 ? 0xCA : $0 },
      IngestTests.survey(
        [single("q", .heading("Q"), ["not muchÊ", "not at allÊ"])],
        input: {
          var input = InputLayout()
          input.encoding = .windows1252
          return input
        }()))
    #expect(mixed.codes == ["doubtful-encoding"])
    #expect(mixed.report.findings[0].isRemark)
    #expect(mixed.report.findings[0].message.contains("macintosh"))
    #expect(try read(apple, survey(.macintosh)).report.findings == [])
  }

  @Test func `a mark that contradicts the declaration is a fault`() throws {
    for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
      #expect(try read(mark + [0x51, 0x0A], survey(.windows1252)).codes == ["other-encoding"])
    }
    #expect(try read([0xEF, 0xBB, 0xBF] + Array("Q\n".utf8), survey(.utf16)).codes == ["other-encoding"])
    #expect(try read("Q\nYes\n", survey(.utf16)).codes == ["other-encoding"])
  }

  @Test func `U+0000 in UTF-16 is told with its byte`() throws {
    let reading = try read(
      [0xFF, 0xFE] + wide("Q\n\u{0}", bigEndian: false),
      IngestTests.survey([single("q", .heading("Q"), ["Yes"])]))
    #expect(reading.codes == ["nul-byte"])
    #expect(reading.report.findings[0].message.hasPrefix("byte 7 "))
  }
}
