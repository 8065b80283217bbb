/// What the definition can say and this version cannot do: each is read and checked like the rest, then refused at
/// its key, never left out in silence. A feature that arrives takes its line out of here.
func reportNotYet(in root: YAMLNode, log: FindingLog) {
  for entry in root.entries ?? [] where entry.key == "weights" {
    log.fault("not-yet", at: entry.keyPlace, "weights: this version cannot do that yet")
  }
}
