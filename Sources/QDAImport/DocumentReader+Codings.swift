/// A coding whose element is open.
struct OpenCoding {
  let place: XMLPlace
  let covers: CodingPlace
  let cases: [Int]
  /// The coder's position in the references.
  let coder: Int?
  var hasCode = false
}

extension DocumentReader {
  func startInSource(
    _ place: CodingPlace, _ cases: [Int], _ name: String, _ tag: borrowing XMLTag
  ) -> Level {
    if name == "Coding" { return startCoding(place, cases, tag) }
    if name == "VariableValue" { return startValue() }
    if let selection = ElementName.selections[name] {
      project.selectionCounts[selection, default: 0] += 1
      return .coded(selection, cases: cases + casesOfSelection(tag))
    }
    return ElementName.representations.contains(name) ? .coded(place, cases: cases) : .passedOver
  }

  private func casesOfSelection(_ tag: borrowing XMLTag) -> [Int] {
    guard !caseSelections.isEmpty, let text = tag.attribute("guid"), let guid = GUID(text) else { return [] }
    caseSelections[guid]?.isFound = true
    return caseSelections[guid]?.cases ?? []
  }

  private func startCoding(_ covers: CodingPlace, _ cases: [Int], _ tag: borrowing XMLTag) -> Level {
    let place = tag.place
    if let text = tag.attribute("guid") {
      if let guid = GUID(text) {
        let position = project.codings.count
        if let earlier = codingDefinitions.add(guid, position: position, at: place) {
          addDuplicate("coding", kind: "coding", earlier: earlier, at: place)
        }
      } else {
        addMalformedGUID("the GUID of the coding", at: place)
      }
    }
    var coder: Int?
    if let text = tag.attribute("creatingUser"), !text.isEmpty {
      if let guid = GUID(text) {
        coder = coderReferences.add(guid, at: place)
      } else {
        addMalformedGUID("the coder of the coding", at: place)
      }
    }
    openCoding = OpenCoding(place: place, covers: covers, cases: cases, coder: coder)
    return .coding
  }

  /// The schema gives a coding one code; one with several is as many codings.
  func addCodeOfCoding(_ tag: borrowing XMLTag) {
    guard let coding = openCoding else { preconditionFailure("a code stands in a coding") }
    openCoding?.hasCode = true
    guard let guid = target(tag) else { return }
    project.codings.append(
      Coding(
        source: project.sources.count - 1, code: codeReferences.add(guid, at: coding.place),
        coder: coding.coder, place: coding.covers, cases: coding.cases, line: coding.place.line,
        column: coding.place.column))
  }

  func endCoding() {
    guard let coding = openCoding else { preconditionFailure("a coding ends that has not begun") }
    if !coding.hasCode {
      faults.add(
        .codingWithoutCode, at: coding.place, "the coding has no code", remedy: "Export the project anew")
    }
    openCoding = nil
  }

  func addMisplacedCoding(at place: XMLPlace) {
    faults.add(
      .misplacedCoding, at: place, "the coding stands where it belongs to no source",
      remedy: "Export the project anew in the form of REFI-QDA, version 1.0 or 1.5")
  }
}
