import Foundation
import Testing

@testable import Canvass

/// `canvass tally` and `canvass merge`, and a run that goes on from what they counted.
@Suite struct PartialTallyTests {
  private func path(_ tiny: TinySurvey, _ name: String) -> String { tiny.folder + "/" + name }

  private func tally(
    _ tiny: TinySurvey, _ range: String? = nil, to name: String, threads: Int = 1
  ) -> Told {
    var request = TallyRequest(surveyFolder: tiny.survey, output: path(tiny, name))
    request.range = range
    request.threads = threads
    return told { Canvass.tally(request, on: $0) }
  }

  private func merge(_ tiny: TinySurvey, _ names: [String], to name: String) -> Told {
    told { Canvass.merge(names.map { path(tiny, $0) }, to: path(tiny, name), on: $0) }
  }

  private func size(_ tiny: TinySurvey) throws -> Int {
    try #require(FileManager.default.contents(atPath: tiny.survey + "/2026/responses.csv")).count
  }

  private func bytes(_ tiny: TinySurvey, _ name: String) throws -> Data {
    try #require(FileManager.default.contents(atPath: path(tiny, name)))
  }

  @Test(arguments: [1, 2, 5, 9])
  func `parts cut anywhere add up to the whole, in any order, and run on to the same release`(seed: Int)
    throws
  {
    let tiny = try TinySurvey()
    let size = try size(tiny)
    #expect(tally(tiny, "0:\(size)", to: "whole").status == .done)
    #expect(tiny.run { $0.isQuiet = true }.status == .done)
    let released = try tiny.outputs().filter { !$0.key.hasSuffix("receipt.json") }
    // Cuts within quoted texts, of which every record has one with a break, and between them.
    let cuts = [0] + (1...4).map { size * $0 / 5 + seed * $0 } + [size]
    let ranges = zip(cuts, cuts.dropFirst()).map { "\($0):\($1)" }
    for (number, range) in ranges.enumerated() {
      let told = tally(tiny, range, to: "part-\(number)")
      #expect(told.status == .done && told.errors.isEmpty, "\(told.errors)")
    }
    let names = ranges.indices.map { "part-\($0)" }
    #expect(merge(tiny, names.reversed(), to: "merged").status == .done)
    #expect(merge(tiny, Array(names[..<2]), to: "early").status == .done)
    #expect(merge(tiny, Array(names[2...]), to: "late").status == .done)
    #expect(merge(tiny, ["late", "early"], to: "again").status == .done)
    for name in ["merged", "again"] {
      #expect(try bytes(tiny, name) == bytes(tiny, "whole"))
      try FileManager.default.removeItem(atPath: tiny.output)
      let told = tiny.run {
        $0.partial = path(tiny, name)
        $0.isQuiet = true
      }
      #expect(told.status == .done, "\(told.errors)")
      #expect(try tiny.outputs().filter { !$0.key.hasSuffix("receipt.json") } == released)
    }
  }

