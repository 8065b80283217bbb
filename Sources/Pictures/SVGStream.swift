import CExpat

/// Takes what stands in a picture written in XML, in document order. False stops the parser for good.
protocol SVGEvents: AnyObject {
  /// - Parameter name: The address of its namespace, a blank, and its name; the name alone where it has none.
  func start(_ name: String, _ attributes: [(name: String, value: String)], line: Int) -> Bool
  func end(_ name: String) -> Bool
  func text(_ piece: String, line: Int) -> Bool
  func documentType(line: Int) -> Bool
}

/// Parses the XML of a picture through expat. The only file of this target that calls expat, which fetches nothing by itself.
///
/// Invariants: expat keeps a pointer to `target`, which lives as long as the parser; its calls come only inside `parse`, and
/// what they pass is copied.
@safe
struct SVGStream: ~Copyable {
  private let target: SVGTarget

  init(_ events: any SVGEvents) {
    guard let parser = unsafe XML_ParserCreateNS("UTF-8", 0x20) else {
      preconditionFailure("expat could not be set up")
    }
    target = unsafe SVGTarget(parser: parser, events: events)
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(target).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let target = unsafe SVGTarget.of(data), !target.isStopped, let name = unsafe name else {
          return
        }
        target.goOn(
          if: target.events.start(
            unsafe String(cString: name), unsafe pairs(attributes), line: target.line))
      },
      { data, name in
        // Expat reports the end of an empty element even after its start has stopped it.
        guard let target = unsafe SVGTarget.of(data), !target.isStopped, let name = unsafe name else {
          return
        }
        target.goOn(if: target.events.end(unsafe String(cString: name)))
      })
    unsafe XML_SetCharacterDataHandler(parser) { data, bytes, count in
      guard let target = unsafe SVGTarget.of(data), !target.isStopped, let bytes = unsafe bytes else {
        return
      }
      let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
      target.goOn(if: target.events.text(unsafe String(decoding: piece, as: UTF8.self), line: target.line))
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let target = unsafe SVGTarget.of(data), !target.isStopped else { return }
      target.goOn(if: target.events.documentType(line: target.line))
    }
  }

  deinit { target.free() }

  /// Parses a whole picture. Where the events stop the parser, they know why.
  func parse(_ bytes: [UInt8]) throws(PictureFault) {
    let parser = unsafe target.parser
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), 1)
    }
    guard status == XML_STATUS_OK else {
      throw PictureFault(
        "it is neither PNG nor well-formed SVG", line: target.line, remedy: "save it once more, in UTF-8")
    }
  }
}

/// What expat's calls need: the parser and the one whom they are passed on to.
@safe
private final class SVGTarget {
  let parser: XML_Parser
  let events: any SVGEvents
  private(set) var isStopped = false

  init(parser: XML_Parser, events: any SVGEvents) {
    unsafe self.parser = unsafe parser
    self.events = events
  }

  /// The one that a call's user data is.
  @unsafe
  static func of(_ data: UnsafeMutableRawPointer?) -> SVGTarget? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<SVGTarget>.fromOpaque(data).takeUnretainedValue()
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

/// Expat's list of names and values, in the order of the file.
private func pairs(_ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> [(
  name: String, value: String
)] {
  guard var next = unsafe attributes else { return [] }
  var result: [(name: String, value: String)] = []
  while let name = unsafe next.pointee, let value = unsafe (next + 1).pointee {
    result.append((unsafe String(cString: name), unsafe String(cString: value)))
    unsafe next += 2
  }
  return result
}
