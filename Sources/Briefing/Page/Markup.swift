/// Elements that the page is made of; a name that has no case here cannot be written.
enum Tag: String {
  case a, bdi, body, button, caption, dd, details, div, dl, dt, figcaption, figure, footer, h1, h2, h3, h4,
    head,
    header, img
  case html, input, label, li, link, main, meta, nav, ol, p, script, section, select, span, strong, style,
    summary, table, tbody, td, th, thead
  case title, tr, ul
  // Of SVG.
  case circle, desc, g, line, rect, svg, text, tspan
}

/// Attributes that elements may carry.
enum Attribute: String {
  case ariaHidden = "aria-hidden"
  case ariaLabel = "aria-label"
  case ariaLabelledBy = "aria-labelledby"
  case alt, charset, content, cx, cy
  case cssClass = "class"
  case colspan
  case dataBanner = "data-banner"
  case dataNone = "data-none"
  case dataQuestion = "data-question"
  case dataSome = "data-some"
  case download, fill
  case fontFamily = "font-family"
  case fontSize = "font-size"
  case fontWeight = "font-weight"
  case forID = "for"
  case height, hidden, href
  case httpEquiv = "http-equiv"
  case id, lang, name, overflow, r, rel, role, rowspan, rx, scope, stroke
  case src
  case strokeDashes = "stroke-dasharray"
  case strokeWidth = "stroke-width"
  case tabindex
  case textAnchor = "text-anchor"
  case type
  case viewBox
  case width, x, x1, x2, xmlns, y, y1, y2
}

/// The attributes of one element in their order; one whose value is nil is left out.
struct Attributes: ExpressibleByDictionaryLiteral {
  var pairs: [(Attribute, String?)]

  init(dictionaryLiteral elements: (Attribute, String?)...) { pairs = elements }
}

/// A page as it grows.
///
/// Every text and every value of an attribute goes through `escape`: there is no way to write markup that is not an element of
/// `Tag`, so no label of a survey can become one. Written so that a reader of XML takes it, too: elements are closed, and
/// what neither HTML nor XML may hold (control characters, noncharacters) becomes U+FFFD.
///
/// Written by hand rather than with templates: a page is some hundred charts and tables whose shape follows from the figures,
/// which a template without logic would have to be given as text anyway.
struct Markup {
  private(set) var bytes: [UInt8] = []

  mutating func doctype() { bytes.append(contentsOf: "<!DOCTYPE html>\n".utf8) }

  mutating func element(_ tag: Tag, _ attributes: Attributes = [:], _ body: (inout Markup) -> Void) {
    open(tag, attributes)
    bytes.append(UInt8(ascii: ">"))
    body(&self)
    bytes.append(contentsOf: "</".utf8)
    bytes.append(contentsOf: tag.rawValue.utf8)
    bytes.append(UInt8(ascii: ">"))
    if tag.endsLine { bytes.append(UInt8(ascii: "\n")) }
  }

  /// An element that holds a text.
  mutating func element(_ tag: Tag, _ attributes: Attributes = [:], text: String) {
    element(tag, attributes) { $0.text(text) }
  }

  /// An element that holds nothing.
  mutating func empty(_ tag: Tag, _ attributes: Attributes) {
    open(tag, attributes)
    bytes.append(contentsOf: "/>".utf8)
    if tag.endsLine { bytes.append(UInt8(ascii: "\n")) }
  }

  mutating func text(_ text: String) { escape(text, inAttribute: false) }

  /// A sentence: labels in it are set apart, so that no direction of writing reaches past them.
  mutating func sentence(_ sentence: Sentence) {
    for run in sentence.runs {
      switch run {
      case .text(let text): self.text(text)
      case .label(let label): element(.bdi, text: label)
      case .figure(let figure): element(.strong, text: figure)
      }
    }
  }

  mutating func paragraph(_ sentence: Sentence, cssClass: String? = nil) {
    element(.p, [.cssClass: cssClass]) { $0.sentence(sentence) }
  }

  mutating func paragraph(_ text: String, cssClass: String? = nil) {
    element(.p, [.cssClass: cssClass], text: text)
  }

  /// What was made elsewhere, and is already markup.
  mutating func append(_ other: Markup) { bytes += other.bytes }

  /// The rules of the page's own style sheet, which hold no text of a survey.
  mutating func styleSheet(_ sheet: StyleSheet) {
    element(.style) { $0.bytes.append(contentsOf: sheet.text.utf8) }
  }

  /// The page's own script, which holds no text of a survey.
  mutating func script() {
    element(.script) { $0.bytes.append(contentsOf: PageScript.text.utf8) }
  }

  private mutating func open(_ tag: Tag, _ attributes: Attributes) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: tag.rawValue.utf8)
    for case (let attribute, let value?) in attributes.pairs {
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: attribute.rawValue.utf8)
      bytes.append(contentsOf: "=\"".utf8)
      escape(value, inAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func escape(_ text: String, inAttribute: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes.append(contentsOf: "&amp;".utf8)
      case "<": bytes.append(contentsOf: "&lt;".utf8)
      case ">": bytes.append(contentsOf: "&gt;".utf8)
      case "\"" where inAttribute: bytes.append(contentsOf: "&quot;".utf8)
      case "\n" where inAttribute, "\t" where inAttribute: bytes.append(UInt8(ascii: " "))
      default:
        if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F {
          bytes.append(UInt8(scalar.value))
        } else {
          bytes.append(contentsOf: String(Character(scalar.mayStandInMarkup ? scalar : "\u{FFFD}")).utf8)
        }
      }
    }
  }
}

extension Tag {
  /// Whether a line of the file ends with it, so that two versions of a page can be compared line by line.
  fileprivate var endsLine: Bool {
    switch self {
    case .a, .bdi, .span, .strong, .text, .tspan, .td, .th, .circle, .line, .rect, .img: false
    default: true
    }
  }
}

extension Unicode.Scalar {
  fileprivate var mayStandInMarkup: Bool {
    switch value {
    case 0x9, 0xA: true
    case 0..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: false
    default: value & 0xFFFE != 0xFFFE
    }
  }
}
