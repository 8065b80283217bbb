import Testing

@testable import ExportFormats

struct TableSchemaTests {
  private func dictionary(_ text: String, table: String? = nil) throws(ExportFault) -> DataDictionary {
    try readTableSchema(Array(text.utf8), table: table)
  }

  private func faultCode(_ text: String, table: String? = nil) -> ExportFault.Code? {
    fault { () throws(ExportFault) in try dictionary(text, table: table) }?.code
  }

  @Test func `fields have the kinds that their types say`() throws {
    let found = try dictionary(
      """
      {"fields": [
        {"name": "fruit", "type": "string", "title": "Which\\nfruit?", "description": "Long",
          "categories": ["apple", "orange"], "categoriesOrdered": false},
        {"name": "agree", "type": "integer", "description": "Agree?", "categoriesOrdered": true,
          "categories": [{"value": 1, "label": "No"}, {"value": 2}, {"value": 3, "label": "Yes"}]},
        {"name": "old", "constraints": {"enum": ["a", 2, 2.5, true]}, "missingValues": ["-"]},
        {"name": "n", "type": "number"}, {"name": "t", "type": "string", "constraints": {"maxLength": 5}},
        {"name": "d", "type": "datetime"}, {"name": "b", "type": "boolean", "trueValues": ["ja"]},
        {"name": "l", "type": "list", "delimiter": ";"}, {"name": "x"}],
       "missingValues": ["", {"value": "-99", "label": "Refused"}]}
      """)
    #expect(found.format == .tableSchema)
    #expect(
      found.columns.map(\.kind) == [
        .single, .single, .single, .number, .text, .date, .single, .multipleJoined(separator: ";"), .unknown,
      ])
    #expect(found.columns[0].question == "Which fruit?" && found.columns[1].question == "Agree?")
    #expect(found.columns[0].labels == ["apple", "orange"] && !found.columns[0].isOrdered)
    #expect(found.columns[1].texts == ["1", "2", "3"] && found.columns[1].labels == ["No", "2", "Yes"])
    #expect(found.columns[1].isOrdered)
    #expect(found.columns[2].texts == ["a", "2", "2.5", "true"])
    #expect(found.columns[2].missing == ["-"] && found.columns[3].missing == ["-99"])
    #expect(found.columns[6].texts == ["ja", "false"])
  }

  private static let package = """
    {"name": "p", "title": "Package", "resources": [
      {"name": "responses", "path": "data/r.csv", "title": "Responses", "schema": {"fields": [{"name": "a"}]}},
      {"name": "codes", "path": "c.csv", "schema": "https://192.0.2.1/schema.json"}, {"name": "notes", "path": "n.txt"}]}
    """

  @Test func `a table of a package is found by its name or path`() throws {
    for table in ["responses", "data/r.csv"] {
      let found = try dictionary(Self.package, table: table)
      #expect(found.title == "Responses" && found.columns.map(\.name) == ["a"])
    }
    #expect(faultCode(Self.package) == .severalTables)
    #expect(faultCode(Self.package, table: "notes") == .unknownTable)
    #expect(faultCode(Self.package, table: "codes") == .schemaElsewhere)
    let single =
      "{\"title\": \"P\", \"resources\": [{\"path\": \"a.csv\", \"schema\": {\"fields\": [{\"name\": \"a\"}]}}]}"
    #expect(try dictionary(single).title == "P")
  }

  @Test func `other files are refused`() {
    #expect(faultCode("{}") == .notTableSchema)
    #expect(faultCode("{\"fields\": []}") == .noColumns)
    #expect(faultCode("{\"fields\": [{\"type\": \"any\"}]}") == .missingValue)
    #expect(faultCode("{\"fields\": 3}") == .notJSON)
    #expect(faultCode("{\"resources\": []}") == .notTableSchema)
    #expect(faultCode("nonsense") == .notJSON)
    #expect(faultCode(String(repeating: "[", count: 100_000)) == .nestedTooDeep)
  }
}
