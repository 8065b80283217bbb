/// The text of a responses file as bytes: inflated where it is gzip, without its byte order mark.
struct ByteSource: ~Copyable {
  /// What one read gave.
  enum Reading {
    case bytes(Int)
    case end
    case corruptGzip(String)
  }

  /// The mark that a text in Unicode may begin with.
  enum ByteOrderMark {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
  }

  /// What the first bytes say of the file.
  enum Beginning {
    case text(ByteOrderMark?)
    /// A zip archive, as every xlsx and ods file is.
    case zip
    case empty
    case corruptGzip(String)
  }

  private var file: FileInput
  private var gzip: GzipStream?
  /// Bytes that were read to know the file, not yet handed on.
  private var head: [UInt8] = []
  /// Bytes of the text before the next one to be read: the byte order mark counts.
  private(set) var markBytes = 0

  var totalBytes: Int? { file.totalBytes }
  /// Bytes read of the file as it is stored.
  var storedBytesRead: Int { file.bytesRead }

  init(_ input: ResponseInput) throws(IngestFailure) {
    file = try FileInput(input)
  }

  /// Reads as much as tells gzip and a byte order mark; to be called once, first.
  mutating func begin(bufferSize: Int) throws(IngestFailure) -> Beginning {
    if case .corruptGzip(let reason) = try fillHead() { return .corruptGzip(reason) }
    if head.starts(with: [0x1F, 0x8B]) {
      gzip = GzipStream(head: head, bufferSize: bufferSize)
      head = []
      if case .corruptGzip(let reason) = try fillHead() { return .corruptGzip(reason) }
    }
    if head.isEmpty { return .empty }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .zip }
    let marks: [([UInt8], ByteOrderMark)] = [
      ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian), ([0xEF, 0xBB, 0xBF], .utf8),
    ]
    for (bytes, mark) in marks where head.starts(with: bytes) {
      head.removeFirst(bytes.count)
      markBytes = bytes.count
      return .text(mark)
    }
    return .text(nil)
  }

  /// The order of the bytes of UTF-16 without a mark, which begins with a heading: of a plain character one byte is 0.
  var orderWithoutMark: ByteOrderMark? {
    guard head.count >= 2, (head[0] == 0) != (head[1] == 0) else { return nil }
    return head[0] == 0 ? .utf16BigEndian : .utf16LittleEndian
  }

  /// Goes on at this byte of the file, after `begin`.
  /// - Returns: False where that cannot be: bytes within gzip or a pipe are reached through all before them.
  mutating func go(to byte: Int) -> Bool {
    guard gzip == nil, file.seek(to: byte) else { return false }
    head = []
    return true
  }

  /// Reads up to `buffer.count` bytes to the front of `buffer`.
  mutating func read(into buffer: inout [UInt8]) throws(IngestFailure) -> Reading {
    if head.isEmpty { return try readOn(into: &buffer) }
    let count = min(head.count, buffer.count)
    for index in 0..<count { buffer[index] = head[index] }
    head.removeFirst(count)
    return .bytes(count)
  }

  private mutating func fillHead() throws(IngestFailure) -> Reading {
    while head.count < 4 {
      var piece = [UInt8](repeating: 0, count: 4 - head.count)
      let reading = try readOn(into: &piece)
      guard case .bytes(let count) = reading else { return reading }
      head += piece.prefix(count)
    }
    return .bytes(head.count)
  }

  private mutating func readOn(into buffer: inout [UInt8]) throws(IngestFailure) -> Reading {
    if gzip != nil {
      switch try gzip!.read(into: &buffer, from: &file) {
      case .bytes(let count): return .bytes(count)
      case .end: return .end
      case .corrupt(let reason): return .corruptGzip(reason)
      }
    }
    let count = try file.read(into: &buffer)
    return count == 0 ? .end : .bytes(count)
  }
}
