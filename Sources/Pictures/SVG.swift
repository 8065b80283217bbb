/// The picture written anew of what is known: shapes, colours, gradients and text. Comments and instructions are left out,
/// as is what an editor notes for itself in attributes without effect; anything else refuses the file.
/// Source: W3C, Scalable Vector Graphics (SVG) 2.
func harmlessSVG(_ file: [UInt8]) throws(PictureFault) -> [UInt8] {
  let writer = SVGWriter()
  do { try SVGStream(writer).parse(file) } catch {
    // What was refused stopped the parser, which then says no more than that.
    throw writer.fault ?? error
  }
  return writer.bytes
}

private let svgNamespace = "http://www.w3.org/2000/svg"
private let plainSVG = "save it as plain SVG, with shapes alone"

private let shapes: Set<String> = [
  "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
  "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask",
]

private let properties: Set<String> = [
  "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
  "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "color",
  "stop-color", "stop-opacity", "clip-path", "clip-rule", "mask", "display", "visibility", "overflow",
  "paint-order", "shape-rendering", "vector-effect", "font-family", "font-size", "font-weight", "font-style",
  "text-anchor", "letter-spacing", "word-spacing", "dominant-baseline",
]

private let places: Set<String> = [
  "id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy", "width",
  "height", "points", "transform", "viewBox", "preserveAspectRatio", "offset", "gradientUnits",
  "gradientTransform",
  "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits", "pathLength",
]

/// Without effect on what is seen; not carried over.
private func isIdle(_ attribute: String) -> Bool {
  ["class", "version", "baseProfile", "role", "focusable", "tabindex", "lang"].contains(attribute)
    || attribute.hasPrefix("aria-") || attribute.hasPrefix("data-")
    || attribute.hasPrefix("http://www.w3.org/XML/1998/namespace ")
}

/// Takes the parts of a file as they come, and writes those that are known.
private final class SVGWriter: SVGEvents {
  private(set) var bytes: [UInt8] = []
  private(set) var fault: PictureFault?
  private var open: [String] = []
  private var elements = 0
  /// Whether the element names another already: some programs write the reference twice, in the old way and the new.
  private var hasReference = false

  private func refuse(_ words: String, line: Int, remedy: String = plainSVG) -> Bool {
    fault = PictureFault(words, line: line, remedy: remedy)
    return false
  }

  func start(_ name: String, _ attributes: [(name: String, value: String)], line: Int) -> Bool {
    let parts = name.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0] == svgNamespace else {
      return refuse(
        open.isEmpty ? "it is neither PNG nor SVG" : "it has elements that are not of SVG", line: line)
    }
    let element = String(parts[1])
    guard element != "script" else { return refuse("it holds a script", line: line) }
    guard shapes.contains(element), (element == "svg") == open.isEmpty else {
      return refuse("its element `\(element.prefix(40))` is none that a logo may have", line: line)
    }
    elements += 1
    guard elements <= 5_000, open.count < 40 else { return refuse("it has too many parts", line: line) }
    write("<" + element)
    hasReference = false
    if element == "svg" {
      guard let box = viewBox(attributes) else {
        return refuse(
          "it does not say how large it is", line: line, remedy: "give its `svg` element a viewBox")
      }
      write(" xmlns=\"\(svgNamespace)\" viewBox=\"\(box)\"")
    }
    for (name, value) in attributes where !isIdle(name) {
      guard accepts(name, value, of: element, line: line) else { return false }
    }
    write(">")
    open.append(element)
    return true
  }

  func end(_ name: String) -> Bool {
    write("</\(open.removeLast())>")
    return true
  }

  func text(_ piece: String, line: Int) -> Bool {
    guard ["text", "tspan", "title", "desc"].contains(open.last) else {
      return piece.allSatisfy(\.isWhitespace) || refuse("it has text between its shapes", line: line)
    }
    write(escaped(piece))
    return true
  }

  func documentType(line: Int) -> Bool {
    refuse("it declares a document type, which could declare more", line: line)
  }

  // MARK: Attributes

  private func accepts(_ name: String, _ value: String, of element: String, line: Int) -> Bool {
    if element == "svg", ["width", "height", "viewBox", "x", "y"].contains(name) { return true }
    if name.lowercased().hasPrefix("on") {
      return refuse("`\(name.prefix(40))` would run when something happens", line: line)
    }
    if name == "href" || name == "http://www.w3.org/1999/xlink href" {
      guard element.hasSuffix("Gradient"), isOwnID(value.dropFirst()), value.hasPrefix("#") else {
        return refuse("it leads to something outside itself", line: line)
      }
      if !hasReference { write(" href=\"\(value)\"") }
      hasReference = true
      return true
    }
    if name == "style" { return acceptsStyle(value, line: line) }
    guard properties.contains(name) || places.contains(name) else {
      return refuse("its attribute `\(name.prefix(40))` is none that a logo may have", line: line)
    }
    guard isHarmless(value) else { return refuse("`\(name)` leads to something outside it", line: line) }
    write(" \(name)=\"\(escaped(value))\"")
    return true
  }

  /// A style is written as the attributes that it stands for.
  private func acceptsStyle(_ style: String, line: Int) -> Bool {
    var declared: [(name: String, value: String)] = []
    for declaration in style.split(separator: ";") where !declaration.allSatisfy(\.isWhitespace) {
      let parts = declaration.split(separator: ":", maxSplits: 1).map(trimmed)
      guard parts.count == 2, properties.contains(parts[0]), isHarmless(parts[1]) else {
        return refuse("its style has more than shapes and colours", line: line)
      }
      declared.append((parts[0], parts[1]))
    }
    if !declared.isEmpty {
      write(" style=\"\(declared.map { "\($0.name):\(escaped($0.value))" }.joined(separator: ";"))\"")
    }
    return true
  }

  /// A value that names nothing but, at most, another part of the picture.
  private func isHarmless(_ value: String) -> Bool {
    let lower = value.lowercased()
    if lower.contains("url") {
      let inner = value.dropFirst("url(#".count).dropLast()
      return lower.hasPrefix("url(#") && lower.hasSuffix(")") && isOwnID(inner)
    }
    // What a style sheet could be made to read as something else, or an address.
    return !["\\", "@", "/*", "//", "script", "expression", "image", "data:", "<", "{"].contains {
      lower.contains($0)
    }
  }

  private func isOwnID(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }

  /// Four numbers; those of its width and height where there is none.
  private func viewBox(_ attributes: [(name: String, value: String)]) -> String? {
    func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    func numbers(_ text: String) -> [Double] {
      text.split { $0.isWhitespace || $0 == "," }.map { Double($0) ?? .nan }
    }
    let text: String
    if let box = value("viewBox") {
      text = box
    } else if let width = value("width"), let height = value("height") {
      func plain(_ length: String) -> Substring { length.hasSuffix("px") ? length.dropLast(2) : length[...] }
      text = "0 0 \(plain(width)) \(plain(height))"
    } else {
      return nil
    }
    let box = numbers(text)
    guard box.count == 4, box.allSatisfy({ abs($0) <= 1_000_000 }), box[2] > 0, box[3] > 0 else { return nil }
    return text.split { $0.isWhitespace || $0 == "," }.joined(separator: " ")
  }

  // MARK: Writing

  private func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }

  private func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
