import Foundation

@testable import ExportFormats

/// Real exports, in the folder that `REFERENCE_DATA` names.
enum ReferenceData {
  static let folder: String? = {
    guard let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"],
      FileManager.default.fileExists(atPath: path + "/data/converted/dlr2018.sav")
    else { return nil }
    return path + "/data"
  }()

  static var isAtHand: Bool { folder != nil }

  static func path(_ name: String) -> String { (folder ?? "") + "/" + name }

  static func bytes(_ name: String) throws -> [UInt8] {
    try exportBytes(at: path(name), atMost: 1 << 30)
  }

  static func records(_ name: String) throws -> [[String]] { try ExportFormatsTests.records(bytes(name)) }
}

/// The records of a CSV file, the headings first.
func records(_ bytes: [UInt8]) throws -> [[String]] {
  var reader = CSVRecords(TextEncoding.utf8.utf8(bytes) ?? [])
  var records: [[String]] = []
  while let record = try reader.next() { records.append(record) }
  return records
}

/// How often each text stands in a column.
func counts(_ records: [[String]], of heading: String) throws -> [String: Int] {
  let column = records[0].firstIndex(of: heading) ?? -1
  return records.dropFirst().reduce(into: [:]) { $0[$1[column], default: 0] += 1 }
}

extension DataDictionary {
  /// The column that a heading stands for.
  func column(_ heading: String) -> DictionaryColumn? { columns(for: [heading])[0] }
}

extension DictionaryColumn {
  var labels: [String] { answers.map(\.label) }
  var texts: [String] { answers.map(\.text) }
}

/// The fault that something ends in; nil where it ends well.
func fault<Result>(_ body: () throws(ExportFault) -> Result) -> ExportFault? {
  do throws(ExportFault) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// Chance that comes from a seed: SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