  @Test func `the file says what it is, only its owner may read it, and it holds no id and no text`() throws {
    let tiny = try TinySurvey()
    let told = tally(tiny, to: "counts")
    #expect(
      told.output == "\(path(tiny, "counts")): 80 responses of bytes 0 to \(try size(tiny)); confidential\n")
    let text = String(decoding: try bytes(tiny, "counts"), as: UTF8.self)
    #expect(text.hasPrefix("CONFIDENTIAL: "))
    #expect(!text.contains(TinySurvey.marker))
    let mode = try FileManager.default.attributesOfItem(atPath: path(tiny, "counts"))[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func `parts that do not go together are told`() throws {
    let tiny = try TinySurvey()
    let size = try size(tiny)
    for (name, range) in [("a", "0:900"), ("b", "900:1500"), ("c", "1500:\(size)"), ("b2", "800:1500")] {
      #expect(tally(tiny, range, to: name).status == .done)
    }
    let apart = merge(tiny, ["a", "c"], to: "x")
    #expect(
      apart.status == .faults && apart.errors.contains("nothing counts bytes 900 to 1500"), "\(apart.errors)")
    let twice = merge(tiny, ["a", "b2"], to: "x")
    #expect(twice.status == .faults && twice.errors.contains("bytes 800 to 900 are in"), "\(twice.errors)")
    #expect(!FileManager.default.fileExists(atPath: path(tiny, "x")))

    let part = tiny.run { $0.partial = path(tiny, "a") }
    #expect(
      part.status == .faults && part.errors.contains("the file counts bytes 0 to 900"), "\(part.errors)")
    #expect(merge(tiny, ["c", "b", "a"], to: "all").status == .done)
    try tiny.write(TinySurvey.definition.replacing("Everyone", with: "All of us"), to: "survey.yaml")
    let changed = tiny.run { $0.partial = path(tiny, "all") }
    #expect(
      changed.status == .faults && changed.errors.contains("a change of survey.yaml"), "\(changed.errors)")
    #expect(tally(tiny, "900:1500", to: "b").status == .done)
    let mixed = merge(tiny, ["a", "b"], to: "x")
    #expect(mixed.status == .faults && mixed.errors.contains("another survey, wave, definition or file"))
    #expect(try tiny.outputs().isEmpty)
  }

  @Test func `a part that was cut within a record and did not notice is told, with the range to tally`()
    throws
  {
    let tiny = try TinySurvey()
    // One text of which every line looks like a record.
    let inner = (0..<40).map { "x\($0),Staff,Good,,,\n" }.joined()
    try tiny.write(TinySurvey.responses() + "last,Staff,Good,,,\"\(inner)\"\n", to: "2026/responses.csv")
    let size = try size(tiny)
    let cut = size - 300
    #expect(tally(tiny, "0:\(cut)", to: "a").status == .done)
    #expect(tally(tiny, "\(cut):\(size)", to: "b").status == .done)
    // All that begins behind the cut is within the last record, which the first part has.
    #expect(merge(tiny, ["a", "b"], to: "whole").status == .done)
    #expect(tiny.run { $0.partial = path(tiny, "whole") }.status == .done)

    // Two such texts: what opens one seems to close the other, so that a part that begins in the first and ends in the second reads
    // nothing but records as they should be.
    let two = "first,Staff,Good,,,\"\n\(inner)y,Staff,Good,,,\"\nsecond,Staff,Poor,1,0,\"\n\(inner)\"\n"
    try tiny.write(TinySurvey.responses() + two, to: "2026/responses.csv")
    let end = try self.size(tiny)
    let second = end - inner.utf8.count - "second,Staff,Poor,1,0,\"\n\"\n".utf8.count
    let (from, to) = (second - 200, end - 200)
    for (name, range) in [("a", "0:\(from)"), ("b", "\(from):\(to)"), ("c", "\(to):\(end)")] {
      #expect(tally(tiny, range, to: name).status == .done)
    }
    let wrong = merge(tiny, ["a", "b", "c"], to: "other")
    #expect(wrong.status == .faults && wrong.errors.contains("--range \(second):\(to)"), "\(wrong.errors)")
    #expect(tally(tiny, "\(second):\(to)", to: "b").status == .done)
    #expect(merge(tiny, ["a", "b", "c"], to: "parts").status == .done)
    #expect(tally(tiny, "0:\(end)", to: "whole").status == .done)
    #expect(try bytes(tiny, "parts") == bytes(tiny, "whole"))
  }

  @Test func `faults are told with the lines of the whole file, and nothing is written`() throws {
    let tiny = try TinySurvey()
    try tiny.write(
      TinySurvey.responses().replacing("79,Officer", with: "79,Nobody"), to: "2026/responses.csv")
    let size = try size(tiny)
    let told = tally(tiny, "2000:\(size)", to: "counts")
    #expect(told.status == .faults)
    // Two lines a record.
    #expect(told.errors.contains("responses.csv:160:2: "), "\(told.errors)")
    #expect(!FileManager.default.fileExists(atPath: path(tiny, "counts")))
    #expect(tally(tiny, "0:2000", to: "counts").status == .done)
  }

  @Test func `a file that is no tally, or is damaged, is told`() throws {
    let tiny = try TinySurvey()
    #expect(tally(tiny, to: "counts").status == .done)
    let whole = try bytes(tiny, "counts")
    for (name, data) in [
      ("other", Data("ID,Role\n".utf8)), ("short", whole.dropLast(9)), ("empty", Data()),
      (
        "changed",
        Data(
          String(decoding: whole, as: UTF8.self).replacing("\"responses\":80", with: "\"responses\":81").utf8)
      ),
    ] {
      try data.write(to: URL(filePath: path(tiny, name)))
      let told = tiny.run { $0.partial = path(tiny, name) }
      #expect(told.status == .faults && told.errors.hasPrefix(path(tiny, name) + ": "), "\(told.errors)")
    }
    #expect(tiny.run { $0.partial = path(tiny, "nowhere") }.status == .file)
  }

  @Test(arguments: ["5", "5:5", "a:b", "-1:5", "5:3", "1:2:3"])
  func `a range that is none is wrong usage`(range: String) throws {
    let tiny = try TinySurvey()
    #expect(tally(tiny, range, to: "counts").status == .usage)
  }

  @Test func `one wave of several has to be named`() throws {
    let tiny = try TinySurvey(waves: ["2026", "2027"])
    #expect(tally(tiny, to: "counts").status == .usage)
    var request = TallyRequest(surveyFolder: tiny.survey, output: path(tiny, "counts"))
    request.wave = "2027"
    #expect(told { Canvass.tally(request, on: $0) }.status == .done)
    #expect(tiny.run { $0.partial = path(tiny, "counts") }.status == .usage)
    let other = tiny.run {
      $0.partial = path(tiny, "counts")
      $0.waves = ["2026"]
    }
    #expect(
      other.status == .faults && other.errors.contains("the counts are of wave 2027"), "\(other.errors)")
  }
}
