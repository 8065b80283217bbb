import Testing

@testable import ExportFormats

struct TripleSTests {
  /// A metadata file of one record.
  static func metadata(
    _ variables: String, record: String = "", before: String = "", encoding: String = "UTF-8"
  ) -> String {
    """
    <?xml version="1.0" encoding="\(encoding)"?>\(before)
    <sss version="2.0"><survey><title>Made up</title><record ident="A" \(record)>\(variables)</record></survey></sss>
    """
  }

  static func variable(_ name: String, _ type: String, _ position: String, _ rest: String = "") -> String {
    """
    <variable ident="1" type="\(type)"><name>\(name)</name><label>\(name)?</label><position \(position)/>\(rest)</variable>
    """
  }

  private func survey(_ xml: String) throws(ExportFault) -> TripleSSurvey { try readTripleS(Array(xml.utf8)) }

  private func faultCode(_ xml: String) -> ExportFault.Code? {
    fault { () throws(ExportFault) in try survey(xml) }?.code
  }

  // MARK: Metadata

  @Test func `a document type's address is not fetched, and does no harm`() throws {
    let type = "<!DOCTYPE sss SYSTEM \"http://192.0.2.1/sss_v20.dtd\">"
    let label = "<value code=\"1\">caf&eacute;&nbsp;bar</value>"
    let xml = Self.metadata(
      Self.variable("Q1", "single", "start=\"1\"", "<values>\(label)</values>"), before: type)
    #expect(try survey(xml).dictionary.columns[0].labels == ["café bar"])
  }

  @Test func `a document type that declares entities is refused`() {
    let variable = Self.variable(
      "Q1", "single", "start=\"1\"", "<values><value code=\"1\">&a;</value></values>")
    for entity in ["<!ENTITY a \"x\">", "<!ENTITY a SYSTEM \"/etc/hostname\">", "<!ENTITY % a \"x\">"] {
      #expect(faultCode(Self.metadata(variable, before: "<!DOCTYPE sss [\(entity)]>")) == .entityDeclaration)
    }
  }

  @Test func `an entity bomb is refused at once`() {
    var entities = "<!ENTITY a0 \"aaaaaaaaaa\">"
    for level in 1...30 {
      entities += "<!ENTITY a\(level) \"" + String(repeating: "&a\(level - 1);", count: 10) + "\">"
    }
    let xml = Self.metadata("<name>&a30;</name>", before: "<!DOCTYPE sss [\(entities)]>")
    #expect(faultCode(xml) == .entityDeclaration)
  }

