import Testing

@_spi(Protection) @testable import ReleaseModel
@testable import Rendering

@Suite struct TablesCSVTests {
  private func table(_ rows: [ReleasedRow]) -> String {
    let pack = ReleasedPack(
      id: "all", title: "Everyone",
      tables: [
        ReleasedTable(question: "tools", kind: "single", source: "survey", banner: "total", rows: rows)
      ])
    return String(decoding: TablesCSV().bytes(of: pack, in: MadeRelease.release), as: UTF8.self)
  }

  private func line(_ row: ReleasedRow) -> Substring {
    let text = table([row])
    return text.dropFirst(
      text.firstIndex(of: "\n").map { text.distance(from: text.startIndex, to: $0) + 1 } ?? 0)
  }

  @Test func `the columns stand in the contract's order`() {
    #expect(
      table([])
        == "pack,wave,question,kind,source,answer,banner,group,base,count,percent,lower,upper,marker,value\n")
  }

  @Test func `each kind of row has what the contract says in its columns`() {
    let expected: [String] = [
      "all,2026,tools,single,survey,(base),total,Total,1200,1200,,,,,\n",
      "all,2026,tools,single,survey,\"Yes, \"\"always\"\"\nor nearly\",total,Total,1200,580,48.3,45.5,51.2,,\n",
      "all,2026,tools,single,survey,(net) Any,total,Total,1200,1200,100.0,99.7,100.0,,\n",
      "all,2026,tools,single,survey,(no answer),total,Total,1200,0,0.0,0.0,0.3,,\n",
      "all,2026,tools,single,survey,(base),role,Staff,16,16,,,,,\n",
      "all,2026,tools,single,survey,No,role,Staff,16,9,56.3,33.2,76.9,u,\n",
      "all,2026,tools,single,survey,(base),role,\"Officer, other\",,,,,,c,\n",
      "all,2026,tools,single,survey,No,role,\"Officer, other\",,,,,,c,\n",
      "all,2026,tools,single,survey,\"Yes, \"\"always\"\"\nor nearly\",role,\"Officer, other\",14,,,,,c,\n",
      "all,2026,tools,single,survey,(base),role,Nobody,0,0,,,,,\n",
      "all,2026,tools,single,survey,No,role,Nobody,0,0,,,,z,\n",
      "all,2026,tools,single,survey,(mean),role,Nobody,0,,,,,z,\n",
      "all,2026,tools,single,survey,(mean),total,Total,1200,,,-1.07,12.34,,-0.05\n",
      "all,2026,tools,single,survey,(median),total,Total,1200,,,,,,7.00\n",
    ]
    for (row, text) in zip(MadeRelease.rows, expected) { #expect(line(row) == text) }
    #expect(expected.count == MadeRelease.rows.count)
  }

  @Test(arguments: ["plain", "a b", "é", "", "'", ";", "0012", "'plain", "1-2", "(net) =1"])
  func `a field that needs no quotes has none`(_ text: String) {
    #expect(csvField(text) == text)
  }

  @Test(arguments: [
    ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""),
    ("a\rb", "\"a\rb\""),
  ])
  func `a field with a comma, quote or line break is quoted`(_ text: String, _ expected: String) {
    #expect(csvField(text) == expected)
  }

  @Test(arguments: [
    ("=cmd()", "'=cmd()"), ("+1", "'+1"), ("-", "'-"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "\"'\ra\""),
    ("＝1", "'＝1"), ("'=1", "''=1"), ("=\"a\",b", "\"'=\"\"a\"\",b\""),
  ])
  func `a field that a spreadsheet would run has an apostrophe in front`(_ text: String, _ expected: String) {
    #expect(csvField(text) == expected)
    #expect(withoutGuard(expected) == text || expected.hasPrefix("\""))
  }

  @Test(arguments: [
    (0, 1, "0.0"), (5, 1, "0.5"), (-5, 1, "-0.5"), (1000, 1, "100.0"), (7, 2, "0.07"), (-70, 2, "-0.70"),
    (123_456, 2, "1234.56"),
  ])
  func `numbers are set from integers`(_ number: Int, _ decimals: Int, _ expected: String) {
    #expect(fixedPoint(Int64(number), decimals: decimals) == expected)
  }
}
