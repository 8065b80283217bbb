import Testing

@testable import ExportFormats

/// Exports of real surveys and of the standards' makers.
@Suite(.enabled(if: ReferenceData.isAtHand, "no real data at REFERENCE_DATA"))
struct RealExportTests {
  // MARK: Triple-S

  private func tripleS(_ number: Int, data ending: String = "asc") throws -> ConvertedTable {
    let survey = try readTripleS(ReferenceData.bytes("triple_s/sample-\(number).sss"))
    return try survey.csv(from: ReferenceData.bytes("triple_s/sample-\(number).\(ending)"))
  }

  @Test func `the standard's own example is read whole`() throws {
    let table = try tripleS(1)
    #expect(table.dictionary.title == "Historic House Exit Survey First Wave")
    let records = try records(table.csv)
    #expect(table.recordCount == 3)
    #expect(
      records[0] == [
        "Q1", "Q2_1", "Q2_2", "Q2_3", "Q2_4", "Q2_5", "Q2_9", "Q3", "Q4_1", "Q4_2", "Q4_3", "Q4_4", "Q4_5",
        "Q4_9",
        "Q5", "Q6", "Q7", "Q99",
      ])
    #expect(table.dictionary.columns.map(\.name) == records[0])
    #expect(records.dropFirst().map { $0[0] } == ["2", "3", "2"])
    // The bitstrings 101000001, 010000000 and 100100001 at 1, 2, 3, 4, 5 and 9.
    #expect(records.dropFirst().map { $0[1...6].joined() } == ["101001", "010000", "100101"])
    // Two favourites in subfields of one character: 19, 20 and 94.
    #expect(records.dropFirst().map { $0[8...13].joined() } == ["100001", "010000", "000101"])
    #expect(records.dropFirst().map { $0[14] } == ["12", "999", "58"])
    #expect(records.dropFirst().map { $0[15] } == ["1", "1", "0"])
    #expect(records.dropFirst().map { $0[16] } == ["1", "3", ""])
    #expect(records.dropFirst().map { $0[17] } == ["1.4000", "0.9000", "0.7000"])
    let option = try #require(table.dictionary.column("Q2_9"))
    #expect(option.group == "Q2" && option.item == "Other" && option.kind == .multipleOption)
    #expect(table.dictionary.column("Q2_3")?.item == "\"Friar Tuck\" Restaurant")
    #expect(table.dictionary.column("Q1")?.labels.first == "First visit")
  }

  @Test func `metadata in UTF-16 are read`() throws {
    for number in 4...5 {
      let table = try tripleS(number)
      let records = try records(table.csv)
      #expect(records[0] == ["foyer", "weekday", "typtel"])
      #expect(records.dropFirst().map { $0[0] } == (1...10).map(String.init))
      #expect(records.dropFirst().map { $0[1] } == ["1", "2", "3", "4", "6", "5", "4", "3", "4", "7"])
      #expect(
        table.dictionary.column("weekday")?.labels
          == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
    }
    let codes = try tripleS(5).dictionary.column("typtel")?.texts
    #expect(codes == ["1", "2", "T"])
  }

  @Test func `data in CSV of a real survey are read`() throws {
    let table = try tripleS(2, data: "csv")
    let source = try ReferenceData.records("triple_s/sample-2.csv")
    let records = try records(table.csv)
    #expect(table.recordCount == source.count - 1)
    let shared = source[0].filter { records[0].contains($0) }
    #expect(shared.count == 62, "all but the three of several answers keep their headings")
    #expect(table.dictionary.columns.count { $0.kind == .single } == 32)
  }

  // MARK: SPSS

  @Test func `a file of SPSS has the counts of the CSV that it was made of`() throws {
    let table = try readSPSS(ReferenceData.bytes("converted/dlr2018.sav"))
    #expect(table.recordCount == 773)
    #expect(table.dictionary.columns.count == 36)
    let labelled = table.dictionary.columns.filter { $0.kind == .single }
    #expect(labelled.map(\.name) == ["v01", "v02", "v05", "v06", "v19", "v28", "v37", "v39"])
    let expected = try ReferenceData.records("dlr2018_staff/expected.csv")
    let records = try records(table.csv)
    #expect(records.allSatisfy { $0.count == 36 })
    var compared = 0
    for column in labelled {
      let found = try counts(records, of: column.name)
      for row in expected where row[0] == column.question && row[2] == "total" && !row[1].hasPrefix("(base") {
        let text = row[1] == "(blank)" ? "" : column.answers.first { $0.label == row[1] }?.text
        #expect(found[try #require(text)] == Int(row[4]), "\(column.name) \(row[1])")
        compared += 1
      }
    }
    #expect(compared > 25)
  }

  @Test func `numbers and strings of SPSS are those of the CSV that it was made of`() throws {
    let table = try records(readSPSS(ReferenceData.bytes("converted/dlr2018.sav")).csv)
    let source = try ReferenceData.records("dlr2018_staff/data.csv")
    for (name, column) in [("v04", 4), ("v07", 7), ("v08", 8), ("v18", 18), ("v34", 34)] {
      let place = try #require(table[0].firstIndex(of: name))
      let found = table.dropFirst().map { $0[place] }
      // The CSV has numbers with a decimal.
      let wanted = source.dropFirst().map {
        $0[column].hasSuffix(".0") ? String($0[column].dropLast(2)) : $0[column]
      }
      // Not in the expectation itself, which would print both.
      let areEqual = found == wanted
      #expect(areEqual, "\(name)")
    }
  }

  // MARK: Qualtrics

  @Test func `a questionnaire of Qualtrics tells the answers of its data`() throws {
    let dictionary = try readQualtrics(
      ReferenceData.bytes("uwmadison2024_qualtrics/Open_Source_Program_Office_Survey.qsf"))
    #expect(dictionary.title == "Open Source Program Office Survey")
    let role = try #require(dictionary.column("QID4"))
    #expect(
      role.labels == ["Faculty", "Staff", "Graduate Student", "Undergraduate Student", "Postdoc", "Other"])
    #expect(role.texts == ["1", "2", "3", "4", "6", "5"])
    #expect(role.question == "3. What is your primary role?" && !role.isOrdered)
    let familiar = try #require(dictionary.column("QID11"))
    #expect(
      familiar.labels
        == [
          "Not familiar at all", "Slightly familiar", "Moderately familiar", "Very familiar",
          "Extremely familiar",
        ])
    #expect(familiar.isOrdered && familiar.kind == .single)
    #expect(dictionary.column("QID18")?.kind == .multipleJoined(separator: ","))
    #expect(dictionary.column("QID18_7")?.item == "Lower Costs")
    #expect(dictionary.column("QID8_25_TEXT")?.kind == .text)
    #expect(dictionary.column("QID20")?.question?.contains("&nbsp;") == false)
    #expect(dictionary.column("QID3_TEXT") == dictionary.column("QID3"))
  }

  @Test func `every heading and answer of the responses is in the questionnaire`() throws {
    let dictionary = try readQualtrics(
      ReferenceData.bytes("uwmadison2024_qualtrics/Open_Source_Program_Office_Survey.qsf"))
    let responses = try ReferenceData.records("uwmadison2024_qualtrics/survey_data.csv")
    let found = dictionary.columns(for: responses[0])
    for (position, heading) in responses[0].enumerated() where heading.hasPrefix("QID") {
      let column = try #require(found[position], "\(heading)")
      guard column.kind == .single else { continue }
      let labels = Set(column.labels + [""])
      let isKnown = responses.dropFirst(3).allSatisfy { labels.contains(collapsed($0[position])) }
      #expect(isKnown, "\(heading)")
    }
  }

  // MARK: JISC Online Surveys

  private static let jisc = [
    ("en", "2020-11-06-1612", "2021-03-05-0807"), ("fr", "2020-11-06-1556", "2021-03-05-0810"),
    ("pt", "2020-11-06-1555", "2021-03-05-0811"),
  ]

  @Test func `a key explains every heading and code of its responses`() throws {
    for (language, key, data) in Self.jisc {
      let name = "sodp2020_jisc_coded/results-for-idrc-surveyin-"
      let dictionary = try readJISCKey(ReferenceData.bytes("\(name)\(key)-key.\(language).csv"))
      let responses = try ReferenceData.records("\(name)\(data).\(language).csv")
      #expect(dictionary.column("Q1")?.answers.first { $0.text == "2" }?.label == "25 - 34")
      let columns = dictionary.columns(for: responses[0])
      for (position, heading) in responses[0].enumerated() {
        let column = try #require(columns[position], "\(language) \(heading)")
        let texts = Set(responses.dropFirst().map { $0[position] })
        let isKnown =
          switch column.kind {
          case .single: texts.isSubset(of: column.texts + [""])
          case .multipleOption: texts.isSubset(of: ["", "0", "1"])
          case .other: texts == [""]
          default: ["URN", "CompletionDate"].contains(heading)
          }
        #expect(isKnown, "\(language) \(heading)")
      }
    }
  }

  @Test func `options and rows of grids are told apart`() throws {
    let dictionary = try readJISCKey(
      ReferenceData.bytes("sodp2020_jisc_coded/results-for-idrc-surveyin-2020-11-06-1612-key.en.csv"))
    #expect(dictionary.column("Q9_1")?.group == "Q9")
    #expect(dictionary.column("Q9_1")?.item == "Observational data")
    let cell = try #require(dictionary.column("Q11_1_b_1"))
    #expect(cell.group == "Q11_1" && cell.item == "After research is completed")
    #expect(cell.question?.hasSuffix("(select all that apply) non-digital formats (ie. lab books)") == true)
    #expect(dictionary.column("Q54_2_c")?.item == "disagree")
    #expect(dictionary.column("Q54_2_c")?.group == "Q54_2")
    #expect(dictionary.column("Q11")?.kind == .other)
  }

  @Test func `the format of a real file is told by what it holds`() throws {
    let formats: [(String, DataDictionary.Format)] = [
      ("triple_s/sample-1.sss", .tripleS), ("triple_s/sample-4.sss", .tripleS),
      ("converted/dlr2018.sav", .spss),
      ("uwmadison2024_qualtrics/Open_Source_Program_Office_Survey.qsf", .qualtrics),
      ("sodp2020_jisc_coded/results-for-idrc-surveyin-2020-11-06-1555-key.pt.csv", .jisc),
    ]
    for (name, format) in formats {
      #expect(try readDataDictionary(at: ReferenceData.path(name)).format == format, "\(name)")
    }
  }
}
