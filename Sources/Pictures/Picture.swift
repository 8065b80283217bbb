/// A picture that may stand within a page: nothing in it runs, asks for another file, or tells who made it.
public struct Picture: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case png = "image/png"
    case svg = "image/svg+xml"
  }

  public let kind: Kind
  /// The picture, written anew of what is known to be harmless in the file.
  public let bytes: [UInt8]

  /// The largest file that is taken, in bytes: the picture stands in every page of a release.
  public static let largestFile = 65_536

  /// Reads a picture, by its content whatever it is called.
  public init(_ file: [UInt8]) throws(PictureFault) {
    let tooLarge = PictureFault(
      "it has more than 64 KiB", remedy: "it stands in every page: save it smaller, or simpler")
    guard file.count <= Self.largestFile else { throw tooLarge }
    if file.starts(with: pngSignature) {
      kind = .png
      bytes = try harmlessPNG(file)
    } else {
      kind = .svg
      bytes = try harmlessSVG(file)
    }
    guard bytes.count <= Self.largestFile else { throw tooLarge }
  }
}

/// Why a file cannot be taken as a picture.
public struct PictureFault: Error, Sendable, Hashable {
  /// What is wrong, as the rest of a sentence about the file.
  public let words: String
  public let remedy: String
  /// The line of the file, from 1, where it has lines.
  public let line: Int?

  init(_ words: String, line: Int? = nil, remedy: String) {
    self.words = words
    self.line = line
    self.remedy = remedy
  }
}
