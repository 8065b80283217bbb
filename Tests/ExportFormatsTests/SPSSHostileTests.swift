import Foundation
import Testing

@testable import ExportFormats

/// Damaged and hostile system files: a fault or a table, never a crash, never endless.
struct SPSSHostileTests {
  /// A file with every kind of record.
  static let whole: [UInt8] = {
    var file = MadeUpSAV(variables: [
      .init(name: "A", label: "Choice", missing: [9], measure: 1),
      .init(name: "B", label: "Number", format: 20),
      .init(name: "C", width: 12, label: "Words"), .init(name: "D1", label: "One"),
      .init(name: "D2", label: "Two"),
      .init(name: "LONG", width: 255), .init(name: "LONG1", width: 100),
    ])
    file.labels = [
      ([(1, "Yes"), (2, "No"), (9, "Refused")], [0]), ([(0, "Not chosen"), (1, "Chosen")], [3, 4]),
    ]
    file.extensions = [
      (7, "$set=D1 1 3 Set d1 d2\n"), (13, "A=answer\tB=birthday\tC=comment\tD1=d_one\tD2=d_two\tLONG=long"),
      (14, "LONG=00350\0\t"), (20, "UTF-8"),
    ]
    file.records = (0..<20).map { row in
      [
        .number(Double(row % 3)), .number(Double(row) * 86_400), .text("words \(row)"), .number(1), .missing,
        .text(String(repeating: "x", count: row * 12)), .text("tail"),
      ]
    }
    return file.made()
  }()

  /// A file of four made-up records whose data is deflated (.zsav), as pyreadstat writes it.
  static let deflated = [UInt8](
    Data(
      base64Encoded: """
        JEZMM0AoIykgU1BTUyBEQVRBIEZJTEUgLSBodHRwczovL2dpdGh1Yi5jb20vV2l6YXJkTWFjL1JlYWRTdGF0IAIAAAACAAAA\
        AgAAAAAAAAAEAAAAAAAAAAAAWUAyMyBOb3YgMjYwMjoxMDozOCAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg\
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAAAAACAAAAAAAAAAAAAAAAAAAAAggFAAIIBQBDT0RFICAgIAIAAAAFAAAA\
        AAAAAAAAAAAABQEAAAUBAFdPUkQgICAgAwAAAAIAAAAAAAAAAADwPwNZZXMgICAgAAAAAAAAAEACTm8gICAgIAQAAAABAAAA\
        AQAAAAcAAAADAAAABAAAAAgAAAAUAAAAAAAAAAAAAAD/////AQAAAAEAAAACAAAA6f0AAAcAAAAEAAAACAAAAAMAAAD/////\
        ///v/////////+9//v//////7/8HAAAAFAAAAAEAAAAFAAAAVVRGLTgHAAAACwAAAAQAAAAGAAAAAAAAAAgAAAABAAAAAAAA\
        AAgAAAAAAAAABwAAAA0AAAABAAAAEwAAAENPREU9Y29kZQlXT1JEPXdvcmQHAAAAEAAAAAgAAAACAAAAAQAAAAAAAAAEAAAA\
        AAAAAOcDAAAAAAAABAIAAAAAAABHAgAAAAAAADAAAAAAAAAAeJxL/csABokKEJAG5SfpKCSD+Ln/IPy/f/8wIMADe+/D23Ly\
        gPIAomkOFpz/////////AAAAAAAAAAAA8D8AAQAAAAQCAAAAAAAAHAIAAAAAAABAAAAAKwAAAA==
        """) ?? Data())

  /// The made-up files, and a real one, which is compressed.
  static func files() throws -> [[UInt8]] {
    try [whole, deflated] + (ReferenceData.isAtHand ? [ReferenceData.bytes("converted/dlr2018.sav")] : [])
  }

