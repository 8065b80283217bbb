/// What a column's heading, or the form of its cells, tells of it before anything is counted.
enum ColumnSign {
  /// Tells who somebody is, or how to reach them.
  case personal(String)
  /// Put there by the platform, about the response rather than of it.
  case technical(String)
  case respondentID
  case date
}

/// Headings of columns that platforms add, in plain words.
private let technicalHeadings: Set<String> = [
  "start date", "startdate", "end date", "enddate", "time started", "date submitted", "submitted",
  "timestamp",
  "recorded date", "recordeddate", "start time", "starttime", "completion time", "last modified time",
  "date created",
  "date modified", "datestamp", "submitdate", "startlanguage", "start language", "last page", "lastpage",
  "seed", "status", "response type", "progress", "duration", "duration in seconds", "durationinseconds",
  "finished",
  "user language", "userlanguage", "distribution channel", "distributionchannel", "collector", "collector id",
  "collectorid", "external reference", "externalreference", "external data reference", "language", "referer",
  "session id",
  "user agent", "useragent", "comments", "contact id", "tags", "zeitstempel", "horodateur", "time taken",
  "interview time",
  "record number", "link name", "url variable", "sessionid", "total points", "quiz feedback",
]

private let identityHeadings: Set<String> = [
  "respondent id", "respondentid", "response id", "responseid", "respondent", "id", "urn",
  "unique response number",
  "unique id", "uniqueid", "record id", "recordid", "case id", "caseid", "respid", "antwort id", "serial",
]

private let personalWords: [(word: String, what: String)] = [
  ("e mail", "an e-mail address"), ("email", "an e-mail address"), ("mail address", "an address"),
  ("ip address", "an IP address"), ("ipaddress", "an IP address"), ("ip", "an IP address"),
  ("first name", "a name"), ("firstname", "a name"), ("last name", "a name"), ("lastname", "a name"),
  ("surname", "a name"), ("full name", "a name"), ("your name", "a name"), ("vorname", "a name"),
  ("nachname", "a name"), ("recipientlastname", "a name"), ("recipientfirstname", "a name"),
  ("recipientemail", "an e-mail address"), ("phone", "a telephone number"),
  ("telephone", "a telephone number"),
  ("mobile number", "a telephone number"), ("postcode", "a postcode"), ("post code", "a postcode"),
  ("zip code", "a postcode"), ("zipcode", "a postcode"), ("postal code", "a postcode"), ("plz", "a postcode"),
  ("street", "an address"), ("home address", "an address"), ("date of birth", "a date of birth"),
  ("birth day", "a date of birth"), ("locationlatitude", "a place"), ("locationlongitude", "a place"),
  ("location latitude", "a place"), ("location longitude", "a place"), ("latitude", "a place"),
  ("longitude", "a place"),
  ("collar number", "a staff number"), ("warrant number", "a staff number"),
  ("payroll number", "a staff number"),
  ("staff number", "a staff number"), ("employee id", "a staff number"),
  ("employee number", "a staff number"),
  ("contact details", "how to reach somebody"), ("contact information", "how to reach somebody"),
]

/// What the heading of a column says.
func sign(ofHeadings headings: [String]) -> ColumnSign? {
  for heading in headings {
    let plain = KnownScales.plain(heading)
    if identityHeadings.contains(plain) { return .respondentID }
    if technicalHeadings.contains(plain) { return .technical("put there by the platform") }
  }
  for heading in headings {
    let plain = " " + KnownScales.plain(heading) + " "
    if plain == " name " || plain.hasPrefix(" name first ") || plain.contains(" name first and last ") {
      return .personal("the heading speaks of a name")
    }
    for (word, what) in personalWords where plain.contains(" \(word) ") {
      return .personal("the heading speaks of \(what)")
    }
  }
  return nil
}

/// What the form of a column's texts says: most of them look like the same kind of thing.
func sign(ofTexts texts: [(text: String, count: Int)]) -> ColumnSign? {
  let all = texts.reduce(0) { $0 + $1.count }
  guard all > 0 else { return nil }
  func most(_ test: (String) -> Bool) -> Bool {
    2 * texts.reduce(0) { $0 + (test($1.text) ? $1.count : 0) } > all
  }
  if most(isMailAddress) { return .personal("most cells look like e-mail addresses") }
  if most(isNetworkAddress) { return .personal("most cells look like IP addresses") }
  if most(isPostcode) { return .personal("most cells look like postcodes") }
  if most(isDate) { return .date }
  return nil
}

private func isMailAddress(_ text: String) -> Bool {
  let parts = text.split(separator: "@", omittingEmptySubsequences: false)
  return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
}

private func isNetworkAddress(_ text: String) -> Bool {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  if parts.count == 4, parts.allSatisfy({ Int($0).map { (0...255).contains($0) } == true }) { return true }
  return text.count(where: { $0 == ":" }) >= 4 && text.allSatisfy { $0.isHexDigit || $0 == ":" }
}

/// A postcode of the United Kingdom, such as `B4 6NQ`.
/// Source: British Standard BS 7666, the form that Royal Mail describes.
private func isPostcode(_ text: String) -> Bool {
  let letters = Array(text.uppercased().filter { $0 != " " })
  guard (5...7).contains(letters.count), letters.allSatisfy({ $0.isASCII }) else { return false }
  let inward = letters.suffix(3)
  let outward = letters.dropLast(3)
  return inward.first?.isNumber == true && inward.dropFirst().allSatisfy(\.isLetter)
    && outward.first?.isLetter == true && outward.contains(where: \.isNumber)
}

/// A date, or a date and a time, in figures.
private func isDate(_ text: String) -> Bool {
  let day = text.prefix { $0 != " " && $0 != "T" }
  for separator in ["-", "/", "."] as [Character] {
    let parts = day.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ Int($0) != nil }) else { continue }
    if parts.contains(where: { $0.count == 4 }) || text.contains(":") { return true }
  }
  return false
}

/// Words of headings by which respondents are often compared.
private let factWords: Set<String> = [
  "role", "rank", "grade", "department", "division", "directorate", "area", "region", "location", "site",
  "gender", "sex",
  "age", "ethnicity", "tenure", "service", "contract", "occupation", "profession", "job", "team", "unit",
  "function",
  "institute", "faculty", "college", "school", "employment", "education", "degree", "country", "audience",
  "position",
  "locality", "religion", "organisation", "organization", "size", "user",
]

/// Whether a heading speaks of a fact about the respondent.
func speaksOfRespondent(_ heading: String) -> Bool {
  let words = KnownScales.plain(heading).split(separator: " ").map(String.init)
  return words.count <= 14 && words.contains { factWords.contains($0) }
}
