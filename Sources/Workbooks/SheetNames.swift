/// Names of sheets that every program takes: letters of ASCII, digits and underscores, a letter first, at most 31, and no
/// two alike whatever the case.
public struct SheetNames {
  private var taken: Set<String> = []
  private static let longest = 31

  public init() {}

  /// A name like the one wanted, and unlike all that were given before.
  public mutating func name(_ wanted: String) -> String {
    var base = wanted.unicodeScalars.map { scalar -> Character in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? Character(scalar) : "_"
    }
    if base.first.map({ !$0.isLetter }) ?? true { base.insert(contentsOf: "t_", at: 0) }
    // One program keeps this name for itself.
    if String(base).lowercased() == "history" { base.append("_") }
    var candidate = String(base.prefix(Self.longest))
    var number = 1
    while !taken.insert(candidate.lowercased()).inserted {
      number += 1
      let ending = "_\(number)"
      candidate = String(base.prefix(Self.longest - ending.count)) + ending
    }
    return candidate
  }
}
