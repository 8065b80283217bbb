import SurveyDefinition

extension Decimal6 {
  /// Reads `0`, `1`, `0.25` or `.25`; nil for anything that is not a share, or not exact in millionths.
  init?(share text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    let digits = Array(whole.utf8) + Array(fraction.utf8)
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }), whole.count <= 1,
      fraction.count <= 6, parts.count == 1 || !fraction.isEmpty
    else { return nil }
    let padded = whole + fraction + String(repeating: "0", count: 6 - fraction.count)
    guard let millionths = Int64(padded), millionths <= Self.scale else { return nil }
    self.init(millionths: millionths)
  }
}
