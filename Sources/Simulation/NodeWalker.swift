import SurveyDefinition
import Yams

/// Walks a YAML file and collects everything that is wrong with it, each with its place.
///
/// Scalars are texts: YAML's own typing (`No`, `1-5`) is never asked.
struct NodeWalker {
  let file: String
  private(set) var findings: [Finding] = []
  /// True from a fault on until a reader that wants to know sets it back.
  var hasNewFaults = false

  init(file: String) { self.file = file }

  /// The root of the file; nil, with a fault, where it is not YAML; an empty file is an empty map.
  mutating func root(of yaml: String) -> Node? {
    guard yaml.utf8.count <= largestDefinition else {
      fault(
        "too-large", at: Place(file: file, line: 1), "the file is larger than \(largestDefinition / 1024) KiB"
      )
      return nil
    }
    if let line = lineOfManyAliases(in: yaml) {
      fault(
        "aliases", at: Place(file: file, line: line),
        "the file has more than \(Self.aliasLimit) aliases (`*name`)",
        remedy: "name shares that several groups have under `patterns`")
      return nil
    }
    do {
      // Without resolver rules `Yes` and "Yes" are the same key, as they are the same text.
      return try Yams.compose(yaml: yaml, .basic) ?? Node("")
    } catch let error as YamlError {
      fault("not-yaml", at: place(of: error, in: yaml), Self.sentence(for: error))
    } catch {
      fault("not-yaml", at: Place(file: file), "the file is not YAML")
    }
    return nil
  }

  mutating func fault(_ code: String, at node: Node, _ message: String, remedy: String? = nil) {
    let mark = node.mark
    fault(code, at: Place(file: file, line: mark?.line, column: mark?.column), message, remedy: remedy)
  }

  mutating func fault(_ code: String, at place: Place, _ message: String, remedy: String? = nil) {
    let finding = Finding(.fault, code: code, at: place, message, remedy: remedy)
    // What several items refer to is read for each of them, and told once.
    if !findings.contains(finding) { findings.append(finding) }
    hasNewFaults = true
  }

  /// The entries of a map, those with keys that are no texts left out with a fault.
  mutating func entries(of node: Node, what: String) -> [(key: String, keyNode: Node, value: Node)] {
    guard let mapping = node.mapping else {
      // `key:` with nothing after it is an empty map to whoever wrote it.
      if node.scalar?.string.isEmpty == true { return [] }
      fault("not-a-map", at: node, "\(what) is a map of names to values")
      return []
    }
    return mapping.compactMap { key, value in
      guard let text = key.scalar?.string else {
        fault("not-a-text", at: key, "a name is a text")
        return nil
      }
      return (text, key, value)
    }
  }

  mutating func text(_ node: Node, what: String) -> String? {
    if let text = node.scalar?.string { return text }
    fault("not-a-text", at: node, "\(what) is a text")
    return nil
  }

  /// A list of texts; one alone may stand for a list of one.
  mutating func texts(_ node: Node, what: String) -> [String] {
    guard let sequence = node.sequence else { return text(node, what: what).map { [$0] } ?? [] }
    return sequence.compactMap { text($0, what: what) }
  }

  /// A share from 0 to 1 with at most six decimals, read exactly.
  mutating func share(_ node: Node, what: String) -> Decimal6? {
    if let text = node.scalar?.string, let share = Decimal6(share: text) { return share }
    fault(
      "not-a-share", at: node, "\(what) is a share from 0 to 1 with at most six decimals",
      remedy: "write 0.25 for a quarter")
    return nil
  }

  mutating func unknown(_ code: String, _ name: String, at node: Node, what: String, among known: [String]) {
    let remedy =
      nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
      ?? (known.isEmpty ? nil : "known here: \(known.joined(separator: ", "))")
    fault(code, at: node, "there is no \(what) \"\(name)\"", remedy: remedy)
  }

  /// Aliases of aliases let a small file unfold without bound while it is read; so few of them cannot.
  private static let aliasLimit = 12

  /// Looks at the text alone, before it is composed: words like `*this` count where there is an `&this` before.
  private func lineOfManyAliases(in yaml: String) -> Int? {
    var anchors: Set<Substring> = []
    var aliases = 0
    for (index, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for word in line.split(whereSeparator: { " \t\r[]{},:".contains($0) }) {
        if word.first == "&" { anchors.insert(word.dropFirst()) }
        if word.first == "*", anchors.contains(word.dropFirst()) { aliases += 1 }
        if aliases > Self.aliasLimit { return index + 1 }
      }
    }
    return nil
  }

  private func place(of error: YamlError, in yaml: String) -> Place {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      Place(file: file, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(_, let context):
      Place(file: file, line: context.mark.line, column: context.mark.column)
    default: Place(file: file)
    }
  }

  private static func sentence(for error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
      "the file is not YAML: \(problem)"
    case .duplicatedKeysInMapping(let keys, _):
      "a map names the same key twice: \(keys.joined(separator: ", "))"
    default: "the file is not YAML"
    }
  }
}
