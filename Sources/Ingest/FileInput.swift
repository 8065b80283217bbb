import Glibc

/// The bytes of an input as they are stored, through `open` and `read`.
///
/// `unsafe` marks the system calls that take a string or a buffer; no pointer outlives its call.
struct FileInput: ~Copyable {
  private let descriptor: Int32
  private let closesDescriptor: Bool
  private let memory: [UInt8]
  private let displayName: String
  /// The size of the file; nil where it cannot be known, as for a pipe.
  let totalBytes: Int?
  /// Bytes read so far.
  private(set) var bytesRead = 0

  init(_ input: ResponseInput) throws(IngestFailure) {
    displayName = input.displayName
    switch input.source {
    case .memory(let bytes):
      descriptor = -1
      closesDescriptor = false
      memory = bytes
      totalBytes = bytes.count
    case .standardInput:
      descriptor = STDIN_FILENO
      closesDescriptor = false
      memory = []
      totalBytes = FileInput.size(of: STDIN_FILENO)
    case .file(let path):
      let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard opened >= 0 else {
        throw .cannotOpen(file: input.displayName, reason: FileInput.reason(errno))
      }
      descriptor = opened
      closesDescriptor = true
      memory = []
      totalBytes = FileInput.size(of: opened)
    }
  }

  deinit {
    if closesDescriptor { close(descriptor) }
  }

  /// Reads up to `buffer.count` bytes to the front of `buffer`; 0 at the end.
  mutating func read(into buffer: inout [UInt8]) throws(IngestFailure) -> Int {
    precondition(!buffer.isEmpty, "a read needs room")
    if descriptor < 0 {
      let count = min(buffer.count, memory.count - bytesRead)
      for index in 0..<count { buffer[index] = memory[bytesRead + index] }
      bytesRead += count
      return count
    }
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count >= 0 {
        bytesRead += count
        return count
      }
      let code = errno
      // A signal, such as a change of the terminal's size, is no reason to give up.
      guard code == EINTR else {
        throw .cannotRead(file: displayName, reason: FileInput.reason(code))
      }
    }
  }

  /// Goes on at this byte, which is not beyond the end.
  /// - Returns: False where the input cannot: a pipe gives its bytes once.
  mutating func seek(to byte: Int) -> Bool {
    guard totalBytes != nil, descriptor < 0 || lseek(descriptor, byte, SEEK_SET) == byte else { return false }
    bytesRead = byte
    return true
  }

  private static func size(of descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  private static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
