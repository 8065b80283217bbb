/// What the definition can say and this version cannot do: each is read and checked like the rest, then refused at
/// its key, never left out in silence. A feature that arrives takes its line out of here.
func reportNotYet(in root: YAMLNode, log: FindingLog) {
  func refuse(_ entry: YAMLEntry, _ message: String, remedy: String? = nil) {
    log.fault("not-yet", at: entry.keyPlace, "\(message): this version cannot do that yet", remedy: remedy)
  }
  func refuse(_ key: String, in node: YAMLNode?, _ message: String) {
    if let entry = node?[key] { refuse(entry, message) }
  }

  if let rows = root["input"]?.value["header_rows"], let text = rows.value.rawText,
    ["0", "2", "3"].contains(text)
  {
    refuse(rows, "`header_rows` other than 1", remedy: "leave one row of headings in the file")
  }
  if let encoding = root["input"]?.value["encoding"], let text = encoding.value.rawText, text != "utf-8",
    InputLayout.Encoding(rawValue: text) != nil
  {
    refuse(encoding, "an `encoding` other than utf-8", remedy: "save the file as UTF-8")
  }
  for variable in root["variables"]?.value.entries ?? [] {
    refuse("columns", in: variable.value, "a variable with one column per group")
  }
  for question in root["questions"]?.value.entries ?? [] {
    switch question.value["kind"]?.value.rawText {
    case "single"?, "scale"?:
      refuse("columns", in: question.value, "a question of one answer with one column per answer")
    case "ranking"?: refuse("kind", in: question.value, "a ranking")
    default: break
    }
  }
  refuse("weights", in: root, "weights")
}

extension YAMLNode {
  fileprivate subscript(key: String) -> YAMLEntry? { entries?.first { $0.key == key } }
}
