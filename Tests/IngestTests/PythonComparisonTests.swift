import Foundation
import SurveyDefinition
import Testing

@testable import Ingest

/// Reading compared with Python's csv module, which shares no code with libcsv: 100,000 texts, ten thousand a seed.
///
/// Both must give the same records with the lines on which they start, or both a fault. They differ in one thing by
/// design: a quotation mark inside a cell that does not begin with one is text for Python, and a fault here, as exports
/// do not write it, and taking it for text hides the cell that lost its first quotation mark.
struct PythonComparisonTests {
  /// One text, how it is to be read, and what Python is given for it.
  struct Sample {
    var form: TextForm
    var text: String
    /// The same without what only Python minds: blanks behind a closing quotation mark.
    var plain: String
    /// Whether Python may take for text what is a fault here.
    var isWellFormed: Bool
  }

  /// Reads texts, each below a line with its length, separator and quoting, and prints for each `fault` or its records in
  /// hexadecimal with the line on which each starts. Blanks at both ends of a cell do not count, as for canvass; nor do
  /// records of one blank cell in a text that has blanks, where only the file shows whether the line was empty.
  static let script = """
    import csv, io, sys
    data = sys.stdin.buffer
    while True:
        head = data.readline()
        if not head: break
        length, separator, quoting = map(int, head.split())
        text = data.read(length).decode('utf-8-sig')
        records = []
        try:
            reader = csv.reader(io.StringIO(text, newline=''), strict=True, delimiter=chr(separator),
                quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE, skipinitialspace=True)
            line = 1
            for row in reader:
                row = [cell.strip(' \\t') for cell in row]
                if row and not (row == [''] and ' ' in text):
                    records.append(str(line) + ':' + ','.join(c.encode().hex() for c in row))
                line = reader.line_num + 1
            print('ok', *records)
        except csv.Error:
            print('fault')
    """

