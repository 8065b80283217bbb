import Foundation
import ReleaseModel
import Testing

@testable import Rendering

/// What the standard asks of metadata and can be told without a validator; `make test-all` runs one.
@Suite struct CSVWMetadataTests {
  private struct Metadata: Decodable {
    struct Column: Decodable {
      struct Datatype: Decodable { var base: String }
      var name: String
      var titles: String
      var datatype: Datatype
      var required: Bool?
      var null: String?
    }
    struct Schema: Decodable {
      var columns: [Column]
      var primaryKey: [String]
    }
    var url: String
    var tableSchema: Schema
  }

  /// Each CSV file of a pack with its metadata.
  private func described(_ made: MadeRelease.Named) throws -> [(csv: [[String]], metadata: [UInt8])] {
    let pack = try #require(made.release.packs.first)
    let writer = TablesCSV()
    let companions = writer.companions(of: pack, in: made.release)
    let files =
      [CompanionFile(name: writer.fileName, bytes: writer.bytes(of: pack, in: made.release))] + companions
    return try files.filter { $0.name.hasSuffix(".csv") }.map { file in
      let own = companions.filter { $0.name == file.name + "-metadata.json" }
      #expect(own.count == 1, "\(file.name)")
      return (csvRecords(String(decoding: file.bytes, as: UTF8.self)), try #require(own.first).bytes)
    }
  }

  @Test(arguments: MadeRelease.all)
  func `columns are those of the file, and the primary key tells its rows apart`(_ made: MadeRelease.Named)
    throws
  {
    for (records, bytes) in try described(made) {
      let metadata = try JSONDecoder().decode(Metadata.self, from: Data(bytes))
      let columns = metadata.tableSchema.columns
      #expect(columns.map(\.name) == records.first)
      #expect(columns.map(\.titles) == records.first)
      let places = try metadata.tableSchema.primaryKey.map { key in
        try #require(columns.firstIndex { $0.name == key })
      }
      let keys = records.dropFirst().map { record in places.map { record[$0] } }
      #expect(Set(keys).count == keys.count)
      for place in places { #expect(columns[place].required == true) }
    }
  }

  @Test(arguments: MadeRelease.all)
  func `every field has the datatype of its column, and none that is required is empty`(
    _ made: MadeRelease.Named
  ) throws {
    for (records, bytes) in try described(made) {
      let metadata = try JSONDecoder().decode(Metadata.self, from: Data(bytes))
      for record in records.dropFirst() {
        for (field, column) in zip(record, metadata.tableSchema.columns) {
          if field.isEmpty {
            #expect(column.required != true && column.null == "", "\(column.name)")
          } else if column.datatype.base == "integer" {
            #expect(Int(field) != nil, "\(column.name): \(field)")
          } else if column.datatype.base == "decimal" {
            #expect(Decimal(string: field) != nil, "\(column.name): \(field)")
          }
        }
      }
    }
  }

  @Test func `language, title, description and publisher are told, and that responses are made up`() throws {
    let pack = try #require(MadeRelease.release.packs.first)
    let file = CSVWMetadata.companion(
      CSVWMetadata.tables(in: MadeRelease.release), of: pack, in: MadeRelease.release)
    #expect(file.name == "tables.csv-metadata.json")
    let read = try #require(JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
    let context = try #require(read["@context"] as? [Any])
    #expect(context.first as? String == "http://www.w3.org/ns/csvw")
    #expect(context.last as? [String: String] == ["@language": "en-GB"])
    #expect(read["url"] as? String == "tables.csv")
    #expect(read["dc:title"] as? String == "A tiny survey: Everyone, wave 2026: tables")
    #expect(read["dc:publisher"] as? String == "Tester")
    #expect((read["dc:description"] as? String)?.hasPrefix("Made-up responses") == true)
  }
}
