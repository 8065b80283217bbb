import SurveyDefinition

/// Which of the encodings with one byte per character some bytes are likely to be.
///
/// Every byte says something under every such encoding, so that only how it sits among its neighbours tells: a
/// capital letter inside a word and a symbol in the middle of a text are signs of the wrong one, a letter within a word
/// and a typographic quotation mark are signs of the right one.
struct EncodingLikelihood {
  /// What stands beside a byte.
  private enum Neighbour: Int, CaseIterable {
    case smallLetter
    case capital
    case other

    init(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .smallLetter
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .capital
      default: self = .other
      }
    }
  }

  private static let kinds = Neighbour.allCases.count
  /// How often each byte above 127 stood between each two kinds of neighbours.
  private var before = Neighbour.other
  /// A byte above 127 whose right neighbour is still to come, with its left one.
  private var pending: (byte: UInt8, before: Neighbour)?
  private var counts = [Int](repeating: 0, count: 128 * kinds * kinds)

  init() {}

  /// Looks at the bytes from the first that is not UTF-8 on, 64 KiB of them: as many, whatever the size of the pieces.
  init(of start: ArraySlice<UInt8>, continuedBy source: inout ByteSource) throws(IngestFailure) {
    let enough = 1 << 16
    var bytes = Array(start.prefix(enough))
    var piece = [UInt8](repeating: 0, count: enough)
    while bytes.count < enough, case .bytes(let count) = try source.read(into: &piece) {
      bytes += piece[..<min(count, enough - bytes.count)]
    }
    add(bytes, count: bytes.count)
  }

  /// Adds the bytes `chunk[..<count]`.
  mutating func add(_ chunk: [UInt8], count: Int) {
    for index in 0..<count {
      let byte = chunk[index]
      if let (pending, before) = pending {
        let first = (Int(pending) - 0x80) * Self.kinds * Self.kinds
        counts[first + before.rawValue * Self.kinds + Neighbour(byte).rawValue] += 1
      }
      pending = byte >= 0x80 ? (byte, before) : nil
      before = Neighbour(byte)
    }
  }

  /// The likely encoding; nil where nothing speaks for one.
  var likely: InputLayout.Encoding? {
    let candidates: [(encoding: InputLayout.Encoding, score: Int)] = [.windows1252, .macintosh].map {
      ($0, score(of: $0))
    }
    guard let best = candidates.max(by: { $0.score < $1.score }), best.score > 0 else { return nil }
    return best.encoding
  }

  /// Another encoding that fits clearly better than the declared one.
  func better(than declared: InputLayout.Encoding) -> InputLayout.Encoding? {
    guard let likely, likely != declared, declared.converterName != nil else { return nil }
    return score(of: likely) > 2 * max(0, score(of: declared)) ? likely : nil
  }

  private func score(of encoding: InputLayout.Encoding) -> Int {
    guard let name = encoding.converterName else { return 0 }
    var sum = 0
    for byte in 0..<128 {
      let first = byte * Self.kinds * Self.kinds
      let counts = counts[first..<first + Self.kinds * Self.kinds]
      guard counts.contains(where: { $0 > 0 }) else { continue }
      var converter = Transcoder(from: name)
      let piece = converter.convert([UInt8(byte + 0x80)], count: 1)
      let scalar =
        piece.faultyByte == nil ? String(decoding: piece.text, as: UTF8.self).unicodeScalars.first : nil
      for (index, count) in counts.enumerated() where count > 0 {
        let before = Neighbour(rawValue: index / Self.kinds) ?? .other
        let after = Neighbour(rawValue: index % Self.kinds) ?? .other
        sum += count * Self.points(scalar, before, after)
      }
    }
    return sum
  }

  /// How well a character sits between its neighbours.
  private static func points(_ scalar: Unicode.Scalar?, _ before: Neighbour, _ after: Neighbour) -> Int {
    guard let scalar, scalar.properties.generalCategory != .control else { return -20 }
    let isInWord = before != .other || after != .other
    if scalar.properties.isLowercase { return isInWord ? 2 : -1 }
    if scalar.properties.isAlphabetic { return before == .smallLetter ? -4 : after == .other ? -2 : 1 }
    // Quotation marks, dashes, the ellipsis, bullets, the no-break space, currencies and a few signs of offices.
    return "‘’‚“”„–—…•\u{A0}€£§°«»©®™·¿¡".unicodeScalars.contains(scalar) ? 2 : -1
  }
}
