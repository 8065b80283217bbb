import Glibc

/// The bytes of a file.
/// - Parameter most: How many it may have: a larger one is at fault before it is read.
/// - Throws: Where the file cannot be opened or read, or is larger.
public func exportBytes(at path: String, atMost most: Int) throws(ExportFailure) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    if count == 0 { return bytes }
    if count < 0 {
      // A signal, such as a change of the terminal's size, is no reason to give up.
      if errno == EINTR { continue }
      throw .cannotRead(path: path, reason: systemReason())
    }
    guard bytes.count + count <= most else { throw .fault(.tooLarge(limit: most)) }
    bytes.append(contentsOf: buffer[..<count])
  }
}

private func systemReason() -> String { unsafe String(cString: strerror(errno)) }
