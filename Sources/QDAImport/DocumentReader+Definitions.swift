extension DocumentReader {
  func addCoder(_ tag: borrowing XMLTag) {
    let guid = define("coder", in: \.coderDefinitions, position: project.coders.count, tag)
    project.coders.append(Coder(guid: guid, name: confidentialName(tag)))
  }

  /// - Returns: The code's position.
  func addCode(_ tag: borrowing XMLTag, under parent: Int?) -> Int {
    let place = tag.place
    let position = project.codes.count
    let name = tag.attribute("name") ?? ""
    if name.isEmpty {
      faults.add(.missingAttribute, at: place, "the code has no name", remedy: "Name it, and export anew")
    }
    let what = name.isEmpty ? "code" : "code \(shownName(name))"
    let guid = define(what, kind: "code", in: \.codeDefinitions, position: position, tag)
    project.codes.append(
      ProjectCode(
        guid: guid, name: name, parent: parent, isCodable: isCodable(tag), line: place.line))
    return position
  }

  func addVariable(_ tag: borrowing XMLTag) {
    let guid = define("variable", in: \.variableDefinitions, position: project.variables.count, tag)
    project.variables.append(ProjectVariable(guid: guid, name: tag.attribute("name") ?? ""))
  }

  /// - Returns: The case's position.
  func addCase(_ tag: borrowing XMLTag) -> Int {
    let position = project.cases.count
    let guid = define("case", in: \.caseDefinitions, position: position, tag)
    project.cases.append(ProjectCase(guid: guid, name: confidentialName(tag)))
    return position
  }

  func addSource(_ tag: borrowing XMLTag, _ kind: CodedSource.Kind) -> Level {
    let guid = define("source", in: \.sourceDefinitions, position: project.sources.count, tag)
    project.sources.append(
      CodedSource(guid: guid, name: confidentialName(tag), kind: kind, line: tag.place.line))
    return .coded(.wholeSource, cases: [])
  }

  func startInCase(_ position: Int, _ name: String, _ tag: borrowing XMLTag) -> Level {
    let place = tag.place
    switch name {
    case "CodeRef":
      if let guid = target(tag) {
        project.cases[position].codes.append(codeReferences.add(guid, at: place))
      }
    case "SourceRef":
      if let guid = target(tag) { caseSources.append((position, sourceReferences.add(guid, at: place))) }
    case "SelectionRef":
      if let guid = target(tag) { addCaseSelection(guid, of: position, at: place) }
    case "VariableValue": return startValue()
    case "Coding": addMisplacedCoding(at: place)
    default: break
    }
    return .passedOver
  }

  private func addCaseSelection(_ guid: GUID, of position: Int, at place: XMLPlace) {
    // Selections are not kept, so a case has to say which are its own before they come.
    guard project.sources.isEmpty else {
      faults.add(
        .misplacedCase, at: place, "the case stands after the sources and refers to a part of one",
        remedy: "Export the project anew; the standard puts cases before sources")
      return
    }
    caseSelections[guid, default: CaseSelection(firstPlace: place)].cases.append(position)
  }

  /// The GUID of a thing, which must be its own among things of its kind. Where it has none, a fault is noted, and the
  /// result means nothing.
  /// - Parameter what: The thing as messages call it: its kind, and its name where that may be shown.
  private func define(
    _ what: String, kind: String? = nil, in table: ReferenceWritableKeyPath<DocumentReader, DefinitionTable>,
    position: Int, _ tag: borrowing XMLTag
  ) -> GUID {
    let place = tag.place
    guard let text = tag.attribute("guid") else {
      faults.add(.missingAttribute, at: place, "the \(what) has no GUID", remedy: "Export the file anew")
      return .zero
    }
    guard let guid = GUID(text) else {
      addMalformedGUID("the GUID of the \(what)", at: place)
      return .zero
    }
    if let earlier = self[keyPath: table].add(guid, position: position, at: place) {
      addDuplicate(what, kind: kind ?? what, earlier: earlier, at: place)
    }
    return guid
  }

  func addDuplicate(_ what: String, kind: String, earlier: XMLPlace, at place: XMLPlace) {
    faults.add(.duplicateGUID, at: place) {
      (
        "the \(what) has the GUID of another \(kind), on line \(grouped(earlier.line))",
        remedy: "Export the project anew from the program that made it; do not join files by hand"
      )
    }
  }

  /// The GUID that a reference means; nil, and a fault, where there is none.
  func target(_ tag: borrowing XMLTag) -> GUID? {
    guard let text = tag.attribute("targetGUID") else {
      faults.add(
        .missingAttribute, at: tag.place, "the reference has no target GUID", remedy: "Export the file anew")
      return nil
    }
    guard let guid = GUID(text) else {
      addMalformedGUID("the target of the reference", at: tag.place)
      return nil
    }
    return guid
  }

  func addMalformedGUID(_ what: String, at place: XMLPlace) {
    faults.add(
      .malformedGUID, at: place,
      "\(what) is not a GUID of 8, 4, 4, 4 and 12 hexadecimal digits", remedy: "Export the file anew")
  }

  private func confidentialName(_ tag: borrowing XMLTag) -> ConfidentialText? {
    guard let name = tag.attribute("name"), !name.isEmpty else { return nil }
    return ConfidentialText(name)
  }

  private func isCodable(_ tag: borrowing XMLTag) -> Bool {
    switch tag.attribute("isCodable") {
    case nil, "true", "1": return true
    case "false", "0": return false
    default:
      faults.add(
        .malformedValue, at: tag.place, "isCodable is neither true nor false", remedy: "Export the file anew")
      return true
    }
  }
}

/// The cases that have a selection, and whether the selection was found.
struct CaseSelection {
  let firstPlace: XMLPlace
  var cases: [Int] = []
  var isFound = false
}
