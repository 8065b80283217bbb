import Foundation
import Testing

@testable import QDAImport

struct CodebookTests {
  static let taguette = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Resources/taguette")

  func read(_ text: String) throws -> ImportReading<Codebook> {
    let folder = try WorkFolder()
    return try readCodebook(at: folder.file("codebook.qdc", Array(text.utf8)))
  }

  @Test func `the codebook that Taguette writes is read`() throws {
    let path = CodebookTests.taguette.appending(path: "codebook.qdc").path()
    let codebook = try #require(try readCodebook(at: path).content())
    #expect(
      codebook.codes.map(\.name) == [
        "interesting", "ict", "ict.joined_up", "training", "estate, \"old\"", "unused",
      ])
    #expect(codebook.codes.allSatisfy { $0.isCodable && $0.parent == nil })
    #expect(codebook.codes[1].guid.description == "A0704F68-E71A-5F04-8AB0-56BBB1B9D43F")
  }

  @Test func `the tags of Taguette's highlights are codes of its codebook`() throws {
    let path = CodebookTests.taguette.appending(path: "codebook.qdc").path()
    let names = try Set(#require(try readCodebook(at: path).content()).codes.map(\.name))
    let table = try String(
      contentsOf: CodebookTests.taguette.appending(path: "highlights.csv"), encoding: .utf8)
    let lines = table.split(separator: "\r\n")
    #expect(lines.first == "id,document,tag,content")
    #expect(lines.count == 12)
    // No cell before the tag has a comma, and one tag is in quotation marks.
    for line in lines.dropFirst() where !line.contains("estate") {
      #expect(names.contains(String(line.split(separator: ",")[2])))
    }
  }

  @Test(arguments: ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0"])
  func `codes inside codes are read, in either spelling of the namespace`(_ namespace: String) throws {
    let codebook = try #require(
      try read(
        """
        <CodeBook xmlns="\(namespace)"><Codes>
        <Code guid="\(guid(1))" name="a"><Description>d</Description><Code guid="\(guid(2))" name="b"/></Code>
        </Codes><Sets><Set guid="\(guid(3))" name="s"><MemberCode guid="\(guid(1))"/></Set></Sets></CodeBook>
        """
      ).content())
    #expect(codebook.codes.map(\.parent) == [nil, 0])
    #expect(codebook.path(ofCode: 1) == ["a", "b"])
  }

  @Test func `a codebook has the faults that a project has`() throws {
    #expect(
      try read("<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes><Code/></Codes></CodeBook>").marks
        == ["missing-attribute 1:51", "missing-attribute 1:51"])
    #expect(try read("<CodeBook/>").marks == ["wrong-namespace 1:1"])
    #expect(try read("PK\u{3}\u{4}").faults.map(\.code) == [.notXML])
    #expect(
      try read(madeUpProject).faults.map(\.message) == ["the file is a project, not a codebook"])
  }

  @Test func `every cut of a codebook is a fault`() throws {
    let whole = Array(try Data(contentsOf: CodebookTests.taguette.appending(path: "codebook.qdc")))
    let folder = try WorkFolder()
    for count in whole.indices.dropLast() {
      let path = try folder.file("cut.qdc", Array(whole.prefix(count)))
      #expect(try !readCodebook(at: path).faults.isEmpty, "\(count) bytes")
    }
  }
}
