import CZip
import Foundation
import FoundationXML
import Glibc
import Testing

/// The files of a zip archive, in their order.
func readArchive(_ bytes: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
  let place = NSTemporaryDirectory() + "canvass-archive-" + UUID().uuidString
  try Data(bytes).write(to: URL(filePath: place))
  defer { try? FileManager.default.removeItem(atPath: place) }
  var code: Int32 = 0
  let archive = try unsafe #require(zip_open(place, ZIP_RDONLY | ZIP_CHECKCONS, &code))
  defer { unsafe zip_discard(archive) }
  return try (0..<(unsafe zip_get_num_entries(archive, 0))).map { entry in
    var status = unsafe zip_stat_t()
    try #require(unsafe zip_stat_index(archive, UInt64(entry), 0, &status) == 0)
    let file = try unsafe #require(zip_fopen_index(archive, UInt64(entry), 0))
    defer { unsafe zip_fclose(file) }
    var content = [UInt8](repeating: 0, count: Int(unsafe status.size))
    let read = unsafe content.withUnsafeMutableBytes { buffer in
      unsafe zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
    }
    try #require(Int(read) == content.count)
    let name = unsafe String(cString: zip_get_name(archive, UInt64(entry), 0))
    return (name, content)
  }
}

/// An element of an XML file, with what it holds.
final class Element {
  let name: String
  let attributes: [String: String]
  var children: [Element] = []
  fileprivate var text = ""

  init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// All elements of a name below this one, in their order.
  func all(_ name: String) -> [Element] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
  }

  /// The text of the element and of all below it, in its order; `text:s` is the blank that it stands for.
  var allText: String {
    switch name {
    case "text:s": " "
    case "#text": text
    default: children.map(\.allText).joined()
    }
  }

  /// Reads a file; a fault of its XML fails the test.
  static func read(_ bytes: [UInt8]) throws -> Element {
    let reader = ElementReader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    try #require(parser.parse(), "the XML is not well-formed")
    return reader.root
  }
}

private final class ElementReader: NSObject, XMLParserDelegate {
  let root = Element("", [:])
  private var open: [Element] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = Element(name, attributes)
    (open.last ?? root).children.append(element)
    open.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    let element = Element("#text", [:])
    element.text = text
    open.last?.children.append(element)
  }
}
