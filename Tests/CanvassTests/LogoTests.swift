import Foundation
import Testing

@testable import Canvass

/// A logo of the user's own, from a file beside survey.yaml into every page.
@Suite struct LogoTests {
  private static let svg =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\"><!-- made by Somebody --><rect width=\"20\" height=\"10\" fill=\"#123456\"/></svg>"

  private func survey(_ logo: String, pack: String = "") throws -> TinySurvey {
    let definition = TinySurvey.definition.replacing(
      "packs:\n  all: { title: Everyone, who: everyone }",
      with: "briefing: { logo: \(logo) }\npacks:\n  all: { title: Everyone, who: everyone\(pack) }")
    return try TinySurvey(definition: definition)
  }

  private func images(_ path: String, of survey: TinySurvey) throws -> [PageElement] {
    try PageReader.root(of: [UInt8](Data(contentsOf: URL(filePath: survey.output + "/tiny/" + path)))).all(
      "img")
  }

  @Test func `a logo stands in each page, complete in itself`() throws {
    let survey = try survey(
      "{ file: our.svg, alt: \"Us & <you>\" }", pack: ", briefing: { logo: { file: theirs.svg, alt: Them } }")
    try survey.write(Self.svg, to: "our.svg")
    try survey.write(Self.svg.replacing("#123456", with: "#654321"), to: "theirs.svg")
    let told = survey.run()
    #expect(told.status == .done, "\(told.errors)")
    for (path, alt, colour) in [
      ("2026/staff/briefing.html", "Us & <you>", "#123456"), ("index.html", "Us & <you>", "#123456"),
      ("2026/all/briefing.html", "Them", "#654321"),
    ] {
      let image = try #require(try images(path, of: survey).first)
      #expect(image.attributes["alt"] == alt)
      let address = try #require(image.attributes["src"])
      #expect(address.hasPrefix("data:image/svg+xml;base64,"))
      let bytes = try #require(Data(base64Encoded: String(address.drop { $0 != "," }.dropFirst())))
      let picture = String(decoding: bytes, as: UTF8.self)
      #expect(picture.contains(colour) && !picture.contains("Somebody"))
    }
    let receipt = try String(contentsOfFile: survey.release + ".receipt.json", encoding: .utf8)
    #expect(receipt.contains("logo our.svg") && receipt.contains(sha256(Array(Self.svg.utf8))))
  }

  @Test(
    arguments: [
      ("{ file: our.svg, alt: Us }", nil, "there is no file `our.svg` beside survey.yaml"),
      ("{ file: ../our.svg, alt: Us }", nil, "the name of a file beside survey.yaml, not a path"),
      (
        "{ file: /etc/hostname, alt: Us }", nil, "the name of a file beside survey.yaml, not a path"
      ),
      ("{ file: .., alt: Us }", nil, "the name of a file beside survey.yaml, not a path"),
      ("{ file: our.svg }", svg, "`logo` needs the key `alt`"),
      ("{ file: our.svg, alt: \"\" }", svg, "`alt` has no value"),
      ("our.svg", svg, "`logo` is a map"),
      ("{ file: our.svg, alt: Us }", "<svg><script/></svg>", "line 1: it is neither PNG nor SVG"),
      (
        "{ file: our.svg, alt: Us }", svg.replacing("<rect", with: "<rect onclick=\"x()\""),
        "`onclick` would run when something happens"
      ),
      (
        "{ file: our.svg, alt: Us }", String(repeating: " ", count: 70_000), "it has more than 64 KiB"
      ),
    ] as [(String, String?, String)])
  func `a logo that cannot stand there is told with its place, and nothing is written`(
    _ logo: String, _ file: String?, _ words: String
  ) throws {
    let survey = try survey(logo)
    if let file { try survey.write(file, to: "our.svg") }
    for told in [survey.check(), survey.run()] {
      #expect(told.status == .faults)
      #expect((told.output + told.errors).contains("survey.yaml:20:"), "\(told.errors)")
      #expect((told.output + told.errors).contains(words), "\(told.errors)")
    }
    #expect(try survey.outputs().isEmpty)
  }
}
