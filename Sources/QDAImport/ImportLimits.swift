/// How much a file may ask for before it is refused. Project files of thousands of coded documents take some tens of
/// MiB; what is beyond these limits was made to exhaust a machine, or is not a project.
public struct ImportLimits: Sendable, Hashable {
  /// Bytes of the project's XML, counted while it is inflated, whatever the archive declares.
  public var maximumProjectBytes = 512 << 20
  /// How many times its size in the archive the XML may be inflated to. GUIDs keep real projects below 20; deflate's
  /// own limit is 1,032.
  public var maximumRatio = 200
  /// Up to this size the ratio does not matter.
  public var bytesAtAnyRatio = 16 << 20
  /// Entries of an archive: a document usually has two.
  public var maximumEntries = 100_000
  /// Elements inside one another. The schema nests only codes without limit.
  public var maximumDepth = 256
  /// Bytes of one tag, comment or instruction, all of which have to be held at once.
  public var maximumTagBytes = 1 << 20
  /// Bytes of a variable's value; a longer one is prose and is not carried.
  public var maximumValueBytes = 200

  public init() {}
}
