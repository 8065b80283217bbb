import CExpat

/// Takes what stands in a description written in XML, in document order. False stops the parser for good.
protocol MarkupEvents: AnyObject {
  func start(_ name: String, _ attributes: [String: String]) -> Bool
  func end(_ name: String) -> Bool
  func text(_ piece: String) -> Bool
}

/// Parses the XML of a description through expat. The only file of this target that calls expat.
///
/// A document type may name an address, as those of Triple-S do: it is never fetched, as expat fetches nothing by
/// itself and no one here does it for it. A document type that declares entities is refused whole, so that none can
/// stand for a file or grow without bound. Entities that the address would have declared are known as those of HTML,
/// or become a blank.
///
/// Invariants: expat keeps a pointer to `target`, which lives as long as the parser; its calls come only inside
/// `parse`, and what they pass is copied.
@safe
struct MarkupStream: ~Copyable {
  private let target: MarkupTarget

  init(_ events: any MarkupEvents) {
    guard let parser = unsafe XML_ParserCreate(nil) else {
      preconditionFailure("expat could not be set up")
    }
    target = unsafe MarkupTarget(parser: parser, events: events)
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(target).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let target = unsafe MarkupTarget.of(data), let name = unsafe name else { return }
        target.goOn(if: target.events.start(unsafe String(cString: name), unsafe dictionary(attributes)))
      },
      { data, name in
        // Expat reports the end of an empty element even after its start has stopped it.
        guard let target = unsafe MarkupTarget.of(data), !target.isStopped, let name = unsafe name else {
          return
        }
        target.goOn(if: target.events.end(unsafe String(cString: name)))
      })
    unsafe XML_SetCharacterDataHandler(parser) { data, bytes, count in
      guard let target = unsafe MarkupTarget.of(data), let bytes = unsafe bytes else { return }
      let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
      target.goOn(if: target.events.text(unsafe String(decoding: piece, as: UTF8.self)))
    }
    unsafe XML_SetEntityDeclHandler(parser) { data, _, _, _, _, _, _, _, _ in
      guard let target = unsafe MarkupTarget.of(data) else { return }
      target.declaresEntity = true
      target.goOn(if: false)
    }
    unsafe XML_SetSkippedEntityHandler(parser) { data, name, isParameter in
      guard let target = unsafe MarkupTarget.of(data), isParameter == 0, let name = unsafe name else {
        return
      }
      let scalar = character(ofEntity: unsafe String(cString: name)) ?? " "
      target.goOn(if: target.events.text(String(scalar)))
    }
    unsafe XML_SetUnknownEncodingHandler(parser, fillEncoding, nil)
  }

  deinit { target.free() }

  /// Parses a whole document. Where the events stop the parser, they say why.
  func parse(_ bytes: [UInt8]) throws(ExportFault) {
    let parser = unsafe target.parser
    let chunkSize = 1 << 20
    var offset = 0
    repeat {
      let count = min(chunkSize, bytes.count - offset)
      let isLast = offset + count == bytes.count
      let status = unsafe bytes.withUnsafeBytes { buffer in
        let start = unsafe buffer.baseAddress.map { unsafe $0 + offset }
        return unsafe XML_Parse(
          parser, start?.assumingMemoryBound(to: CChar.self), Int32(count), isLast ? 1 : 0)
      }
      offset += count
      if status != XML_STATUS_OK { throw fault(of: unsafe XML_GetErrorCode(parser)) }
    } while offset < bytes.count
  }

  /// The line that is being read, from 1.
  var line: Int { target.line }

  private func fault(of error: XML_Error) -> ExportFault {
    if target.declaresEntity {
      return ExportFault(
        .entityDeclaration, line: line,
        "the file declares entities of its own, which descriptions never need",
        remedy: "Do not trust this file; export it anew")
    }
    if error == XML_ERROR_UNKNOWN_ENCODING {
      return ExportFault(
        .unknownEncoding, line: line, "the file declares an encoding that cannot be read",
        remedy: "Save it as UTF-8")
    }
    let words = unsafe XML_ErrorString(error).map { unsafe String(cString: $0) } ?? "no reason given"
    return ExportFault(
      .notXML, line: line, "the file is not well-formed XML: \(words)",
      remedy: "Export it anew; it may be cut off, or changed by hand")
  }
}

/// What expat's calls need: the parser and the one whom they are passed on to.
@safe
private final class MarkupTarget {
  let parser: XML_Parser
  let events: any MarkupEvents
  var declaresEntity = false
  private(set) var isStopped = false

  init(parser: XML_Parser, events: any MarkupEvents) {
    unsafe self.parser = unsafe parser
    self.events = events
  }

  /// The one that a call's user data is.
  @unsafe
  static func of(_ data: UnsafeMutableRawPointer?) -> MarkupTarget? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<MarkupTarget>.fromOpaque(data).takeUnretainedValue()
  }

  /// Makes the `XML_Parse` that is under way return, unless `goesOn`.
  func goOn(if goesOn: Bool) {
    guard !goesOn, !isStopped else { return }
    isStopped = true
    unsafe XML_StopParser(parser, 0)
  }

  var line: Int { unsafe Int(XML_GetCurrentLineNumber(parser)) }

  func free() { unsafe XML_ParserFree(parser) }
}

/// Expat's list of names and values.
private func dictionary(_ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> [String: String] {
  guard var next = unsafe attributes else { return [:] }
  var result: [String: String] = [:]
  while let name = unsafe next.pointee, let value = unsafe (next + 1).pointee {
    result[unsafe String(cString: name)] = unsafe String(cString: value)
    unsafe next += 2
  }
  return result
}

/// Tells expat the characters of windows-1252, which it does not know itself.
private func fillEncoding(
  _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?,
  _ encoding: UnsafeMutablePointer<XML_Encoding>?
) -> Int32 {
  guard let name = unsafe name, let encoding = unsafe encoding,
    TextEncoding(named: unsafe String(cString: name)) == .windows1252
  else { return Int32(XML_STATUS_ERROR.rawValue) }
  let map = unsafe UnsafeMutableRawPointer(encoding).assumingMemoryBound(to: Int32.self)
  for byte in 0...255 { unsafe map[byte] = Int32(windows1252Scalar(UInt8(byte)).value) }
  unsafe encoding.pointee.data = nil
  unsafe encoding.pointee.convert = nil
  unsafe encoding.pointee.release = nil
  return Int32(XML_STATUS_OK.rawValue)
}
