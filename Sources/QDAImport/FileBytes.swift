import Glibc

/// The bytes of a file, through `open` and `read`.
///
/// `unsafe` marks the system calls that take a string or a buffer; no pointer outlives its call.
struct FileBytes: ~Copyable {
  let descriptor: Int32
  private let path: String

  init(path: String) throws(ImportFailure) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
    descriptor = opened
    self.path = path
  }

  deinit { close(descriptor) }

  /// Reads up to `buffer.count` bytes to the front of `buffer`; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(ImportFailure) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count >= 0 { return count }
      // A signal, such as a change of the terminal's size, is no reason to give up.
      guard errno == EINTR else { throw .cannotRead(path: path, reason: systemReason()) }
    }
  }

  /// The size of the file; nil where it cannot be known, as for a pipe.
  var size: Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Up to four bytes at the start of the file, which stay to be read.
  func signature() throws(ImportFailure) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, 0, 0]
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { throw .cannotRead(path: path, reason: systemReason()) }
    return Array(bytes.prefix(count))
  }
}

private func systemReason() -> String { unsafe String(cString: strerror(errno)) }
