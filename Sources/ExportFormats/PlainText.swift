/// The text with each run of blanks, line breaks and no-break spaces made one blank, and none at its ends.
func collapsed(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var isPending = false
  for scalar in text.unicodeScalars {
    // A mark of byte order, or a zero-width space, is left behind by editors and means nothing.
    if scalar == "\u{FEFF}" || scalar == "\u{200B}" { continue }
    if scalar.properties.isWhitespace {
      isPending = !result.isEmpty
      continue
    }
    if isPending { result.append(" ") }
    isPending = false
    result.append(scalar)
  }
  return String(result)
}

/// The text of a piece of HTML: no tags, entities decoded, blanks collapsed.
///
/// A `<` starts a tag only where a letter, `/`, `!` or `?` follows and a `>` comes later, so that "a < b" stays. What
/// makes a line of its own in a browser is set off by a blank.
/// - Complexity: Linear in the length of the text.
func plainText(html: String) -> String {
  guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
    return collapsed(html)
  }
  let scalars = Array(html.unicodeScalars)
  // Without a later `>` there is no tag, and to look for one again and again would take quadratic time.
  let lastClose = scalars.lastIndex(of: ">") ?? -1
  let lastCommentEnd = scalars.indices.last { isCommentEnd(scalars, at: $0) } ?? -1
  var result = String.UnicodeScalarView()
  var hidden: String?
  var index = 0
  while index < scalars.count {
    if scalars[index] == "<", index < lastCommentEnd, scalars[index...].starts(with: commentStart) {
      while !isCommentEnd(scalars, at: index) { index += 1 }
      index += 3
      continue
    }
    if scalars[index] == "<", index < lastClose, let tag = HTMLTag(scalars, at: index) {
      index = tag.end
      if let name = hidden {
        if tag.isEnd, tag.name == name { hidden = nil }
      } else if tag.name == "style" || tag.name == "script" {
        if !tag.isEnd { hidden = tag.name }
      } else if !inlineTags.contains(tag.name) {
        result.append(" ")
      }
      continue
    }
    defer { index += 1 }
    guard hidden == nil else { continue }
    if scalars[index] == "&", let (decoded, end) = entity(scalars, at: index) {
      result.append(decoded)
      index = end
    } else {
      result.append(scalars[index])
    }
  }
  return collapsed(String(result))
}

/// Tags that stand inside a word or line.
private let inlineTags: Set<String> = [
  "a", "abbr", "b", "big", "code", "em", "font", "i", "ins", "label", "mark", "o:p", "s", "small",
  "span", "strike", "strong", "sub", "sup", "tt", "u",
]

private let commentStart = Array("<!--".unicodeScalars)

private func isCommentEnd(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
  index + 2 < scalars.count && scalars[index] == "-" && scalars[index + 1] == "-" && scalars[index + 2] == ">"
}

private struct HTMLTag {
  var name = ""
  var isEnd = false
  /// Where the text goes on.
  var end: Int

  /// The tag or comment that starts at `start`; nil where there is none.
  init?(_ scalars: [Unicode.Scalar], at start: Int) {
    var index = start + 1
    guard index < scalars.count else { return nil }
    if scalars[index] == "/" {
      isEnd = true
      index += 1
    }
    guard index < scalars.count,
      scalars[index].properties.isAlphabetic || scalars[index] == "!" || scalars[index] == "?"
    else { return nil }
    while index < scalars.count, name.utf8.count < 16, isNamePart(scalars[index]) {
      name.unicodeScalars.append(scalars[index])
      index += 1
    }
    name = name.lowercased()
    guard let close = scalars[index...].firstIndex(of: ">") else { return nil }
    end = close + 1
  }
}

private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
  scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789:!".unicodeScalars.contains(scalar))
}

/// The character that the entity at `start` stands for, and the position of its semicolon.
private func entity(_ scalars: [Unicode.Scalar], at start: Int) -> (Unicode.Scalar, end: Int)? {
  let limit = min(scalars.count, start + 12)
  guard let end = scalars[start..<limit].firstIndex(of: ";"), end > start + 1 else { return nil }
  let name = String(String.UnicodeScalarView(scalars[(start + 1)..<end]))
  return character(ofEntity: name).map { ($0, end) }
}

/// The character that a reference such as `amp`, `#233` or `#xE9` stands for; nil for one that is not known.
func character(ofEntity name: String) -> Unicode.Scalar? {
  if name.hasPrefix("#") {
    let digits = name.dropFirst()
    let value =
      digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init).flatMap { $0.value == 0 ? nil : $0 }
  }
  return namedEntities[name]
}

/// The names of HTML 4 that occur in questionnaires: markup, punctuation, and the letters of ISO 8859-1.
private let namedEntities: [String: Unicode.Scalar] = {
  var table: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "ndash": "–", "mdash": "—", "lsquo": "‘",
    "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„", "hellip": "…", "bull": "•",
    "euro": "€",
    "trade": "™", "oelig": "œ", "OElig": "Œ", "ensp": " ", "emsp": " ", "thinsp": " ", "zwnj": "\u{200C}",
    "zwj": "\u{200D}", "lsaquo": "‹", "rsaquo": "›", "dagger": "†", "le": "≤", "ge": "≥", "ne": "≠",
    "rarr": "→",
    "larr": "←",
  ]
  let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
    micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
    Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash \
    Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute \
    ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
    uuml yacute thorn yuml
    """
  for (offset, name) in latin.split(separator: " ").enumerated() {
    table[String(name)] = Unicode.Scalar(UInt8(160 + offset))
  }
  return table
}()
