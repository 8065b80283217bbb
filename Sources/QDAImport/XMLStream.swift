import CExpat

/// Takes what stands in an XML document, in document order.
protocol XMLEvents: AnyObject {
  /// A start tag. False stops the parser for good.
  func start(_ tag: borrowing XMLTag) -> Bool
  /// The end of the element that was started last of those still open. False stops the parser for good.
  func end() -> Bool
  /// A piece of text, in UTF-8: an element's text may come in many.
  func text(_ piece: borrowing XMLText)
  /// A document type declaration. The parser stops for good, before it has read any of it.
  func documentType(at place: XMLPlace)
}

/// Parses XML as it is fed, through expat. The only file that calls expat.
///
/// Invariants: expat keeps a pointer to `target`, which lives as long as the stream; its calls come only while `feed`
/// runs, and what they pass means nothing after they return, so tags and texts cannot be copied.
@safe
struct XMLStream: ~Copyable {
  /// What became of the bytes fed so far.
  enum Outcome: Equatable {
    case fine
    /// The events asked to stop, or there was a document type declaration.
    case stopped
    /// The encoding declared is none that expat knows.
    case unknownEncoding(XMLPlace)
    /// The words are expat's, and quote nothing.
    case malformed(XMLPlace, String)
  }

  /// Stands between a namespace and a name; it cannot occur in XML, even escaped.
  fileprivate static let separator: CChar = 1

  private let target: XMLCallbackTarget
  private var bytesFed = 0
  private var bytesParsed = 0

  init(_ events: any XMLEvents) {
    guard let parser = unsafe XML_ParserCreateNS(nil, XMLStream.separator) else {
      preconditionFailure("expat could not be set up")
    }
    target = unsafe XMLCallbackTarget(parser: parser, events: events)
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(target).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let target = unsafe XMLCallbackTarget.of(data), let name = unsafe name,
          let attributes = unsafe attributes
        else { return }
        target.goOn(if: target.events.start(unsafe XMLTag(target, name: name, attributes: attributes)))
      },
      { data, _ in
        // Expat reports the end of an empty element even after its start has stopped it.
        guard let target = unsafe XMLCallbackTarget.of(data), !target.isStopped else { return }
        target.goOn(if: target.events.end())
      })
    unsafe XML_SetCharacterDataHandler(parser) { data, bytes, count in
      guard let target = unsafe XMLCallbackTarget.of(data), let bytes = unsafe bytes else { return }
      target.events.text(unsafe XMLText(bytes: bytes, count: Int(count)))
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let target = unsafe XMLCallbackTarget.of(data) else { return }
      target.events.documentType(at: target.place)
      target.goOn(if: false)
    }
  }

  deinit { target.free() }

  /// Parses the next `count` bytes of `bytes`; nothing may be fed once the outcome is not `fine`.
  /// - Parameter isLast: That nothing follows.
  mutating func feed(_ bytes: [UInt8], count: Int, isLast: Bool) -> Outcome {
    precondition(count <= bytes.count, "there are only \(bytes.count) bytes")
    let parser = unsafe target.parser
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(count), isLast ? 1 : 0)
    }
    bytesFed += count
    if status == XML_STATUS_OK {
      let index = unsafe Int(XML_GetCurrentByteIndex(parser))
      if index >= 0 { bytesParsed = index }
      return .fine
    }
    if target.isStopped { return .stopped }
    let error = unsafe XML_GetErrorCode(parser)
    if error == XML_ERROR_UNKNOWN_ENCODING { return .unknownEncoding(target.place) }
    guard let words = unsafe XML_ErrorString(error) else {
      return .malformed(target.place, "no reason given")
    }
    return .malformed(target.place, unsafe String(cString: words))
  }

  /// The bytes that are held because the tag, comment or instruction they begin has not ended.
  var bytesPending: Int { bytesFed - bytesParsed }

  /// Where the parser stands.
  var currentPlace: XMLPlace { target.place }
}

