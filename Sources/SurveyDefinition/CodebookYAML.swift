import Yams

/// A codebook as it stands in survey.yaml: the key `themes` with its tree.
public func codebookYAML(_ themes: [Theme]) -> String {
  let root = Node([(Node("themes"), node(themes))])
  guard let text = try? Yams.serialize(node: root, width: -1, allowUnicode: true) else {
    preconditionFailure("maps, lists and texts can be written")
  }
  return text
}

private func node(_ themes: [Theme]) -> Node {
  Node(
    themes.map { theme in
      var fields: [(Node, Node)] = [(Node("label"), text(theme.label))]
      if let definition = theme.definition { fields.append((Node("definition"), text(definition))) }
      if !theme.aliases.isEmpty { fields.append((Node("aliases"), Node(theme.aliases.map(text)))) }
      if !theme.was.isEmpty { fields.append((Node("was"), Node(theme.was.map(text)))) }
      if !theme.themes.isEmpty { fields.append((Node("themes"), node(theme.themes))) }
      return (Node(theme.id), Node(fields))
    })
}

/// A text that reads as nothing else, whatever it looks like.
private func text(_ text: String) -> Node { Node(text, Tag(.str), .doubleQuoted) }
