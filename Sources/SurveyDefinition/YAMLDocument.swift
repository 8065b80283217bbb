import Yams

/// Reads one definition file as a tree of texts with places; what is wrong with it as YAML goes to the log.
///
/// Refused, because a definition needs none of it and each lets a small file grow large or mean something other than
/// it seems to: anchors and aliases, merge keys, several documents, nesting beyond `YAMLLimits.depth`, more than
/// `largestDefinition` bytes. The work is bounded by the size of the text.
func readYAML(_ text: String, file: String, log: FindingLog) -> YAMLReading {
  let start = Place(file: file, line: 1, column: 1)
  guard text.utf8.count <= largestDefinition else {
    log.fault(
      "too-large", at: start, "the file is larger than \(largestDefinition / 1024) KiB",
      remedy: "a definition describes questions; responses belong in their own file")
    return .unreadable
  }
  var scalars = Substring(text).unicodeScalars
  if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
  if let place = placeOfManyAliases(scalars, file: file) {
    log.fault("anchor", at: place, anchorMessage, remedy: anchorRemedy)
    return .unreadable
  }
  var attempt = ComposeAttempt(scalars: Array(scalars))
  do {
    let parser = try attempt.parse()
    guard let root = attempt.root else { return .empty }
    let conversion = YAMLConversion(file: file, marked: attempt.marked, log: log)
    // The parser owns the anchors, and nodes refer to them weakly.
    let node = withExtendedLifetime(parser) { conversion.convert(root, depth: 1) }
    return node.map { .root($0) } ?? .unreadable
  } catch {
    reportUnreadable(error, in: attempt.scalars, file: file, log: log)
    return .unreadable
  }
}

/// What a definition file turned out to be.
enum YAMLReading {
  case root(YAMLNode)
  /// Nothing but blanks and comments.
  case empty
  /// The log says why.
  case unreadable
}

/// The bytes that a definition file, or a file of shares, may have: some fifty times the largest definition we have seen.
/// Whoever reads a file need not read more than one byte beyond it.
public let largestDefinition = 1 << 20

/// What a definition file may not exceed besides.
enum YAMLLimits {
  /// Maps and lists within one another; a definition needs about six, and two for each level of themes.
  static let depth = 40
  /// Characters of one text: several times the longest question, and labels of this length multiply in messages.
  static let text = 5_000
  /// With at most so many aliases a document cannot expand far, so it may be composed and told precisely.
  static let aliases = 12
  /// How many repeated keys are told before giving up on the file.
  static let repeatedKeys = 50
  /// Each of them has the text composed again: so many bytes in all.
  static let composed = 4 << 20
}

private let anchorMessage = "anchors (`&name`) and aliases (`*name`) are not read here"
private let anchorRemedy = "write it out, or put a text that begins with & or * in quotes"

/// Composing expands aliases, and comparing keys walks what they expand to, so a document with many is refused before.
///
/// This looks at the text alone, so it may count a word like `*required` in a text: only more than
/// `YAMLLimits.aliases` of them, with a matching `&required` earlier, are taken for the real thing.
private func placeOfManyAliases(_ scalars: Substring.UnicodeScalarView, file: String) -> Place? {
  var anchors: Set<String> = []
  var aliases = 0
  var line = 1
  var column = 0
  var previous: Unicode.Scalar = "\n"
  var name = ""
  var sigil: Unicode.Scalar?
  func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar == "-" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }
  for scalar in scalars {
    column += 1
    if sigil != nil, isNameScalar(scalar) {
      name.unicodeScalars.append(scalar)
    } else {
      if sigil == "&", !name.isEmpty { anchors.insert(name) }
      if sigil == "*", anchors.contains(name) { aliases += 1 }
      if aliases > YAMLLimits.aliases {
        return Place(file: file, line: line, column: column - name.count - 1)
      }
      let mayStart = [" ", "\t", "\n", "\r", "[", "{", ",", ":"].contains(previous)
      sigil = mayStart && (scalar == "&" || scalar == "*") ? scalar : nil
      name = ""
    }
    if scalar == "\n" {
      line += 1
      column = 0
    }
    previous = scalar
  }
  return nil
}

/// Composes a text, however many keys repeat in it.
///
/// Yams refuses a map with a repeated key and says so of one map only. To tell all of them, and everything else that
/// is wrong, the first letter of such a key is replaced by a mark that no key has (a private use character), and the
/// text is composed again; the conversion puts the letter back, so places and texts are those of the file.
private struct ComposeAttempt {
  var scalars: [Unicode.Scalar]
  /// By mark: the letter that stands in the file.
  var marked: [Unicode.Scalar: Unicode.Scalar] = [:]
  /// The document's only node, nil where the text holds none.
  var root: Node?

