extension DocumentReader {
  /// The project, where all is well with it.
  /// - Parameter entry: The entry of the archive that was read.
  func projectReading(entry: String?) -> ImportReading<CodedProject> {
    if isComplete { resolveReferences() }
    guard faults.isEmpty else { return .faults(faults.faults(entry: entry)) }
    precondition(isComplete, "a document that was not read to its end has a fault")
    return .content(project)
  }

  /// The codebook, where all is well with it.
  func codebookReading() -> ImportReading<Codebook> {
    guard faults.isEmpty else { return .faults(faults.faults(entry: nil)) }
    precondition(isComplete, "a document that was not read to its end has a fault")
    return .content(Codebook(codes: project.codes))
  }

  /// Puts the position of what is meant wherever the position of a reference stands. Of a document that was cut off
  /// nobody can say what it would have defined, so this is for whole ones.
  private func resolveReferences() {
    let codes = resolve(
      codeReferences, codeDefinitions, .unknownCode, "to a code that the project does not have",
      remedy: "Export the project with all of its codes")
    let coders = resolve(
      coderReferences, coderDefinitions, .unknownCoder, "to a coder that the project does not list",
      remedy: "Export the project with all of its users")
    let variables = resolve(
      variableReferences, variableDefinitions, .unknownVariable,
      "to a variable that the project does not have",
      remedy: "Export the project with all of its variables")
    let sources = resolve(
      sourceReferences, sourceDefinitions, .unknownSource, "to a source that the project does not have",
      remedy: "Export the project with all of its documents")
    for selection in caseSelections.values where !selection.isFound {
      faults.add(
        .unknownSelection, at: selection.firstPlace,
        "the case refers to a part of a source that does not exist",
        remedy: "Export the project with all of its documents")
    }
    guard faults.isEmpty else { return }
    for index in project.codings.indices {
      project.codings[index].code = codes[project.codings[index].code]
      project.codings[index].coder = project.codings[index].coder.map { coders[$0] }
    }
    for index in project.cases.indices {
      project.cases[index].codes = project.cases[index].codes.map { codes[$0] }
      resolve(&project.cases[index].values, variables)
    }
    for index in project.sources.indices { resolve(&project.sources[index].values, variables) }
    for (projectCase, source) in caseSources
    where !project.sources[sources[source]].cases.contains(projectCase) {
      project.sources[sources[source]].cases.append(projectCase)
    }
  }

  private func resolve(
    _ references: ReferenceTable, _ definitions: DefinitionTable, _ code: ImportFault.Code, _ what: String,
    remedy: String
  ) -> [Int] {
    references.resolved(in: definitions) { missing in
      let count = counted(missing.count, "reference", "references")
      faults.add(
        code, at: missing.firstPlace, "\(count) \(what)" + (missing.count > 1 ? ", the first here" : ""),
        remedy: remedy)
    }
  }

  private func resolve(_ values: inout [VariableValue], _ variables: [Int]) {
    for index in values.indices { values[index].variable = variables[values[index].variable] }
  }
}
