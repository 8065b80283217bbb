import Testing

@testable import QDAImport

/// What is wrong in a project's XML, and the words for it.
struct FaultTests {
  /// A small project with something in place of its codes, users and sources.
  func project(
    users: String = "<User guid='\(guid(1))'/>",
    codes: String = "<Code guid='\(guid(10))' name='ict' isCodable='true'/>", before: String = "",
    sources: String = ""
  ) -> String {
    """
    <Project xmlns="urn:QDA-XML:project:1.0" name="">
    <Users>\(users)</Users>
    <CodeBook><Codes>
    \(codes)
    </Codes></CodeBook>\(before)
    <Sources>
    \(sources)
    </Sources>
    </Project>
    """
  }

  func source(_ content: String) -> String { "<TextSource guid='\(guid(40))'>\n\(content)</TextSource>" }

  func coding(_ code: String, user: String = "", guid own: String = guid(70)) -> String {
    "<Coding guid='\(own)' creatingUser='\(user)'><CodeRef targetGUID='\(code)'/></Coding>\n"
  }

  func only(_ reading: ImportReading<CodedProject>, _ location: SourceLocation = #_sourceLocation) throws
    -> ImportFault
  {
    try #require(reading.faults.count == 1, "\(reading.marks)", sourceLocation: location)
    return reading.faults[0]
  }

  @Test func `the small project is fine`() {
    #expect(read(project(sources: source(coding(guid(10), user: guid(1))))).content()?.codings.count == 1)
  }

  @Test func `a code that is not there is told once, with how often it is meant`() throws {
    let three = (70...72).map { coding(guid(11), guid: guid($0)) }.joined()
    let fault = try only(read(project(sources: source(three))))
    #expect(fault.code == .unknownCode)
    #expect((fault.line, fault.column) == (8, 1))
    #expect(fault.message == "3 references to a code that the project does not have, the first here")
    #expect(fault.remedy == "Export the project with all of its codes")
    let one = try only(read(project(sources: source(coding(guid(11))))))
    #expect(one.message == "1 reference to a code that the project does not have")
  }

  @Test func `a coder who is not listed is a fault, one who is not named is none`() throws {
    let fault = try only(read(project(sources: source(coding(guid(10), user: guid(2))))))
    #expect(fault.code == .unknownCoder)
    #expect(fault.message == "1 reference to a coder that the project does not list")
    let unnamed = try #require(read(project(sources: source(coding(guid(10))))).content())
    #expect(unnamed.codings.map(\.coder) == [nil])
  }

  @Test func `things of one kind have GUIDs of their own`() throws {
    let twice =
      "<Code guid='\(guid(10))' name='ict'/>\n<Code guid='{\(guid(10).lowercased())}' name='a&#10;b'/>"
    let fault = try only(read(project(codes: twice)))
    #expect(fault.code == .duplicateGUID)
    #expect(fault.message == "the code 'a\\u{A}b' has the GUID of another code, on line 4")
    #expect((fault.line, fault.column) == (5, 1))
    #expect(
      read(project(users: "<User guid='\(guid(1))'/><User guid='\(guid(1))'/>")).marks == [
        "duplicate-guid 2:59"
      ])
    let codings = source(coding(guid(10)) + coding(guid(10)))
    #expect(read(project(sources: codings)).marks == ["duplicate-guid 9:1"])
    #expect(
      read(project(sources: source("") + source(""))).faults.map(\.message) == [
        "the source has the GUID of another source, on line 7"
      ])
    // A selection and its representation share one in files of ATLAS.ti.
    let selections = "<PlainTextSelection guid='\(guid(60))'/><PlainTextSelection guid='\(guid(60))'/>"
    #expect(read(project(sources: source(selections))).faults == [])
  }

  @Test func `what has to be said is missed`() {
    #expect(
      read(project(codes: "<Code guid='\(guid(10))'/><Code name='b'/><Code/>")).faults.map(\.message) == [
        "the code has no name", "the code 'b' has no GUID", "the code has no GUID", "the code has no name",
      ])
    #expect(
      read(project(users: "<User name='x'/>", sources: "<PDFSource name='y'/>")).faults.map(\.message) == [
        "the coder has no GUID", "the source has no GUID",
      ])
    #expect(
      read(project(sources: source("<Coding guid='\(guid(70))'><CodeRef/></Coding>"))).marks
        == ["missing-attribute 8:53"])
  }

  @Test func `a GUID is hexadecimal digits in groups`() {
    let whole = guid(10)
    for wrong in [
      "x", whole + "0", "{" + whole, String(whole.dropLast()) + "G", whole.replacing("-", with: "0"),
    ] {
      let reading = read(project(codes: "<Code guid='\(wrong)' name='ict'/>"))
      #expect(reading.marks == ["malformed-guid 4:1"])
      #expect(
        reading.faults.map(\.message) == [
          "the GUID of the code 'ict' is not a GUID of 8, 4, 4, 4 and 12 hexadecimal digits"
        ])
    }
    #expect(read(project(sources: source(coding("x")))).marks == ["malformed-guid 8:69"])
    #expect(read(project(sources: source(coding(whole, user: "x")))).marks == ["malformed-guid 8:1"])
    #expect(read(project(sources: source(coding(whole, guid: "x")))).marks == ["malformed-guid 8:1"])
  }

  @Test func `isCodable is true or false`() {
    let codes = "<Code guid='\(guid(10))' name='ict' isCodable='maybe'/>"
    #expect(read(project(codes: codes)).marks == ["malformed-value 4:1"])
  }

  @Test func `a coding has a code and a source`() {
    #expect(
      read(project(sources: source("<Coding guid='\(guid(70))'/>"))).marks == ["coding-without-code 8:1"])
    // In a code, between sources, in a description, in an element that the schema does not have, in another coding.
    let one = coding(guid(10))
    #expect(
      read(project(codes: "<Code guid='\(guid(10))' name='ict'>\(one)</Code>")).marks == [
        "misplaced-coding 4:62"
      ])
    #expect(read(project(sources: one)).marks == ["misplaced-coding 7:1"])
    #expect(
      read(project(sources: source("<Description>\(one)</Description>"))).marks == ["misplaced-coding 8:14"])
    #expect(
      read(project(sources: source("<New><Deep>\(one)</Deep></New>"))).marks == ["misplaced-coding 8:12"])
    #expect(
      read(project(sources: source("<v:New xmlns:v='urn:v'>\(one)</v:New>"))).marks == [
        "misplaced-coding 8:24"
      ])
    #expect(
      read(project(sources: source("<Coding><CodeRef targetGUID='\(guid(10))'/>\(one)</Coding>"))).marks
        == ["misplaced-coding 8:69"])
  }

  @Test func `cases refer to what there is`() {
    func cases(_ content: String) -> ImportReading<CodedProject> {
      read(
        project(before: "<Cases>\n<Case guid='\(guid(30))'>\(content)</Case></Cases>", sources: source("")))
    }
    #expect(cases("<SourceRef targetGUID='\(guid(40))'/>").faults == [])
    #expect(cases("<SourceRef targetGUID='\(guid(41))'/>").marks == ["unknown-source 6:51"])
    #expect(cases("<CodeRef targetGUID='\(guid(11))'/>").marks == ["unknown-code 6:51"])
    #expect(cases("<SelectionRef targetGUID='\(guid(60))'/>").marks == ["unknown-selection 6:51"])
    #expect(
      cases("<VariableValue><VariableRef targetGUID='\(guid(20))'/></VariableValue>").marks
        == ["unknown-variable 6:66"])
    let late = project(sources: source("")).replacing(
      "</Project>",
      with:
        "<Cases><Case guid='\(guid(30))'><SelectionRef targetGUID='\(guid(60))'/></Case></Cases></Project>")
    #expect(read(late).marks == ["misplaced-case 10:58"])
  }

  @Test func `many faults of a kind are told in part and counted`() throws {
    let codes = String(repeating: "<Code guid='x' name='ict'/>\n", count: 1025)
    let faults = read(project(codes: codes)).faults
    #expect(faults.count == 21)
    #expect(faults.last?.message == "and 1,005 more faults of this kind from here on")
    #expect(faults.last?.line == 24)
  }

  @Test func `faults of different kinds are told together, in order`() {
    let codes = "<Code guid='x' name='ict'/><Code guid='\(guid(10))' name=''/>"
    #expect(
      read(project(codes: codes, sources: source(coding(guid(11), user: guid(2))))).marks == [
        "malformed-guid 4:1", "missing-attribute 4:28", "unknown-code 8:1", "unknown-coder 8:1",
      ])
  }
}
