import Testing

@testable import ExportFormats

struct JISCKeyTests {
  private func faultCode(_ text: String) -> ExportFault.Code? {
    fault { () throws(ExportFault) in try readJISCKey(Array(text.utf8)) }?.code
  }

  @Test func `headings choose between one answer and several`() throws {
    let key = """
      "URN","Unique Response Number"
      "Q1","Age?"
      "1","Young"
      "2","Old"
      "Q2","Agree?"
      "Q2_1","With this"
      "1","Yes"
      "2","No"
      "Q2_2_a","Or with that"
      "1","Yes"
      "CompletionDate","Submission date"
      """
    let found = try readJISCKey(Array(key.utf8))
    let columns = found.columns(for: [
      "URN", "Q1", "Q1_2", "Q2_1", "Q2_2_a", "Q2_2_a_1", "CompletionDate", "Q3",
    ])
    #expect(
      columns.map { $0?.kind } == [
        .text, .single, .multipleOption, .single, .multipleOption, .multipleOption, .date, nil,
      ])
    #expect(columns[2]?.group == "Q1" && columns[2]?.item == "Old")
    #expect(columns[3]?.question == "Agree?" && columns[3]?.item == "With this" && columns[3]?.group == "Q2")
    #expect(columns[4]?.group == "Q2_2" && columns[4]?.question == "Agree? Or with that")
    #expect(found.column("Q2")?.kind == .other)
  }

  @Test func `old keys in windows-1252 are read`() throws {
    let bytes = Array("\"Q1\",\"O".utf8) + [0xF9] + Array("?\"\r\n".utf8)
    #expect(try readJISCKey(bytes).columns[0].question == "Où?")
  }

  @Test func `other files are refused`() {
    #expect(faultCode("") == .noColumns)
    #expect(faultCode("1,Young\n") == .notKey)
    #expect(faultCode("Q1,a,b\n") == .notKey)
    #expect(faultCode("Q1,a\nQ1,b\n") == .duplicateName)
    #expect(faultCode("Q1,\"a\n") == .malformedCSV)
    #expect(faultCode("Q1,\"a\"b\n") == .malformedCSV)
    #expect(faultCode("Q1,\0\n") == .wrongEncoding)
  }
}
