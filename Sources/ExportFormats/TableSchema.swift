/// Reads a Table Schema, or the schema of one table of a Data Package, in their versions 1 and 2.
///
/// A field with `categories` or an `enum` becomes a question of one answer. The title of a field is its wording, or
/// else its description. Where a field has no missing values of its own, those of the schema are its.
/// - Parameters:
///   - bytes: JSON in UTF-8.
///   - table: The name or path of the table in a Data Package; nil where it has one table only.
/// - Throws: That the file is no JSON, no Table Schema, has several tables or none of that name, or is beyond the
///   limits.
/// - Complexity: Linear in the size of the file.
/// Source: https://datapackage.org/standard/table-schema and https://datapackage.org/standard/data-package.
public func readTableSchema(
  _ bytes: [UInt8], table: String? = nil, limits: ExportLimits = ExportLimits()
) throws(ExportFault) -> DataDictionary {
  let package = try decodeJSON(DataPackage.self, from: bytes, limits: limits)
  let schema: TableSchema
  var title: String?
  if let resources = package.resources {
    let resource = try choose(table, of: resources)
    guard let found = resource.schema else {
      throw ExportFault(
        .schemaElsewhere,
        "the table's schema is not in this file but at an address of its own, which is not fetched",
        remedy: "Give the file of the schema itself")
    }
    schema = found
    title = resource.title ?? package.title
  } else if package.schema.fields != nil {
    schema = package.schema
    title = package.title
  } else {
    throw ExportFault(
      .notTableSchema,
      "the file has neither the fields of a Table Schema nor the resources of a Data Package",
      remedy: "Give the schema (JSON) or datapackage.json of the table")
  }
  return DataDictionary(
    format: .tableSchema, title: title.map(collapsed), columns: try columns(of: schema, limits))
}

private func choose(_ table: String?, of resources: [DataPackage.Resource]) throws(ExportFault)
  -> DataPackage.Resource
{
  let known = resources.filter { $0.schema != nil || $0.schemaAddress != nil }
  if let table {
    guard let resource = known.first(where: { $0.name == table || $0.path == table }) else {
      throw ExportFault(
        .unknownTable, "the package has no table \(shownName(table)) with a schema",
        remedy: known.isEmpty ? nil : "It has \(names(of: known))")
    }
    return resource
  }
  guard let only = known.first else {
    throw ExportFault(.notTableSchema, "none of the package's tables has a schema", remedy: nil)
  }
  guard known.count == 1 else {
    throw ExportFault(
      .severalTables, "the package has several tables with a schema",
      remedy: "Say which one: \(names(of: known))")
  }
  return only
}

private func names(of resources: [DataPackage.Resource]) -> String {
  let shown = resources.prefix(10).map { shownName($0.name ?? $0.path ?? "") }
  return shown.joined(separator: ", ") + (resources.count > 10 ? " and more" : "")
}

private func columns(of schema: TableSchema, _ limits: ExportLimits) throws(ExportFault) -> [DictionaryColumn]
{
  let fields = schema.fields ?? []
  guard !fields.isEmpty else { throw ExportFault(.noColumns, "the schema has no fields", remedy: nil) }
  guard fields.count <= limits.maximumColumns else { throw .tooManyColumns(limit: limits.maximumColumns) }
  var answerCount = 0
  var columns: [DictionaryColumn] = []
  for field in fields {
    let column = DictionaryColumn(field, missing: schema.missingValues)
    guard !column.name.isEmpty else {
      throw ExportFault(
        .missingValue, "a field of the schema has no name", remedy: "Name it as the column is headed")
    }
    answerCount += column.answers.count
    guard answerCount <= limits.maximumAnswers else { throw .tooManyAnswers(limit: limits.maximumAnswers) }
    columns.append(column)
  }
  return columns
}

extension DictionaryColumn {
  fileprivate init(_ field: TableSchema.Field, missing: [TableSchema.Choice]?) {
    let wording = [field.title, field.description].compactMap { $0.map(collapsed) }.first { !$0.isEmpty }
    let choices =
      field.categories ?? field.constraints?.enum?.map { TableSchema.Choice(value: $0.text) } ?? []
    let missing = (field.missingValues ?? missing ?? []).map(\.value).filter { !$0.isEmpty }
    self.init(
      name: collapsed(field.name ?? ""), question: wording, kind: .unknown,
      answers: choices.map { DictionaryAnswer(text: $0.value, label: $0.label.map(collapsed) ?? $0.value) },
      missing: missing, isOrdered: field.categoriesOrdered ?? false)
    switch field.type {
    case "string": kind = answers.isEmpty ? .text : .single
    case "integer", "number": kind = answers.isEmpty ? .number : .single
    case "boolean":
      kind = .single
      if answers.isEmpty {
        answers = [
          DictionaryAnswer(text: field.trueValues?.first ?? "true", label: "Yes"),
          DictionaryAnswer(text: field.falseValues?.first ?? "false", label: "No"),
        ]
      }
    case "date", "time", "datetime", "year", "yearmonth": kind = .date
    case "list": kind = .multipleJoined(separator: field.delimiter ?? ",")
    default: kind = answers.isEmpty ? .unknown : .single
    }
  }
}

/// A Data Package, or a schema alone.
private struct DataPackage: Decodable {
  var title: String?
  var resources: [Resource]?
  var schema: TableSchema

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    title = container.lenient(String.self, .title)
    resources = try container.decodeIfPresent([Resource].self, forKey: .resources)
    schema = try TableSchema(from: decoder)
  }

  private enum Keys: CodingKey { case title, resources }

  struct Resource: Decodable {
    var name: String?
    var path: String?
    var title: String?
    var schema: TableSchema?
    var schemaAddress: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      name = container.lenient(String.self, .name)
      path = container.lenient(String.self, .path)
      title = container.lenient(String.self, .title)
      schemaAddress = container.lenient(String.self, .schema)
      schema = schemaAddress == nil ? try container.decodeIfPresent(TableSchema.self, forKey: .schema) : nil
    }

    private enum Keys: CodingKey { case name, path, title, schema }
  }
}

private struct TableSchema: Decodable {
  var fields: [Field]?
  var missingValues: [Choice]?

  struct Field: Decodable {
    var name: String?
    var title: String?
    var description: String?
    var type: String?
    var constraints: Constraints?
    var categories: [Choice]?
    var categoriesOrdered: Bool?
    var missingValues: [Choice]?
    var trueValues: [String]?
    var falseValues: [String]?
    var delimiter: String?
  }

  struct Constraints: Decodable {
    var `enum`: [JSONScalar]?
  }

  /// A value, or a value with its label.
  struct Choice: Decodable {
    var value: String
    var label: String?

    init(value: String) { self.value = value }

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: Keys.self) {
        value = try container.decode(JSONScalar.self, forKey: .value).text
        label = try container.decodeIfPresent(String.self, forKey: .label)
      } else {
        value = try JSONScalar(from: decoder).text
      }
    }

    private enum Keys: CodingKey { case value, label }
  }
}
