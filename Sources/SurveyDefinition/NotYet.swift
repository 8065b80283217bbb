/// What the definition can say and this version cannot do: each is read and checked like the rest, then refused at
/// its key, never left out in silence. A feature that arrives takes its line out of here.
func reportNotYet(in root: YAMLNode, log: FindingLog) {
  func refuse(_ entry: YAMLEntry, _ message: String, remedy: String? = nil) {
    log.fault("not-yet", at: entry.keyPlace, "\(message): this version cannot do that yet", remedy: remedy)
  }
  func refuse(_ key: String, in node: YAMLNode?, _ message: String) {
    if let entry = node?[key] { refuse(entry, message) }
  }

  refuse("weights", in: root, "weights")
}

extension YAMLNode {
  fileprivate subscript(key: String) -> YAMLEntry? { entries?.first { $0.key == key } }
}
