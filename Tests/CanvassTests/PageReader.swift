/// An element of a page, as a reader of markup sees it.
final class PageElement {
  let name: String
  let attributes: [String: String]
  private(set) var children: [PageNode] = []

  init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  func append(_ node: PageNode) { children.append(node) }

  var elements: [PageElement] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The text of it and of all below it.
  var text: String {
    children.map { node in
      switch node {
      case .text(let text): text
      case .element(let element): element.text
      }
    }.joined()
  }

  /// All elements of a name below it, in the order of the page.
  func all(_ name: String) -> [PageElement] {
    elements.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
  }
}

enum PageNode {
  case text(String)
  case element(PageElement)
}

/// A second, strict reading of a page: every element is closed where it must be, and nothing stands unescaped.
struct PageReader {
  struct Fault: Error { let words: String }

  private let bytes: [UInt8]
  private var place = 0

  static func root(of bytes: [UInt8]) throws -> PageElement {
    var reader = PageReader(bytes: bytes)
    return try reader.read()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read() throws -> PageElement {
    let doctype = Array("<!DOCTYPE html>\n".utf8)
    guard bytes.starts(with: doctype) else { throw Fault(words: "no doctype") }
    place = doctype.count
    let root = PageElement(name: "", attributes: [:])
    var open = [root]
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "<") {
        place += 1
        if bytes[place] == UInt8(ascii: "/") {
          place += 1
          let name = word()
          try expect(">")
          guard open.last?.name == name else {
            throw Fault(words: "</\(name)> in <\(open.last?.name ?? "")>")
          }
          open.removeLast()
        } else {
          let (element, isClosed) = try tag()
          open[open.count - 1].append(.element(element))
          if !isClosed { open.append(element) }
        }
      } else {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        // A style sheet and a script are no text of the page.
        let text = bytes[start..<place]
        let isCode = ["style", "script"].contains(open.last?.name)
        open[open.count - 1].append(.text(isCode ? "" : try unescaped(text)))
      }
    }
    guard open.count == 1 else { throw Fault(words: "<\(open.last?.name ?? "")> is not closed") }
    return root
  }

  private mutating func tag() throws -> (PageElement, Bool) {
    let name = word()
    guard !name.isEmpty else { throw Fault(words: "a < that opens nothing") }
    var attributes: [String: String] = [:]
    while bytes[place] == UInt8(ascii: " ") {
      place += 1
      let attribute = word()
      try expect("=")
      try expect("\"")
      let start = place
      while bytes[place] != UInt8(ascii: "\"") { place += 1 }
      guard attributes.updateValue(try unescaped(bytes[start..<place]), forKey: attribute) == nil else {
        throw Fault(words: "\(attribute) twice")
      }
      place += 1
    }
    let isClosed = bytes[place] == UInt8(ascii: "/")
    if isClosed { place += 1 }
    try expect(">")
    return (PageElement(name: name, attributes: attributes), isClosed)
  }

  private mutating func word() -> String {
    let start = place
    while bytes[place] == UInt8(ascii: "-") || Character(UnicodeScalar(bytes[place])).isLetter
      || Character(UnicodeScalar(bytes[place])).isNumber
    {
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func expect(_ character: Character) throws {
    guard bytes[place] == character.asciiValue else { throw Fault(words: "no \(character) at byte \(place)") }
    place += 1
  }

  private func unescaped(_ bytes: ArraySlice<UInt8>) throws -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard !text.contains(">"), !text.contains("<") else {
      throw Fault(words: "unescaped: \(text.prefix(40))")
    }
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";") else { throw Fault(words: "an & that is none") }
      switch rest[rest.index(after: start)..<end] {
      case "amp": result += "&"
      case "lt": result += "<"
      case "gt": result += ">"
      case "quot": result += "\""
      default: throw Fault(words: "\(rest[start...end])")
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
