import CZlib

/// Inflates gzip as it is read, through zlib: two fixed buffers, whatever the file inflates to.
///
/// Members that follow one another are one file, as for `gzip -d`; zeros after the last are padding.
/// The only file that calls zlib. Invariants: `stream` is allocated once and never moves, as zlib keeps a pointer to
/// it; `next_in` and `next_out` are set before each call from buffers that outlive it, and mean nothing after.
@safe
struct GzipStream: ~Copyable {
  /// What one read gave.
  enum Reading {
    case bytes(Int)
    case end
    /// zlib's word for what is wrong; never anything of the content.
    case corrupt(String)
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8]
  private var position = 0
  private var filled = 0
  private var isInsideMember = true

  /// - Parameter head: The bytes that were read to know the file for gzip.
  init(head: [UInt8], bufferSize: Int) {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 is the largest window; 16 more asks for a gzip header and its checksum.
    let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib could not be set up")
    input = head + Array(repeating: 0, count: max(0, bufferSize - head.count))
    filled = head.count
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Inflates up to `output.count` bytes to the front of `output`.
  mutating func read(
    into output: inout [UInt8], from file: inout FileInput
  ) throws(IngestFailure) -> Reading {
    while true {
      if position == filled {
        filled = try file.read(into: &input)
        position = 0
        if filled == 0 { return isInsideMember ? .corrupt("the file ends too soon") : .end }
      }
      if !isInsideMember {
        if input[position] == 0 {
          position += 1
          continue
        }
        unsafe inflateReset(stream)
        isInsideMember = true
      }
      let (status, produced) = inflateOnce(into: &output)
      switch status {
      case Z_STREAM_END: isInsideMember = false
      case Z_OK, Z_BUF_ERROR: break
      default: return .corrupt(message)
      }
      if produced > 0 { return .bytes(produced) }
    }
  }

  private mutating func inflateOnce(into output: inout [UInt8]) -> (status: Int32, produced: Int) {
    let room = output.count
    let available = filled - position
    let status = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = source.baseAddress.map { unsafe $0 + position }
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    position = unsafe filled - Int(stream.pointee.avail_in)
    return unsafe (status, room - Int(stream.pointee.avail_out))
  }

  private var message: String {
    guard let text = unsafe stream.pointee.msg else { return "not gzip data" }
    return unsafe String(cString: text)
  }
}

/// The version of zlib in use.
var gzipVersion: String { unsafe String(cString: zlibVersion()) }
