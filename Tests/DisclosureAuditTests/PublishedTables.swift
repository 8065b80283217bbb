import DisclosureAudit

/// A release of two questions and one banner, written by hand, as an attacker would find it.
struct PublishedTables {
  var packs = ["force", "staff"]
  /// By pack, group (`Total`, `North`, `South`, `East`) and answer, what stands in `count`; nil: withheld.
  var counts: [String: [String: [String: Int?]]]

  static let groups = ["Total", "North", "South", "East"]

  var contents: ReleaseContents {
    let who = #", "who": [[{"item": "role", "answers": ["Staff"]}]]"#
    let packsText = packs.map {
      #"{"id": "\#($0)", "banners": ["area"], "questions": ["tools"]\#($0 == "staff" ? who : "")}"#
    }.joined(separator: ", ")
    let definition = """
      {"survey": "s", "wave": "w", "protection": {"minimum_cell": 5, "minimum_base": 10},
       "variables": [{"id": "role", "groups": ["Staff", "Officer"]}, {"id": "area", "groups": ["North", "South", "East"]}],
       "questions": [{"id": "tools", "kind": "single", "answers": ["Yes", "No"], "exclusive": [], "nets": [],
                      "base": "answered", "sensitive": false}],
       "packs": [\(packsText)]}
      """
    let responses = counts["force"]?["Total"]?["size"] ?? 0
    let head =
      "pack,wave,question,kind,source,answer,banner,group,base,count,percent,lower,upper,marker".split(
        separator: ",")
    let tables = packs.map { pack in
      var records = [head.map(String.init)]
      for group in Self.groups {
        let cells = counts[pack]?[group] ?? [:]
        let banner = group == "Total" ? "total" : "area"
        func record(_ question: String, _ answer: String, _ base: Int?, _ count: Int?) -> [String] {
          let number = count.map(String.init) ?? ""
          return [
            pack, "w", question, "single", "survey", answer, banner, group, base.map(String.init) ?? "",
            number, "", "",
            "", count == nil ? "c" : "",
          ]
        }
        let size = cells["size"] ?? nil
        let base = cells["base"] ?? nil
        records.append(record("respondents", "(base)", size, size))
        records.append(record("tools", "(base)", base, base))
        for answer in ["Yes", "No"] { records.append(record("tools", answer, base, cells[answer] ?? nil)) }
      }
      return (pack: pack, records: records)
    }
    return ReleaseContents(
      definition: Array(definition.utf8), manifest: Array(#"{"responses": \#(responses ?? 0)}"#.utf8),
      tables: tables)
  }

  /// Everything is shown, and every count is large.
  static let open = PublishedTables(counts: [
    "force": [
      "Total": ["size": 300, "base": 300, "Yes": 180, "No": 120],
      "North": ["size": 100, "base": 100, "Yes": 60, "No": 40],
      "South": ["size": 100, "base": 100, "Yes": 60, "No": 40],
      "East": ["size": 100, "base": 100, "Yes": 60, "No": 40],
    ],
    "staff": [
      "Total": ["size": 150, "base": 150, "Yes": 90, "No": 60],
      "North": ["size": 50, "base": 50, "Yes": 30, "No": 20],
      "South": ["size": 50, "base": 50, "Yes": 30, "No": 20],
      "East": ["size": 50, "base": 50, "Yes": 30, "No": 20],
    ],
  ])

  /// Without the pack of the staff.
  var forceAlone: PublishedTables {
    var copy = self
    copy.packs = ["force"]
    return copy
  }

  /// The same with a few counts changed.
  func with(_ pack: String, _ group: String, _ cells: [String: Int?]) -> PublishedTables {
    var copy = self
    for (name, value) in cells { copy.counts[pack]?[group]?[name] = .some(value) }
    return copy
  }
}
