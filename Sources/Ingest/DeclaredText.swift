import SurveyDefinition

/// Why some bytes are no text that can be read.
enum TextFault {
  /// A byte that is no text in the encoding.
  case notText
  /// A character U+0000, which no text holds.
  case nul
  /// A control character of the upper half, which no survey holds.
  case control
}

/// Bytes of a declared encoding as UTF-8, piece by piece, with the place of the first that is no text.
///
/// UTF-8 itself never comes here: it is checked where it lies.
struct DeclaredText: ~Copyable {
  let encoding: InputLayout.Encoding
  private var converter: Transcoder
  private(set) var likelihood = EncodingLikelihood()

  /// - Parameter mark: The mark that the file began with, or the order of its bytes where it has none.
  /// - Returns: Nil where the bytes are UTF-8, or the order of UTF-16 is not known.
  init?(_ encoding: InputLayout.Encoding, mark: ByteSource.ByteOrderMark?) {
    switch mark {
    case .utf16LittleEndian?:
      self.encoding = .utf16
      converter = Transcoder(from: "UTF-16LE")
    case .utf16BigEndian?:
      self.encoding = .utf16
      converter = Transcoder(from: "UTF-16BE")
    case .utf8?, nil:
      guard let name = encoding.converterName else { return nil }
      self.encoding = encoding
      converter = Transcoder(from: name)
    }
  }

  /// False where the text so far ends inside a character.
  var isComplete: Bool { converter.isComplete }

  /// The text of `chunk[..<count]`, up to the first fault, which has its position in the chunk.
  mutating func next(_ chunk: [UInt8], count: Int) -> (text: [UInt8], fault: (offset: Int, fault: TextFault)?)
  {
    if !converter.isWide { likelihood.add(chunk, count: count) }
    let piece = converter.convert(chunk, count: count)
    var fault: (offset: Int, fault: TextFault)? = piece.faultyByte.map { ($0, .notText) }
    var text = piece.text
    if let end = firstUnreadable(in: text) {
      fault = (min(count - 1, converter.sourceBytes(of: text[..<end])), text[end] == 0 ? .nul : .control)
      text.removeSubrange(end...)
    }
    return (text, fault)
  }

  /// U+0000 in any encoding; U+0080 to U+009F in ISO-8859-1, where they mean that it is Windows-1252.
  private func firstUnreadable(in text: [UInt8]) -> Int? {
    for index in text.indices {
      if text[index] == 0 { return index }
      guard encoding == .iso88591, text[index] == 0xC2, index + 1 < text.count else { continue }
      if text[index + 1] < 0xA0 { return index }
    }
    return nil
  }
}