  @Test func `every encoding that Triple-S files have is read`() throws {
    let variable = Self.variable("Q1", "character", "start=\"1\"", "<size>5</size>")
      .replacing("Q1?", with: "Où – «là»?")
    let latin = Self.metadata(variable.replacing("–", with: "-"), encoding: "ISO-8859-1").unicodeScalars.map {
      UInt8($0.value)
    }
    #expect(try readTripleS(latin).dictionary.columns[0].question == "Où - «là»?")
    let windows = Self.metadata(variable, encoding: "windows-1252").unicodeScalars.map {
      $0 == "–" ? 0x96 : UInt8($0.value)
    }
    #expect(try readTripleS(windows).dictionary.columns[0].question == "Où – «là»?")
    for isBig in [false, true] {
      let units = [0xFEFF] + Array(Self.metadata(variable, encoding: "UTF-16").utf16)
      let bytes = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      let ordered = isBig ? units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } : bytes
      #expect(try readTripleS(ordered).dictionary.columns[0].question == "Où – «là»?")
    }
    #expect(faultCode(Self.metadata(variable, encoding: "x-made-up")) == .unknownEncoding)
  }

  @Test func `the text outside of special ones goes first, then that for analysis`() throws {
    func question(_ label: String) throws -> String? {
      let xml = Self.metadata(
        "<variable ident=\"1\" type=\"character\"><name>Q</name><label>\(label)</label><position start=\"1\"/></variable>"
      )
      return try survey(xml).dictionary.columns[0].question
    }
    let texts = "<text mode=\"interview\">Long?</text><text mode=\"analysis\">Short</text>"
    #expect(try question("Plain<br/>text\(texts)") == "Plain text")
    #expect(try question(texts) == "Short")
    #expect(try question("<text xml:lang=\"fr\">Un</text><text xml:lang=\"en\">One</text>") == "Un")
    #expect(try question("&lt;b&gt;Bold&lt;/b&gt; a &lt; b") == "Bold a < b")
    #expect(try question("") == nil)
  }

  @Test func `what is wrong with metadata is said`() {
    let good = Self.variable("Q1", "logical", "start=\"1\"")
    #expect(faultCode("<sss><survey>") == .notXML)
    #expect(faultCode("<html/>") == .notTripleS)
    #expect(faultCode("<sss><hierarchy/></sss>") == .hierarchy)
    #expect(faultCode(Self.metadata("")) == .noColumns)
    #expect(faultCode(Self.metadata(good + good)) == .duplicateName)
    #expect(faultCode(Self.metadata(good.replacing("<name>Q1</name>", with: ""))) == .missingValue)
    #expect(faultCode(Self.metadata(Self.variable("Q1", "logical", "start=\"0\""))) == .malformedValue)
    #expect(
      faultCode(Self.metadata(Self.variable("Q1", "logical", "start=\"5\" finish=\"4\""))) == .missingValue)
    #expect(faultCode(Self.metadata(Self.variable("Q1", "riddle", "start=\"1\""))) == .malformedValue)
    #expect(faultCode(Self.metadata(good, record: "format=\"tsv\"")) == .malformedValue)
    let codes = "<values><value code=\"x\">X</value></values>"
    #expect(
      faultCode(Self.metadata(Self.variable("Q1", "multiple", "start=\"1\"", codes))) == .malformedValue)
    let huge = "<values><range from=\"1\" to=\"2000000000\"/></values>"
    #expect(faultCode(Self.metadata(Self.variable("Q1", "multiple", "start=\"1\"", huge))) == .tooManyColumns)
    let spread = "<spread subfields=\"2\" width=\"3\"/><values><value code=\"1\">A</value></values>"
    #expect(
      faultCode(Self.metadata(Self.variable("Q1", "multiple", "start=\"1\" finish=\"5\"", spread)))
        == .malformedValue)
    let deep = String(repeating: "<a>", count: 100)
    #expect(faultCode(Self.metadata(deep)) == .nestedTooDeep)
    #expect(fault { () throws(ExportFault) in try survey(Self.metadata(good + "\n" + good)) }?.line == 3)
  }

  @Test func `every cut of a metadata file is a fault`() {
    let whole = Array(Self.metadata(Self.variable("Q1", "logical", "start=\"1\"")).utf8)
    for count in 0..<(whole.count - 1) {
      #expect(
        fault { () throws(ExportFault) in try readTripleS(Array(whole.prefix(count))) } != nil, "\(count)")
    }
  }

  // MARK: Data

  private static let labelled =
    "<values><value code=\"1\">One</value><value code=\"12\">Twelve</value></values>"

  private func csv(_ xml: String, _ data: String) throws -> [[String]] {
    try records(survey(xml).csv(from: Array(data.utf8)).csv)
  }

  @Test func `fields of every type are read from fixed columns`() throws {
    let xml = Self.metadata(
      Self.variable("S", "single", "start=\"1\" finish=\"3\"", Self.labelled)
        + Self.variable(
          "L", "single\" format=\"literal", "start=\"4\" finish=\"6\"",
          "<values><value code=\"A \">A</value></values>")
        + Self.variable(
          "N", "quantity", "start=\"7\" finish=\"12\"",
          "<values><range from=\"-9.99\" to=\"99.99\"/></values>")
        + Self.variable("B", "logical", "start=\"13\" finish=\"14\"")
        + Self.variable("D", "date", "start=\"15\" finish=\"22\"")
        + Self.variable("T", "time", "start=\"23\" finish=\"28\"")
        + Self.variable(
          "M", "multiple", "start=\"29\" finish=\"32\"", "<spread subfields=\"2\"/>" + Self.labelled)
        + Self.variable("C", "character", "start=\"33\" finish=\"36\"", "<size>4</size>"))
    let data = [
      ["012", "A  ", "007.50", "01", "20050504", "112000", "01  ", "été"],
      ["  1", "  x", "-00.50", "00", "20050504", "180500", " 112", "a, b"],
      ["   ", "   "],
    ].map { $0.joined() }.joined(separator: "\n")
    let found = try csv(xml, data)
    #expect(found[0] == ["S", "L", "N", "B", "D", "T", "M_1", "M_12", "C"])
    #expect(found[1] == ["12", "A", "7.50", "1", "2005-05-04", "11:20:00", "1", "0", "été"])
    #expect(found[2] == ["1", "  x", "-0.50", "0", "2005-05-04", "18:05:00", "1", "1", "a, b"])
    #expect(found[3] == ["", "", "", "", "", "", "", "", ""])
  }

  @Test(arguments: ["\n", "\r", "\r\n", "\n\r"])
  func `lines end in any way`(lineBreak: String) throws {
    let xml = Self.metadata(Self.variable("Q", "quantity", "start=\"1\" finish=\"2\""))
    for end in ["", lineBreak, lineBreak + lineBreak, lineBreak + "\u{1A}"] {
      #expect(
        try csv(xml, ["1", "", "3"].joined(separator: lineBreak) + end) == [["Q"], ["1"], [""], ["3"]])
    }
  }

  @Test func `fields of CSV are read by their numbers`() throws {
    let xml = Self.metadata(
      Self.variable("M", "multiple", "start=\"3\"", "<values><range from=\"1\" to=\"3\"/></values>")
        + Self.variable(
          "P", "multiple", "start=\"2\"", "<spread subfields=\"2\" width=\"2\"/>" + Self.labelled)
        + Self.variable("C", "character", "start=\"1\"", "<size>9</size>"),
      record: "format=\"csv\" skip=\"1\"")
    let found = try csv(xml, "c,p,m\r\n\"a \"\"b\"\", c\",\"0112\",\"010\"\r\n , 1 ,\r\n")
    #expect(found[0] == ["M_1", "M_2", "M_3", "P_1", "P_12", "C"])
    #expect(found[1] == ["0", "1", "0", "1", "1", "a \"b\", c"])
    #expect(found[2] == ["", "", "", "1", "0", ""])
  }

  @Test func `data are in the encoding that is given, told or guessed`() throws {
    let xml = Self.metadata(Self.variable("C", "character", "start=\"1\" finish=\"3\""))
    func first(_ bytes: [UInt8], _ encoding: TextEncoding? = nil, _ xml: String = xml) throws -> String {
      try records(survey(xml).csv(from: bytes, encoding: encoding).csv)[1][0]
    }
    #expect(try first(Array("étéx".utf8)) == "été")
    #expect(try first([0xE9, 0x74, 0xE9]) == "été")
    #expect(try first([0xFF, 0xFE, 0xE9, 0, 0x74, 0, 0xE9, 0]) == "été")
    #expect(try first(Array("été".utf8), .windows1252) == "Ã©t")
    let told = Self.metadata(
      Self.variable("C", "character", "start=\"1\" finish=\"3\""), record: "data-file-encoding=\"UTF-8\"")
    #expect(fault { () throws(ExportFault) in try survey(told).csv(from: [0xE9]) }?.code == .wrongEncoding)
    #expect(
      fault { () throws(ExportFault) in try survey(xml).csv(from: [0x31, 0, 0x32]) }?.code == .wrongEncoding)
  }

  @Test func `what is wrong with data is said with its line and without what stands in it`() {
    let bits = Self.metadata(Self.variable("M", "multiple", "start=\"1\" finish=\"12\"", Self.labelled))
    let spread = Self.metadata(
      Self.variable("M", "multiple", "start=\"1\" finish=\"4\"", "<spread subfields=\"2\"/>" + Self.labelled))
    let csv = Self.metadata(
      Self.variable("Q", "logical", "start=\"2\""), record: "format=\"csv\"")
    let cases: [(String, String, ExportFault.Code, Int)] = [
      (bits, "100000000001\nsecret\n", .malformedCell, 2), (spread, "0112\nx y \n", .malformedCell, 2),
      (spread, "0112\n0112\n0113\n", .undeclaredCode, 3), (csv, "a,1\nsecret,2\n", .malformedCell, 2),
      (csv, "a,1\nsecret\n", .shortRecord, 2), (csv, "a,1\n\"secret\n", .malformedCSV, 2),
    ]
    for (xml, data, code, line) in cases {
      let found = fault { () throws(ExportFault) in try survey(xml).csv(from: Array(data.utf8)) }
      #expect(found?.code == code && found?.line == line, "\(code)")
      #expect(found?.message.contains("secret") == false)
    }
  }
}
