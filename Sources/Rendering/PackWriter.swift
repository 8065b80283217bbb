public import ReleaseModel

/// Writes one file of a pack's folder.
///
/// A writer is given protected figures and the public definition, and has nothing else to draw on: what it writes may
/// be published. Adding a format means one type like `TablesCSV` and its place in `packWriters`.
public protocol PackWriter: Sendable {
  /// The name that `--format` takes and the manifest lists.
  var format: String { get }
  /// Whether it is written where nobody names formats.
  var isUsual: Bool { get }
  /// The name of the file in the pack's folder.
  var fileName: String { get }
  /// The whole file. The same pack of the same release gives the same bytes.
  func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8]
  /// Further files of the format, for what has no place in the first.
  func companions(of pack: ReleasedPack, in release: Release) -> [CompanionFile]
  /// The same writer in a release of these formats: a file that leads to others must not lead to one that is not written.
  func beside(_ formats: Set<String>) -> any PackWriter
}

extension PackWriter {
  public var isUsual: Bool { true }

  public func companions(of pack: ReleasedPack, in release: Release) -> [CompanionFile] { [] }

  public func beside(_ formats: Set<String>) -> any PackWriter { self }
}

/// A file beside the first of its format.
public struct CompanionFile: Sendable, Hashable {
  /// Its name in the pack's folder.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Every writer that there is, in the order in which formats are listed.
public let packWriters: [any PackWriter] = [TablesCSV(), TablesXLSX(), TablesODS(), TablesJSON()]