  init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// Composes `root`; the parser must live as long as anchors are asked for.
  mutating func parse() throws -> Parser {
    while true {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      // Without resolver rules `Yes` and "Yes" are the same key, and no pattern is matched against every scalar.
      let parser = try Parser(yaml: String(text), resolver: .basic, encoding: .utf8)
      do {
        root = try parser.singleRoot()
        return parser
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        guard marked.count < YAMLLimits.repeatedKeys, marked.count * scalars.count < YAMLLimits.composed,
          markKey(at: context.mark)
        else {
          throw YamlError.duplicatedKeysInMapping(duplicates: keys, context: context)
        }
      }
    }
  }

  private mutating func markKey(at mark: Mark) -> Bool {
    guard var index = scalarIndex(line: mark.line, column: mark.column, in: scalars) else { return false }
    if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    guard index < scalars.count, !["\"", "'", "\n", "\r", "&", "!", "[", "{", "?"].contains(scalars[index]),
      marked[scalars[index]] == nil,
      let sign = Unicode.Scalar(0xE000 + UInt32(marked.count)), !scalars.contains(sign)
    else { return false }
    marked[sign] = scalars[index]
    scalars[index] = sign
    return true
  }
}

/// Where a line and column, counted from 1, stand in a text.
func scalarIndex(line: Int, column: Int, in scalars: [Unicode.Scalar]) -> Int? {
  var current = 1
  var index = 0
  while current < line, index < scalars.count {
    if scalars[index] == "\n" || (scalars[index] == "\r" && scalars[safe: index + 1] != "\n") { current += 1 }
    index += 1
  }
  let found = index + column - 1
  return found < scalars.count ? found : nil
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension Node {
  /// The tag as the file has it, empty where it has none.
  fileprivate var tagInFile: String {
    switch self {
    case .scalar(let scalar): scalar.tag.description
    case .sequence(let sequence): sequence.tag.description
    case .mapping(let mapping): mapping.tag.description
    case .alias: ""
    }
  }
}

/// From nodes of Yams to a tree of texts, leaving out, and telling, what a definition may not hold.
private struct YAMLConversion {
  let file: String
  let marked: [Unicode.Scalar: Unicode.Scalar]
  let log: FindingLog

  func convert(_ node: Node, depth: Int) -> YAMLNode? {
    let place = Place(file: file, line: node.mark?.line, column: node.mark?.column)
    if node.anchor != nil {
      // What hangs below is not looked at: an alias shares it, and a document of aliases is larger than its text.
      log.fault("anchor", at: place, anchorMessage, remedy: anchorRemedy)
      return nil
    }
    guard depth <= YAMLLimits.depth else {
      log.fault("too-deep", at: place, "more than \(YAMLLimits.depth) maps and lists within one another")
      return nil
    }
    // `!important` without quotes is a tag to YAML, and what remains of the text would be read as if it were all.
    let tag = node.tagInFile
    if tag.hasPrefix("!"), tag != "!" {
      log.fault(
        "tag", at: place, "tags such as `\(tag)` are not read here",
        remedy: "put a text that begins with ! in quotes")
      return nil
    }
    switch node {
    case .scalar(let scalar):
      guard scalar.string.unicodeScalars.count <= YAMLLimits.text else {
        log.fault(
          "too-large", at: place, "this text is longer than \(YAMLLimits.text) characters",
          remedy: "see whether its quotes close where they should")
        return nil
      }
      return YAMLNode(
        content: .scalar(restored(scalar.string), isPlain: scalar.style == .plain || scalar.style == .any),
        place: place)
    case .sequence(let sequence):
      return YAMLNode(content: .list(sequence.compactMap { convert($0, depth: depth + 1) }), place: place)
    case .mapping(let mapping):
      return YAMLNode(content: .map(entries(of: mapping, depth: depth)), place: place)
    case .alias:
      log.fault("anchor", at: place, anchorMessage, remedy: anchorRemedy)
      return nil
    }
  }

  private func entries(of mapping: Node.Mapping, depth: Int) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var lines: [String: Int] = [:]
    for (keyNode, valueNode) in mapping {
      let key = convert(keyNode, depth: depth + 1)
      let value = convert(valueNode, depth: depth + 1)
      guard let key else { continue }
      guard case .scalar(let raw, let isPlain) = key.content else {
        log.fault("wrong-type", at: key.place, "a key must be a text, not \(key.shape)")
        continue
      }
      if raw == "<<", isPlain {
        log.fault("merge-key", at: key.place, "merge keys (`<<`) are not read here", remedy: "write it out")
        continue
      }
      let name = trimmed(raw)
      if let line = lines[name] {
        log.fault(
          "duplicate-key", at: key.place, "`\(name)` stands twice in this map, first on line \(line)",
          remedy: "keep one of them")
        continue
      }
      lines[name] = key.place.line ?? 0
      if let value { entries.append(YAMLEntry(key: name, keyPlace: key.place, value: value)) }
    }
    return entries
  }

  private func restored(_ text: String) -> String {
    guard !marked.isEmpty, let first = text.unicodeScalars.first, let letter = marked[first] else {
      return text
    }
    var scalars = text.unicodeScalars
    scalars.removeFirst()
    scalars.insert(letter, at: scalars.startIndex)
    return String(scalars)
  }
}