  /// What Python makes of the texts; nil where there is no Python.
  func python(_ samples: [Sample]) throws -> [String]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script]
    let folder = FileManager.default.temporaryDirectory
    let input = folder.appending(path: "canvass-\(UUID().uuidString).in")
    let output = folder.appending(path: "canvass-\(UUID().uuidString).out")
    defer {
      try? FileManager.default.removeItem(at: input)
      try? FileManager.default.removeItem(at: output)
    }
    var bytes: [UInt8] = []
    for sample in samples {
      bytes += "\(sample.plain.utf8.count) \(sample.form.separator) \(sample.form.quoting ? 1 : 0)\n".utf8
      bytes += sample.plain.utf8
    }
    try Data(bytes).write(to: input)
    try Data().write(to: output)
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    let lines = try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
    return lines.count == samples.count ? lines : nil
  }

  /// Writes records down in the form of the script.
  struct Writer: TableReading {
    let file = "responses.csv"
    let content = "responses"
    let hasDeclaredText = true
    let hasBlanks: Bool
    var hasHeader = false
    var hasStopped = false
    /// A file without any record has no fault for Python.
    var isFault = false
    var written = Array("ok".utf8)

    mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?) {
      hasStopped = true
      isFault = code != "empty-file"
    }
    mutating func remark(_ code: String, at place: Place, _ message: String, remedy: String?) {}

    mutating func read(_ bytes: RawSpan, _ bounds: Span<UInt32>, _ heads: Span<RecordHead>) {
      let digits = Array("0123456789abcdef".utf8)
      func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
      for index in heads.indices {
        let head = heads[index]
        hasHeader = true
        var record: [UInt8] = []
        for cell in 0..<head.cellCount {
          var start = Int(bounds[head.firstBound + cell])
          var end = Int(bounds[head.firstBound + cell + 1])
          while start < end, isBlank(bytes.byte(at: start)) { start += 1 }
          while start < end, isBlank(bytes.byte(at: end - 1)) { end -= 1 }
          if cell > 0 { record.append(UInt8(ascii: ",")) }
          for offset in start..<end {
            record.append(digits[Int(bytes.byte(at: offset) >> 4)])
            record.append(digits[Int(bytes.byte(at: offset) & 15)])
          }
        }
        if hasBlanks, record.isEmpty { continue }
        written += " \(head.line):".utf8
        written += record
      }
    }
  }

  /// The same from libcsv: every record of the file, none of which is a header.
  func ours(_ sample: Sample, chunkSize: Int) throws -> String {
    var writer = Writer(hasBlanks: sample.plain.utf8.contains(0x20))
    _ = try readTable(
      .memory(Array(sample.text.utf8)), sample.form, chunkSize: chunkSize, progress: nil, into: &writer
    ) { $0.read($1, $2, $3) }
    return writer.isFault ? "fault" : String(decoding: writer.written, as: UTF8.self)
  }

  @Test(arguments: 20_121_220...20_121_229)
  func `ten thousand texts are read as Python reads them`(seed: UInt64) throws {
    var random = SeededRandom(state: seed)
    let samples = (0..<10_000).map { $0 % 2 == 0 ? soup(&random) : wellFormed(&random) }
    guard let expected = try python(samples) else {
      print("skipped: 1 comparison of \(samples.count) texts with Python's csv, as python3 does not run")
      return
    }
    var counts: [String: Int] = [:]
    for (sample, theirs) in zip(samples, expected) {
      let chunkSize = Int.random(in: 1...30, using: &random)
      let mine = try ours(sample, chunkSize: chunkSize)
      let isAlike = mine == theirs
      let isStricter =
        mine == "fault" && !sample.isWellFormed && sample.form.quoting && theirs.contains("22")
      #expect(
        isAlike || isStricter,
        "seed \(seed), chunks of \(chunkSize), \(sample.form): \(sample.text.debugDescription)")
      counts[isStricter ? "stricter" : mine == "fault" ? "faults" : "read", default: 0] += 1
    }
    #expect(counts["read", default: 0] > 6_000 && counts["faults", default: 0] > 500, "seed \(seed)")
  }

  private static let letters = ["x", "é", "yes", "a b", "1", "\u{A0}", "\u{1F600}", "\u{2028}", ""]

  private func form(_ random: inout SeededRandom) -> (TextForm, separator: String) {
    let separator = [",", ",", ";", "\t", "|"][Int.random(in: 0..<5, using: &random)]
    return (
      TextForm(separator: separator.utf8.first ?? 0, quoting: Int.random(in: 0..<5, using: &random) > 0),
      separator
    )
  }

  private func mark(_ random: inout SeededRandom) -> String {
    Int.random(in: 0..<10, using: &random) == 0 ? "\u{FEFF}" : ""
  }

  /// Anything at all, most of it with quotation marks where they may not be.
  func soup(_ random: inout SeededRandom) -> Sample {
    let (form, separator) = form(&random)
    let pieces =
      Self.letters + [
        separator, separator, separator, "\"", "\"", "\"\"", separator + "\"", "\"" + separator, "\n", "\r\n",
        "\r",
        "\n\"", " ", ",",
      ]
    var text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }.joined()
    // Whether blanks behind a quotation mark stand behind a cell or within it is for a parser to say.
    while text.contains("\" ") { text = text.replacing("\" ", with: "\"") }
    text = mark(&random) + text
    return Sample(form: form, text: text, plain: text, isWellFormed: false)
  }

  /// A file such as a survey platform writes, with quotes, blanks and breaks where they may be.
  func wellFormed(_ random: inout SeededRandom) -> Sample {
    let (form, separator) = form(&random)
    let breaks = ["\n", "\r\n", "\r"]
    let ending = breaks[Int.random(in: 0..<3, using: &random)]
    let isMixed = Int.random(in: 0..<4, using: &random) == 0
    let within = Self.letters + breaks + [",", separator, "\"\"", " "]
    func blanks() -> String { String(repeating: " ", count: max(0, Int.random(in: -6...2, using: &random))) }
    var text = mark(&random)
    var plain = text
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      for column in 0..<Int.random(in: 1...4, using: &random) {
        let isQuoted = form.quoting && Bool.random(using: &random)
        let usable = isQuoted ? within : Self.letters + (form.quoting ? [] : ["\""])
        var cell = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          usable[Int.random(in: 0..<usable.count, using: &random)]
        }.joined()
        if isQuoted { cell = "\"\(cell)\"" }
        let before = blanks()
        let gap = column > 0 ? separator : ""
        let after = blanks()
        text += gap + before + cell + after
        plain += gap + before + cell + (isQuoted ? "" : after)
      }
      let end = isMixed ? breaks[Int.random(in: 0..<3, using: &random)] : ending
      let isSpaced = Int.random(in: 0..<8, using: &random) == 0
      text += isSpaced ? end + end : end
      plain += isSpaced ? end + end : end
    }
    if Bool.random(using: &random), let last = text.unicodeScalars.last, last == "\n" || last == "\r" {
      // Also files that do not end in a break.
      text.unicodeScalars.removeLast()
      plain.unicodeScalars.removeLast()
    }
    return Sample(form: form, text: text, plain: plain, isWellFormed: true)
  }
}

/// SplitMix64. Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA 2014.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
