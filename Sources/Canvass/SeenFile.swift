/// A file as it was when it was first looked at, or that there was none, so that it can be told whether what was read of it since
/// is of one piece.
struct SeenFile {
  let path: String
  private let state: Result<State?, FileFailure>

  private struct State: Hashable {
    let stamp: FileStamp
    let digest: String
  }

  /// Looks at a file and takes its digest. A failure is kept and thrown when the digest is wanted.
  init(_ path: String) {
    self.path = path
    state = Self.state(of: path)
  }

  /// A place where there was nothing.
  init(absent path: String) {
    self.path = path
    state = .success(nil)
  }

  /// A file whose bytes were read at once.
  init(_ path: String, stamp: FileStamp, bytes: [UInt8]) {
    self.path = path
    state = .success(State(stamp: stamp, digest: sha256(bytes)))
  }

  private static func state(of path: String) -> Result<State?, FileFailure> {
    Result { () throws(FileFailure) in
      guard let stamp = try FileSystem.stamp(of: path) else { return nil }
      return State(stamp: stamp, digest: try sha256(ofFile: path))
    }
  }

  /// The SHA-256 of what it held; nil where there was none.
  var digest: String? {
    get throws(FileFailure) { try state.get()?.digest }
  }

  /// The same of a file that has to be there.
  var neededDigest: String {
    get throws(FileFailure) {
      if let digest = try digest { return digest }
      throw FileSystem.absence(of: path)
    }
  }

  /// Stops where the file is not what it was. Its times tell a change that was taken back, its digest one within a tick of the
  /// clock.
  func refuseChange() throws(FileFailure) {
    guard try state.get() == Self.state(of: path).get() else { throw .changed(path: path) }
  }
}
