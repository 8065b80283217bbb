import Testing

@testable import ExportFormats

struct SPSSTests {
  private static func everything(isBigEndian: Bool = false) -> MadeUpSAV {
    var file = MadeUpSAV(isBigEndian: isBigEndian)
    file.variables = [
      .init(name: "AGE", label: "Age\nin years", missing: [900, 999], isRange: true, measure: 3),
      .init(name: "SATIS", label: "How satisfied?", missing: [9], measure: 2),
      .init(name: "DAY", format: 20), .init(name: "MOMENT", format: 22), .init(name: "CLOCK", format: 21),
      .init(name: "TOWN", width: 12, label: "Where?"),
    ]
    file.labels = [
      ([(1, "Not at all"), (2, "Very"), (9, "Refused")], [1]), ([(999, "Refused")], [0]),
    ]
    file.records = [
      [
        .number(30), .number(1), .number(13_940_380_800), .number(13_940_380_800.5), .number(3723),
        .text("Köln"),
      ],
      [.number(999), .missing, .missing, .number(13_940_470_923), .number(-90_061), .text("a, \"b\"")],
      [.number(0.1), .number(9), .number(0), .number(-86_400), .number(0.25), .text("")],
    ]
    return file
  }

  @Test(arguments: [false, true])
  func `numbers, dates, times and strings are written as people write them`(isBigEndian: Bool) throws {
    let table = try readSPSS(Self.everything(isBigEndian: isBigEndian).made())
    #expect(
      String(decoding: table.csv, as: UTF8.self) == #"""
        AGE,SATIS,DAY,MOMENT,CLOCK,TOWN
        30,1,2024-07-15,2024-07-15T00:00:00.5,01:02:03,Köln
        999,,,2024-07-16T01:02:03,-25:01:01,"a, ""b"""
        0.1,9,1582-10-14,1582-10-13T00:00:00,00:00:00.25,

        """#)
    #expect(table.recordCount == 3)
  }

  @Test func `what the file says of its variables is told`() throws {
    let dictionary = try readSPSSDictionary(Self.everything().made())
    #expect(dictionary.format == .spss)
    let age = try #require(dictionary.column("AGE"))
    #expect(age.kind == .number && age.question == "Age in years" && age.missingRanges == [900...999])
    #expect(age.missing == ["999"], "a labelled value inside the range")
    let satisfied = try #require(dictionary.column("SATIS"))
    #expect(satisfied.kind == .single && satisfied.isOrdered && satisfied.missing == ["9"])
    #expect(
      satisfied.answers == [
        DictionaryAnswer(text: "1", label: "Not at all"), DictionaryAnswer(text: "2", label: "Very"),
        DictionaryAnswer(text: "9", label: "Refused"),
      ])
    #expect(dictionary.columns[2...5].map(\.kind) == [.date, .date, .date, .text])
  }

  @Test func `labels of missing values alone leave a number`() throws {
    var file = MadeUpSAV(variables: [.init(name: "AGE", missing: [999])])
    file.labels = [([(999, "Refused")], [0])]
    #expect(try readSPSSDictionary(file.made()).columns[0].kind == .number)
    file.labels = [([(999, "Refused"), (1, "Less than a year")], [0])]
    #expect(try readSPSSDictionary(file.made()).columns[0].kind == .single)
  }

  @Test func `a set of options is one question`() throws {
    var file = MadeUpSAV(variables: [
      .init(name: "N1", label: "The Times"), .init(name: "N2", label: "The Sun"), .init(name: "FIRST"),
      .init(name: "SECOND"),
    ])
    file.extensions = [
      (7, "$papers=D1 1 10 Which read n1 n2\n$choice=C 6 Choice first second\n"),
      (13, "N1=papers_times\tN2=papers_sun\tFIRST=first\tSECOND=second"),
    ]
    let dictionary = try readSPSSDictionary(file.made())
    let times = try #require(dictionary.column("papers_times"))
    #expect(times.kind == .multipleOption && times.group == "papers" && times.item == "The Times")
    #expect(
      times.question == "Which read" && times.answers == [DictionaryAnswer(text: "1", label: "The Times")])
    #expect(dictionary.column("second")?.group == "choice" && dictionary.column("second")?.kind == .number)
  }

  @Test func `text is read in the encoding that the file tells`() throws {
    var file = MadeUpSAV(variables: [.init(name: "TOWN", width: 8)], characterCode: 1252)
    file.records = [[.raw([0x4B, 0xF6, 0x6C, 0x6E, 0x20, 0x20, 0x20, 0x20])]]
    #expect(String(decoding: try readSPSS(file.made()).csv, as: UTF8.self) == "TOWN\nKöln\n")
    // The name goes before the number, which old versions of SPSS left as it was.
    file.extensions = [(20, "ISO-8859-15")]
    #expect(String(decoding: try readSPSS(file.made()).csv, as: UTF8.self) == "TOWN\nKöln\n")
    file.extensions = [(20, "UTF-8")]
    #expect(fault { () throws(ExportFault) in try readSPSS(file.made()) }?.code == .wrongEncoding)
    file.extensions = []
    file.declaresEncoding = false
    #expect(fault { () throws(ExportFault) in try readSPSS(file.made()) }?.code == .wrongEncoding)
  }

  @Test func `a long string is put together`() throws {
    var file = MadeUpSAV(variables: [.init(name: "LONG", width: 255), .init(name: "LONG1", width: 48)])
    file.extensions = [(14, "LONG=00300\0\t")]
    let first = String(repeating: "abcde", count: 51)
    file.records = [[.text(first), .text("and more")], [.text(""), .text("")]]
    let records = try records(readSPSS(file.made()).csv)
    #expect(records == [["LONG"], [first + "and more"], [""]])
  }

  @Test func `a long string keeps an encoding that is told by number`() throws {
    var file = MadeUpSAV(
      variables: [.init(name: "LONG", width: 255), .init(name: "LONG1", width: 8)], characterCode: 1252)
    file.extensions = [(14, "LONG=00258\0\t")]
    file.records = [[.raw([0xE9] + [UInt8](repeating: 0x20, count: 255)), .text("")]]
    #expect(try records(readSPSS(file.made()).csv) == [["LONG"], ["é"]])
  }

  /// In the way that libreadstat 1.1.8 reads UTF-8, this makes it write outside of its memory.
  @Test func `a long string of NUL is an empty one`() throws {
    var file = MadeUpSAV(variables: [.init(name: "LONG", width: 255), .init(name: "LONG1", width: 255)])
    file.extensions = [(14, "LONG=00504\0\t")]
    file.records = [[.raw([UInt8](repeating: 0, count: 256)), .raw([UInt8](repeating: 0x61, count: 256))]]
    for encoding in ["", "UTF-8", "utf-8"] {
      if !encoding.isEmpty { file.extensions.append((20, encoding)) }
      #expect(try readSPSS(file.made()).recordCount == 1)
    }
  }

  @Test func `dates run from the year 1 to 9999`() {
    let form = SPSSNumberForm(format: "DATE11")
    #expect(form.text(-49_884_681_600) == "0002-01-01")
    #expect(form.text(265_621_593_600) == "9999-12-31")
    #expect(form.text(265_621_680_000) == "265621680000", "no date that ISO 8601 has")
    #expect(form.text(1e300) == decimalText(1e300))
    #expect(form.text(.nan).isEmpty)
  }
}
