import Testing

@testable import QDAImport

/// What is read of a project in which all is well.
struct ProjectTests {
  func project(_ location: SourceLocation = #_sourceLocation) throws -> CodedProject {
    try #require(read(madeUpProject).content(location))
  }

  @Test func `codes come in document order, with those above them`() throws {
    let project = try project()
    #expect(project.codes.map(\.name) == ["ict", "joined up", "twice", "training & time"])
    #expect(project.codes.map(\.parent) == [nil, 0, 1, nil])
    #expect(project.codes.map(\.isCodable) == [false, true, true, true])
    #expect(project.codes.map(\.guid.description) == [guid(10), guid(11), guid(12), guid(13)])
    #expect(project.codes[0].line == 9)
    #expect(project.path(ofCode: 2) == ["ict", "joined up", "twice"])
  }

  @Test func `coders are told apart`() throws {
    let project = try project()
    #expect(project.coders.map(\.guid.description) == [guid(1), guid(2)])
    #expect(project.coders.map(\.name?.revealed) == [secret(2), nil])
  }

  @Test func `sources of every kind are read, with the cases they belong to and their values`() throws {
    let project = try project()
    #expect(project.sources.map(\.kind) == [.text, .pdf, .picture, .audio, .video])
    #expect(project.sources[0].name?.revealed == secret(9))
    #expect(project.sources[4].name == nil)
    #expect(project.sources.map(\.cases) == [[0], [1], [], [], []])
    #expect(project.cases.map(\.name?.revealed) == [secret(6), nil])
    #expect(project.cases.map(\.codes) == [[0], []])
    #expect(project.variables.map(\.name) == ["number", "years"])
    #expect(project.cases[0].values.map(\.variable) == [0, 1])
    #expect(project.cases[0].values.map(\.text?.revealed) == [secret(8), nil])
    #expect(project.sources[0].values == [VariableValue(variable: 1, text: ConfidentialText("17"))])
  }

  @Test func `a coding is found wherever the schema has one`() throws {
    let project = try project()
    let found = project.codings.map { "\($0.source) \($0.place) \(project.codes[$0.code].name)" }
    #expect(
      found == [
        "0 plainTextSelection joined up", "0 wholeSource training & time",
        "1 plainTextSelection twice", "1 pdfSelection twice", "1 pdfSelection twice",
        "1 wholeSource joined up",
        "2 plainTextSelection training & time", "2 pictureSelection training & time",
        "3 transcriptSelection joined up", "3 audioSelection joined up", "4 videoSelection joined up",
      ])
    #expect(project.codings.map(\.coder) == [0, 1] + Array(repeating: nil, count: 9))
    #expect(project.codings.map(\.line).prefix(2) == [40, 44])
    #expect(project.codings.map(\.column).prefix(2) == [9, 7])
  }

  @Test func `selections are counted whether they are coded or not`() throws {
    #expect(
      try project().selectionCounts == [
        .plainTextSelection: 3, .pdfSelection: 1, .pictureSelection: 1, .audioSelection: 1,
        .videoSelection: 2, .transcriptSelection: 1,
      ])
  }

  @Test func `a case that has a selection has all that is coded in it`() throws {
    let project = try project()
    #expect(project.codings.indices.filter { project.codings[$0].cases == [0] } == [2, 3, 4])
  }

  @Test func `codings of notes are passed over and counted`() throws {
    #expect(try project().codingsOfNotes == 1)
  }

  @Test(arguments: ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:1.5"])
  func `both versions of the namespace are read`(_ namespace: String) throws {
    let text = madeUpProject.replacing("urn:QDA-XML:project:1.0", with: namespace)
    #expect(try read(text) == .content(project()))
  }

  @Test func `a prefix for the namespace changes nothing`() throws {
    let prefixed = madeUpProject.replacing("xmlns=", with: "xmlns:q=").replacing("</", with: "</q:")
      .split(separator: "<", omittingEmptySubsequences: false).map { piece in
        piece.first?.isLetter == true ? "q:" + piece : String(piece)
      }.joined(separator: "<")
    #expect(try project().codings.map(\.code) == read(prefixed).content()?.codings.map(\.code))
  }

  @Test func `elements of another namespace are passed over`() throws {
    let extended = madeUpProject.replacing(
      "<Codes>", with: "<Codes><v:Code xmlns:v='urn:vendor'><v:Coding/></v:Code>")
    #expect(try project().codes.map(\.guid) == read(extended).content()?.codes.map(\.guid))
  }

  @Test func `what refers may stand before what it refers to`() throws {
    let cut = try #require(madeUpProject.firstRange(of: "  <CodeBook>"))
    let end = try #require(madeUpProject.firstRange(of: "</CodeBook>"))
    let book = madeUpProject[cut.lowerBound..<end.upperBound]
    let late = madeUpProject.replacing(book, with: "").replacing("</Project>", with: book + "</Project>")
    #expect(try project().codings.map(\.code) == read(late).content()?.codings.map(\.code))
  }

  @Test func `a coding with several codes is as many codings`() throws {
    let both = madeUpProject.replacing(
      "<CodeRef targetGUID=\"\(guid(11))\"/><NoteRef",
      with: "<CodeRef targetGUID=\"\(guid(11))\"/><CodeRef targetGUID=\"\(guid(13))\"/><NoteRef")
    #expect(read(both).content()?.codings.prefix(2).map(\.code) == [1, 3])
  }

  @Test func `a value that is prose is not carried`() throws {
    let prose = String(repeating: "prose ", count: 34)
    let long = madeUpProject.replacing(secret(8), with: prose)
    let values = try #require(read(long).content()).cases[0].values
    #expect(values.map(\.text) == [nil, nil])
  }

  @Test func `UTF-16 and Latin-1 are read as UTF-8 is`() throws {
    let accented = madeUpProject.replacing("joined up", with: "señal")
    let units = Array(accented.replacing("utf-8", with: "utf-16").utf16)
    let big = [0xFE, 0xFF] + units.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 255)] }
    let little = [0xFF, 0xFE] + units.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
    let latin: [UInt8] = accented.replacing("utf-8", with: "iso-8859-1").unicodeScalars.map {
      UInt8($0.value)
    }
    let whole = try #require(read(accented).content())
    #expect(whole.codes[1].name == "señal")
    for bytes in [big, little, latin, [0xEF, 0xBB, 0xBF] + Array(accented.utf8)] {
      #expect(read(bytes).content() == whole)
    }
  }

  @Test func `an empty project is no fault`() {
    #expect(
      read("<Project xmlns='urn:QDA-XML:project:1.0' name='x'/>") == .content(CodedProject()))
  }

  @Test(arguments: [1, 2, 7, 63, 4096])
  func `pieces of any size give the same`(_ chunkSize: Int) throws {
    #expect(try read(Array(madeUpProject.utf8), chunkSize: chunkSize) == .content(project()))
  }
}
