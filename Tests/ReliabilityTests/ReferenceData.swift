import FoundationEssentials

/// Reference values and real codings, in the folder that `REFERENCE_DATA` names.
enum ReferenceData {
  static let folder: String? = {
    guard let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"],
      FileManager.default.fileExists(atPath: path + "/reference/stats/expected/agreement.json")
    else { return nil }
    return path
  }()

  static var isAtHand: Bool { folder != nil }

  static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: (folder ?? "") + "/" + path))
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

/// agreement.json: what irrCAC, krippendorff and scikit-learn computed.
struct ExpectedAgreement: Decodable {
  let publishedExamples: [Example]
  let codings: [Theme]

  struct Example: Decodable {
    let name: String
    let rows: [[Code?]]
    let computed: Figures
  }

  struct Theme: Decodable {
    let coderSet: [String]
    let theme: String
    let codedYes: [String: Int]
    let figures: Figures

    private enum Keys: CodingKey { case coderSet, theme, codedYes }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      coderSet = try container.decode([String].self, forKey: .coderSet)
      theme = try container.decode(String.self, forKey: .theme)
      codedYes = try container.decode([String: Int].self, forKey: .codedYes)
      figures = try Figures(from: decoder)
    }
  }

  struct Figures: Decodable {
    let units: Int
    let coders: Int
    let categories: Int
    let gwetAc1: Double?
    let percentAgreement: Double?
    let gwetPe: Double?
    let gwetSe: Double?
    let krippendorffAlphaNominal: Double?
    let cohenKappa: Double?
    let unitsCodedByBoth: Int?
    let percentAgreementBoth: Double?
  }

  /// A category, which is a text or a number.
  struct Code: Decodable, Hashable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        text = String(number)
      } else {
        text = try container.decode(String.self)
      }
    }
  }
}
