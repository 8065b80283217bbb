import Testing

@testable import QDAImport

/// Files that are no XML of the right kind, or XML that was made to do harm.
struct XMLFaultTests {
  @Test(arguments: [
    ("", "1:1", "no element found"), ("no XML", "1:1", "syntax error"),
    ("<Project", "1:1", "unclosed token"),
    ("<Project xmlns='urn:QDA-XML:project:1.0'>\n<Users>\n</Project>", "3:3", "mismatched tag"),
    ("<Project xmlns='urn:QDA-XML:project:1.0'/>\n<Project/>", "2:1", "junk after document element"),
    ("<Project xmlns='urn:QDA-XML:project:1.0'>&x;</Project>", "1:42", "undefined entity"),
    ("<Project xmlns='urn:QDA-XML:project:1.0'>\u{0}</Project>", "1:42", "not well-formed (invalid token)"),
  ])
  func `what is not XML is told with expat's word and place`(_ text: String, _ place: String, _ word: String)
  {
    let reading = read(text)
    #expect(reading.marks == ["not-xml \(place)"])
    #expect(reading.faults.map(\.message) == ["the file is not well-formed XML: \(word)"])
  }

  @Test func `bytes that are no UTF-8 are told with their place`() {
    let bytes =
      Array("<Project xmlns='urn:QDA-XML:project:1.0'>\n".utf8) + [0xC3, 0x28] + Array("</Project>".utf8)
    #expect(read(bytes).marks == ["not-xml 2:1"])
  }

  @Test func `an encoding that cannot be read is told`() {
    let reading = read("<?xml version='1.0' encoding='windows-1252'?>\n<Project/>")
    #expect(reading.faults.map(\.code) == [.unknownEncoding])
    #expect(reading.faults.map(\.remedy) == ["Save it as UTF-8"])
  }

  @Test(arguments: [
    "<!DOCTYPE Project>", "<!DOCTYPE Project SYSTEM 'file:///etc/passwd'>",
    "<!DOCTYPE Project [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>",
    "<!DOCTYPE Project [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "<!DOCTYPE Project [<!ELEMENT",
  ])
  func `a document type is refused unread`(_ declaration: String) {
    let text =
      "<?xml version='1.0'?>\n" + declaration + "<Project xmlns='urn:QDA-XML:project:1.0'>&c;&x;</Project>"
    for chunkSize in [1, 7, 4096] {
      let reading = read(Array(text.utf8), chunkSize: chunkSize)
      #expect(reading.faults.map(\.code) == [.documentType])
      #expect(reading.faults.map(\.line) == [2])
    }
  }

  @Test func `the root has to be a project in the standard's namespace`() {
    #expect(
      read("<html/>").faults == [
        ImportFault(
          .wrongRoot, at: XMLPlace(line: 1, column: 1), "the file is not a REFI-QDA project",
          remedy: "Export the project, with its documents and codings, in the form REFI-QDA project (.qdpx)")
      ])
    #expect(
      read("<CodeBook xmlns='urn:QDA-XML:codebook:1.0'/>").faults.map(\.message) == [
        "the file is a codebook, not a project"
      ])
    for namespace in ["", "urn:QDA-XML:project:2.0", "urn:QDA-XML:project:1.0 ", "urn:qda-xml:project:1.0"] {
      let reading = read("<Project xmlns='\(namespace)'><Sources/></Project>")
      #expect(reading.marks == ["wrong-namespace 1:1"])
    }
    #expect(
      read("<Project/>").faults.map(\.message) == [
        "the element Project is in none of the namespaces urn:QDA-XML:project:1.0 and urn:QDA-XML:project:1.5"
      ])
  }

  @Test func `an element that lost its namespace is a fault, not passed over`() {
    let lost = "<q:Project xmlns:q='urn:QDA-XML:project:1.0'>\n<Sources/>\n<q:Users/></q:Project>"
    #expect(read(lost).marks == ["wrong-namespace 2:1"])
    let mixed =
      "<Project xmlns='urn:QDA-XML:project:1.0'>\n<Sources xmlns='urn:QDA-XML:project:1.5'/></Project>"
    #expect(read(mixed).marks == ["wrong-namespace 2:1"])
  }

  @Test func `elements nest to a limit`() {
    func nested(_ depth: Int) -> ImportReading<CodedProject> {
      let codes = String(repeating: "<Code name='a' guid='\(guid(10))'>", count: depth - 3)
      let ends = String(repeating: "</Code>", count: depth - 3)
      return read(
        "<Project xmlns='urn:QDA-XML:project:1.0'><CodeBook><Codes>\(codes)\(ends)</Codes></CodeBook></Project>"
      )
    }
    #expect(nested(256).faults.allSatisfy { $0.code == .duplicateGUID })
    #expect(nested(257).faults.contains { $0.code == .nestedTooDeep })
    // Far beyond what recursion could bear.
    let abyss = "<Project xmlns='urn:QDA-XML:project:1.0'>" + String(repeating: "<a>", count: 1_000_000)
    #expect(read(abyss).faults.map(\.code) == [.nestedTooDeep])
  }

  @Test func `tags and comments are held to a limit, texts may be longer`() {
    var limits = ImportLimits()
    limits.maximumTagBytes = 1000
    let start = "<Project xmlns='urn:QDA-XML:project:1.0'>"
    func codes(_ content: String) -> [ImportFault.Code] {
      let bytes = Array((start + content + "</Project>").utf8)
      return read(bytes, limits: limits, chunkSize: 64).faults.map(\.code)
    }
    let long = String(repeating: "long ", count: 300)
    #expect(codes("<a name='\(long)'/>") == [.tagTooLong])
    #expect(codes("<!--\(long)-->") == [.tagTooLong])
    #expect(codes("<?p \(long)?>") == [.tagTooLong])
    #expect(codes("<a>\(long)</a><a>\n\(long)<![CDATA[\(long)]]></a>") == [])
    #expect(codes("<a name='\(long.prefix(900))'/><!--\(long.prefix(900))-->") == [])
    #expect(read(Array((start + "<!--\(long)--></Project>").utf8), chunkSize: 64).faults == [])
  }

  @Test func `the XML is held to a limit`() {
    var limits = ImportLimits()
    limits.maximumProjectBytes = madeUpProject.utf8.count
    #expect(read(madeUpProject, limits: limits).faults == [])
    limits.maximumProjectBytes -= 1
    #expect(read(madeUpProject, limits: limits).faults.map(\.code) == [.projectTooLarge])
    limits.maximumProjectBytes = 2048
    #expect(
      read(madeUpProject, limits: limits).faults.map(\.message) == ["the project has more than 2 KiB of XML"])
  }
}
