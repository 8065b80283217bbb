import Glibc
import SurveyDefinition

/// Turns the bytes of a declared encoding into UTF-8 as they are read, through iconv of the C library.
///
/// The only file that calls iconv. Invariants: `descriptor` is opened once and closed by `deinit` alone; the pointers
/// that iconv moves live inside one call.
@safe
struct Transcoder: ~Copyable {
  /// What came of one piece.
  struct Piece {
    /// The text as UTF-8.
    var text: [UInt8]
    /// The position in the piece of the first byte that is no text in this encoding.
    var faultyByte: Int?
  }

  private let descriptor: iconv_t
  /// The start of a character whose end the last piece did not have.
  private var rest: [UInt8] = []
  /// True where one character is more than one byte.
  let isWide: Bool

  /// - Parameter name: What iconv calls the encoding.
  init(from name: String) {
    let opened = unsafe iconv_open("UTF-8", name)
    precondition(unsafe opened != iconv_t(bitPattern: -1), "the C library cannot read \(name)")
    unsafe descriptor = opened!
    isWide = name.hasPrefix("UTF-16")
  }

  deinit { unsafe iconv_close(descriptor) }

  /// False where the text so far ends inside a character.
  var isComplete: Bool { rest.isEmpty }

  /// Turns `chunk[..<count]` into UTF-8; after a faulty byte nothing more may be asked for.
  mutating func convert(_ chunk: [UInt8], count: Int) -> Piece {
    let carried = rest.count
    var input = rest + chunk[..<count]
    // No character of these encodings needs more than three bytes for one of its own.
    var output = [UInt8](repeating: 0, count: 3 * input.count + 16)
    var inputLeft = input.count
    var outputLeft = output.count
    let status = unsafe input.withUnsafeMutableBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        return unsafe iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
      }
    }
    let reason = errno
    output.removeLast(outputLeft)
    rest = []
    guard status == -1 else { return Piece(text: output, faultyByte: nil) }
    if reason == EINVAL {
      rest = Array(input.suffix(inputLeft))
      return Piece(text: output, faultyByte: nil)
    }
    return Piece(text: output, faultyByte: max(0, input.count - inputLeft - carried))
  }

  /// How many bytes of the source made this text.
  func sourceBytes(of text: some Sequence<UInt8>) -> Int {
    let decoded = String(decoding: Array(text), as: UTF8.self)
    return isWide ? 2 * decoded.utf16.count : decoded.unicodeScalars.count
  }
}

extension InputLayout.Encoding {
  /// What iconv calls it; nil where nothing needs to be converted. UTF-16 is told apart by its mark.
  var converterName: String? {
    switch self {
    case .utf8, .utf16: nil
    case .windows1252: "CP1252"
    case .iso88591: "ISO-8859-1"
    case .macintosh: "MACINTOSH"
    }
  }
}
