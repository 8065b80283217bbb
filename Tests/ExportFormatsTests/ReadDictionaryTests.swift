import Testing

@testable import ExportFormats

struct ReadDictionaryTests {
  @Test func `the format is told by what the file holds`() {
    let texts: [(String, DataDictionary.Format?)] = [
      ("\u{FEFF}<sss/>", .tripleS), ("$FL2", .spss), ("{\"SurveyElements\": []}", .qualtrics),
      (" {\"fields\": []}", .tableSchema), ("\"Q1\",\"Age?\"", .jisc), ("Q1,Age?", .jisc), ("[1]", nil),
    ]
    for (text, format) in texts { #expect(DataDictionary.Format(of: Array(text.utf8)) == format) }
  }

  @Test func `files that hold no description are told`() {
    let texts = ["", "   ", "\u{89}PNG", "12\n13\n", "no comma"]
    for text in texts {
      let found = fault { () throws(ExportFault) in try readDataDictionary(Array(text.utf8)) }
      #expect(found?.code == .unknownFormat)
    }
    #expect(throws: ExportFailure.self) { try readDataDictionary(at: "/no/such/file") }
  }
}
