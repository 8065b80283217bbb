/// Names that a codebook has given so far, while it is read.
struct CodebookNames {
  /// Where each id was first given.
  var places: [String: Place] = [:]
  /// The forms in which tables name themes: `PARENT / CHILD`.
  var paths: Set<String> = []
  var aliases: [(alias: LocatedText, id: String)] = []
  /// What stands under `was`, with the theme that has it and the ids of those above that one.
  var earlierIDs: [(earlier: LocatedText, id: String, above: [String])] = []
}

extension SurveyReader {
  /// No other name of a theme may be the id of one, or another's other name.
  func checkAliases(_ names: CodebookNames) {
    var owners: [String: String] = [:]
    for (alias, id) in names.aliases {
      if alias.text.isEmpty {
        log.fault("empty-label", at: alias.place, "another name of the theme `\(id)` is empty")
      } else if let place = names.places[alias.text] {
        log.fault(
          "duplicate-alias", at: alias.place,
          "the other name `\(alias.text)` of the theme `\(id)` is the id of the one on \(place.line(from: alias.place))",
          remedy: "leave it out here, or rename that theme")
      } else if let owner = owners.updateValue(id, forKey: alias.text) {
        log.fault(
          "duplicate-alias", at: alias.place,
          "the other name `\(alias.text)` of the theme `\(id)` stands under `\(owner)` already",
          remedy: "keep one of them")
      }
    }
  }

  /// An earlier id belongs to one theme, and to no current one: a coding that uses it counts for that theme alone.
  func checkEarlierIDs(_ names: CodebookNames) {
    var owners: [String: String] = [:]
    for (earlier, id, above) in names.earlierIDs {
      if earlier.text.isEmpty {
        log.fault(
          "empty-label", at: earlier.place, "an earlier id of the theme `\(id)` is empty",
          remedy: "leave it out")
        continue
      }
      checkID(
        earlier.text, at: earlier.place,
        remedy: "`was` holds ids; other names that codings have for the theme stand under its `aliases`")
      if let place = names.places[earlier.text] {
        reportCurrentID(earlier, of: id, above: above, at: place)
      } else if let owner = owners.updateValue(id, forKey: earlier.text) {
        log.fault(
          "duplicate-was", at: earlier.place,
          "the earlier id `\(earlier.text)` of the theme `\(id)` stands under `\(owner)` already",
          remedy: owner == id
            ? "keep one of them"
            : "if `\(earlier.text)` was split, write it under the theme above the new ones alone: that one stays "
              + "comparable, and the new ones begin with this wave")
      }
    }
    for (alias, id) in names.aliases {
      guard let owner = owners[alias.text] else { continue }
      log.fault(
        "duplicate-alias", at: alias.place,
        "the other name `\(alias.text)` of the theme `\(id)` is an earlier id of `\(owner)`",
        remedy: "keep it under `was` where it was the id of a theme, under `aliases` otherwise")
    }
  }

  private func reportCurrentID(_ earlier: LocatedText, of id: String, above: [String], at place: Place) {
    let remedy =
      if earlier.text == id {
        "leave it out: an id that stays is no earlier one"
      } else if above.contains(earlier.text) {
        "leave it out: the theme above keeps its id and stays comparable, and those below it begin with this wave"
      } else if earlier.place.file != place.file {
        "a coding of `\(earlier.text)` counts for `\(id)` as it is: take it out there, or `\(id)` out of this wave"
      } else {
        "take that theme out if it was merged into this one; otherwise leave the id out here"
      }
    let owner =
      earlier.text == id ? "its present one" : "the id of the one on \(place.line(from: earlier.place))"
    log.fault(
      "duplicate-was", at: earlier.place,
      "the earlier id `\(earlier.text)` of the theme `\(id)` is \(owner)", remedy: remedy)
  }
}

extension Place {
  /// The line, with its file where that is not the one that speaks of it: wave.yaml may add to survey.yaml.
  func line(from other: Place) -> String {
    "line \(line ?? 0)" + (file == other.file ? "" : " of \(file)")
  }
}