/// A start tag, as long as expat shows it: names and only those attributes that are asked for become strings.
@safe
struct XMLTag: ~Copyable {
  private let target: XMLCallbackTarget
  private let namespaceStart: UnsafePointer<CChar>
  private let namespaceCount: Int
  private let nameStart: UnsafePointer<CChar>
  private let attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>

  fileprivate init(
    _ target: XMLCallbackTarget, name: UnsafePointer<CChar>,
    attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>
  ) {
    self.target = target
    unsafe self.attributes = unsafe attributes
    unsafe namespaceStart = unsafe name
    var end = unsafe name
    while unsafe end.pointee != 0, unsafe end.pointee != XMLStream.separator { unsafe end += 1 }
    let hasNamespace = unsafe end.pointee == XMLStream.separator
    namespaceCount = unsafe hasNamespace ? end - name : 0
    unsafe nameStart = unsafe hasNamespace ? end + 1 : name
  }

  /// The name without its namespace.
  var name: String { unsafe String(cString: nameStart) }

  /// Empty where the element is in none.
  var namespace: String {
    let bytes = unsafe UnsafeRawBufferPointer(start: namespaceStart, count: namespaceCount)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  func isIn(namespace: [UInt8]) -> Bool {
    guard namespace.count == namespaceCount else { return false }
    for offset in namespace.indices
    where unsafe UInt8(bitPattern: namespaceStart[offset]) != namespace[offset] {
      return false
    }
    return true
  }

  /// The value of the attribute of that name in no namespace; nil where there is none.
  func attribute(_ wanted: StaticString) -> String? {
    var next = unsafe attributes
    while let name = unsafe next.pointee, let value = unsafe (next + 1).pointee {
      if unsafe isEqual(name, wanted) { return unsafe String(cString: value) }
      unsafe next += 2
    }
    return nil
  }

  /// Where the tag starts.
  var place: XMLPlace { target.place }
}

/// A piece of an element's text, as long as expat shows it.
@safe
struct XMLText: ~Copyable {
  private let bytes: UnsafePointer<CChar>
  let count: Int

  fileprivate init(bytes: UnsafePointer<CChar>, count: Int) {
    unsafe self.bytes = unsafe bytes
    self.count = count
  }

  func append(to text: inout [UInt8]) {
    unsafe text.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
  }
}

/// What expat's calls need: the parser and the one whom they are passed on to.
@safe
private final class XMLCallbackTarget {
  let parser: XML_Parser
  let events: any XMLEvents
  private(set) var isStopped = false

  init(parser: XML_Parser, events: any XMLEvents) {
    unsafe self.parser = unsafe parser
    self.events = events
  }

  /// The one that a call's user data is.
  @unsafe
  static func of(_ data: UnsafeMutableRawPointer?) -> XMLCallbackTarget? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<XMLCallbackTarget>.fromOpaque(data).takeUnretainedValue()
  }

  /// Makes the `XML_Parse` that is under way return, unless `goesOn`.
  func goOn(if goesOn: Bool) {
    guard !goesOn else { return }
    isStopped = true
    unsafe XML_StopParser(parser, 0)
  }

  /// Where the parser stands.
  var place: XMLPlace {
    unsafe XMLPlace(
      line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
  }

  func free() { unsafe XML_ParserFree(parser) }
}

private func isEqual(_ text: UnsafePointer<CChar>, _ wanted: StaticString) -> Bool {
  let count = wanted.utf8CodeUnitCount
  let start = unsafe wanted.utf8Start
  for offset in 0..<count where unsafe UInt8(bitPattern: text[offset]) != start[offset] { return false }
  return unsafe text[count] == 0
}

/// The version of Expat in use.
public var xmlVersion: String {
  let name = unsafe String(cString: XML_ExpatVersion())
  return name.split(separator: "_").last.map(String.init) ?? name
}
