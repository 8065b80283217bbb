import FoundationEssentials

/// Reference values in the folder that `REFERENCE_DATA` names: reference/stats, made by R's package survey 4.1.1
/// with the scripts beside them (make.R, weighting.R, common.R).
enum ReferenceData {
  static let folder: String? = {
    guard let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"],
      FileManager.default.fileExists(atPath: path + "/reference/stats/expected/weighting-wave1.json")
    else { return nil }
    return path + "/reference/stats/"
  }()

  static var isAtHand: Bool { folder != nil }

  static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: (folder ?? "") + path))
  }

  /// The records of a file without quotes, by heading.
  static func records(_ path: String) throws -> [[String: String]] {
    let lines = String(decoding: try bytes(path), as: UTF8.self)
      .split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }
}

/// weighting-wave1.json.
struct ExpectedWeighting: Decodable {
  let weights: [String: Figures]
  let kishByGroup: Table
  let margins: [String: Table]

  /// Of one set of weights; bounds for "trim_bounds".
  struct Figures: Decodable {
    let n: Int?
    let sum: Double?
    let min: Double?
    let max: Double?
    let mean: Double?
    let sd: Double?
    let neffKish: Double?
    let deffKish: Double?
    let weightingEfficiencyPercent: Double?
    let rowsOutsideAfter: Int?
    let cycles: Int?
    let upper: Double?
    let lower: Double?
  }

  struct Table: Decodable {
    let columns: [String]
    let rows: [[Value]]

    func number(_ row: [Value], _ column: String) -> Double? {
      guard let place = columns.firstIndex(of: column), case .number(let number) = row[place] else {
        return nil
      }
      return number
    }

    func text(_ row: [Value], _ column: String) -> String? {
      guard let place = columns.firstIndex(of: column), case .text(let text) = row[place] else { return nil }
      return text
    }
  }

  enum Value: Decodable {
    case text(String)
    case number(Double)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }
}