  @Test func `the whole file is a table`() throws {
    let table = try readSPSS(Self.whole)
    #expect(table.recordCount == 20)
    #expect(
      table.dictionary.columns.map(\.name) == ["answer", "birthday", "comment", "d_one", "d_two", "long"])
  }

  @Test func `deflated data is read`() throws {
    let csv = try readSPSS(Self.deflated).csv
    #expect(String(decoding: csv, as: UTF8.self) == "code,word\n1,a\n2,\"b, c\"\n9,\n0.5,Köln\n")
    var limits = ExportLimits()
    limits.maximumTableBytes = 60
    #expect(
      fault { () throws(ExportFault) in try readSPSS(Self.deflated, limits: limits) }?.code == .tableTooLarge)
  }

  @Test func `a file that is cut off is at fault, wherever it is cut`() throws {
    for file in try Self.files() {
      for count in stride(from: 0, to: file.count, by: 97) {
        let found = fault { () throws(ExportFault) in try readSPSS(Array(file.prefix(count))) }
        #expect(found != nil, "\(count) of \(file.count) bytes")
      }
    }
  }

  @Test func `a file of unknown length that ends inside a record is at fault`() throws {
    var file = MadeUpSAV(variables: [.init(name: "A"), .init(name: "B")], recordCount: -1)
    file.records = [[.number(1), .number(2)], [.number(3), .number(4)]]
    let bytes = file.made()
    #expect(try readSPSS(bytes).recordCount == 2)
    for cut in [3, 8, 13] {
      #expect(
        fault { () throws(ExportFault) in try readSPSS(Array(bytes.dropLast(cut))) }?.code == .damaged,
        "\(cut)")
    }
  }

  @Test(arguments: 1...4)
  func `damage gives a table or a fault`(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    for file in try Self.files() {
      // The dictionary is where damage misleads most.
      let dictionaryEnd = min(file.count, 4000)
      for round in 0..<50 {
        var damaged = file
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
          let place = Int.random(in: 0..<(round % 3 == 0 ? file.count : dictionaryEnd), using: &chance)
          damaged[place] =
            switch Int.random(in: 0..<4, using: &chance) {
            case 0: 0xFF
            case 1: 0
            case 2: damaged[place] ^ (1 << UInt8.random(in: 0..<8, using: &chance))
            default: UInt8.random(in: 0...255, using: &chance)
            }
        }
        guard let table = try? readSPSS(damaged) else { continue }
        let records = try records(table.csv)
        let width = table.dictionary.columns.count
        let isEven = records.count == table.recordCount + 1 && records.allSatisfy { $0.count == width }
        #expect(isEven, "seed \(seed), round \(round)")
      }
    }
  }

  @Test func `more variables than the limit are refused before they are read`() {
    var limits = ExportLimits()
    limits.maximumColumns = 6
    let found = fault { () throws(ExportFault) in try readSPSS(Self.whole, limits: limits) }
    #expect(found?.code == .tooManyColumns)
  }

  @Test func `more answers, bytes or data than the limit are refused`() {
    var limits = ExportLimits()
    limits.maximumAnswers = 4
    #expect(
      fault { () throws(ExportFault) in try readSPSS(Self.whole, limits: limits) }?.code == .tooManyAnswers)
    limits = ExportLimits()
    limits.maximumTableBytes = 100
    #expect(
      fault { () throws(ExportFault) in try readSPSS(Self.whole, limits: limits) }?.code == .tableTooLarge)
    limits = ExportLimits()
    limits.maximumDataBytes = 100
    #expect(fault { () throws(ExportFault) in try readSPSS(Self.whole, limits: limits) }?.code == .tooLarge)
  }

  @Test func `one long list of labels for all variables takes no more than its place`() throws {
    var file = MadeUpSAV(variables: (0..<500).map { .init(name: "V\($0)") })
    file.labels = [((0..<500).map { (Double($0), "label \($0)") }, Array(0..<500))]
    let bytes = file.made()
    #expect(try readSPSSDictionary(bytes).columns.count == 500)
    var limits = ExportLimits()
    limits.maximumAnswers = 1000
    #expect(
      fault { () throws(ExportFault) in try readSPSSDictionary(bytes, limits: limits) }?.code
        == .tooManyAnswers)
  }

  @Test func `other files are told to be none of SPSS`() {
    for bytes in [[], Array("id,q1\n1,2\n".utf8), Array("$FL2".utf8), [UInt8](repeating: 0, count: 500)] {
      #expect(fault { () throws(ExportFault) in try readSPSS(bytes) }?.code == .notSPSS)
    }
  }

  @Test func `a fault says nothing of responses`() {
    var file = MadeUpSAV(variables: [.init(name: "A", width: 8)], declaresEncoding: false)
    file.records = [[.raw(Array("secret".utf8) + [0xFF, 0xFE])]]
    let found = fault { () throws(ExportFault) in try readSPSS(file.made()) }
    #expect(found?.code == .wrongEncoding)
    #expect(found?.message.contains("secret") == false && found?.remedy?.contains("secret") == false)
  }
}
