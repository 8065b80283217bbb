/// Finds the first byte of a text that is not UTF-8, or is NUL, over any number of pieces.
///
/// Source: the state machine of the Encoding Standard's UTF-8 decoder (https://encoding.spec.whatwg.org/#utf-8-decoder),
/// which takes neither overlong forms nor surrogates. Plain ASCII is passed over 32 bytes at a time, at several
/// times the speed of libcsv.
struct UTF8Check {
  private var needed = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF

  /// False where the text so far ends inside a character.
  var isComplete: Bool { needed == 0 }

  /// The position and kind of the first fault in `bytes[start..<count]`; nil where there is none.
  mutating func firstFault(in bytes: RawSpan, from start: Int = 0, count: Int) -> (
    offset: Int, fault: TextFault
  )? {
    var offset = start
    while offset < count {
      if needed == 0 {
        while offset + 32 <= count {
          let first = bytes.word(at: offset)
          let second = bytes.word(at: offset + 8)
          let third = bytes.word(at: offset + 16)
          let fourth = bytes.word(at: offset + 24)
          let marks =
            (first &- ones) | first | (second &- ones) | second | (third &- ones) | third
            | (fourth &- ones) | fourth
          // A high bit stands for a byte above 127, or a zero that borrowed: look closer.
          if marks & highBits != 0 { break }
          offset += 32
        }
        if offset >= count { break }
      }
      let end = min(count, offset + 32)
      while offset < end {
        if let fault = step(bytes.byte(at: offset)) { return (offset, fault) }
        offset += 1
      }
    }
    return nil
  }

  @inline(__always)
  private mutating func step(_ byte: UInt8) -> TextFault? {
    if needed == 0 {
      switch byte {
      case 0: return .nul
      case 0x01...0x7F: return nil
      case 0xC2...0xDF: needed = 1
      case 0xE0...0xEF:
        needed = 2
        if byte == 0xE0 { lower = 0xA0 }
        if byte == 0xED { upper = 0x9F }
      case 0xF0...0xF4:
        needed = 3
        if byte == 0xF0 { lower = 0x90 }
        if byte == 0xF4 { upper = 0x8F }
      default: return .notText
      }
      return nil
    }
    guard byte >= lower, byte <= upper else { return .notText }
    lower = 0x80
    upper = 0xBF
    needed -= 1
    return nil
  }
}

private let ones: UInt64 = 0x0101_0101_0101_0101
private let highBits: UInt64 = 0x8080_8080_8080_8080
