import ReleaseModel

extension Briefing {
  /// How much is withheld, and by which rule.
  var withheld: Section {
    let rules = definition.protection
    let rule =
      rules.minimumCell > 1 || rules.minimumBase > 1
      ? words.sentence(
        .withheldRule,
        [
          "below": [.text(words.number(max(1, rules.minimumCell - 1)))],
          "base": [.text(words.number(rules.minimumBase))],
        ]) : words.sentence(.withheldNothing)
    let cells = content.pack.withheldRows
    let many = words.sentence(
      cells > 0 ? .withheldMany : .withheldNone,
      [
        "rows": [.text(words.number(content.pack.rowCount))], "withheld": [.text(words.number(cells))],
      ])
    return section("withheld", .withheld, [.paragraph(rule), .paragraph(many)])
  }

  var strengths: Section {
    let sampling: Phrase =
      switch definition.sampling {
      case "open": .limitOpen
      case "random": .limitRandom
      case "census": .limitCensus
      default: .limitUnknown
      }
    let phrases: [Phrase] = [
      .strengthExact, .strengthJoint, sampling, .limitSelf, .limitGroups, .limitQuestions,
    ]
    return section("strengths", .strengths, [.list(phrases.map { words.sentence($0) })])
  }

  var method: Section {
    let interval: Phrase =
      switch definition.intervals {
      case "logit": .methodLogit
      case "clopper-pearson": .methodExact
      default: .methodInterval
      }
    let before: [Phrase] = [interval, .methodRounding]
    let after: [Phrase] = [.methodFindings, .methodWords]
    return section(
      "method", .method,
      before.map { .paragraph(words.sentence($0)) } + [.paragraph(methodOfWeights)] + finitePopulation
        + (content.differences.isEmpty && content.changes.isEmpty ? [] : [.paragraph(methodOfDifferences)])
        + (content.scores.isEmpty ? [] : [.paragraph(words.sentence(.methodScores))])
        + (content.indices.isEmpty ? [] : [.paragraph(words.sentence(.methodIndices))])
        + after.map { .paragraph(words.sentence($0)) })
  }

  /// Whether and how figures are weighted.
  private var methodOfWeights: Sentence {
    guard let weighting = definition.weighting else {
      return words.sentence(content.weighted.isEmpty ? .methodWeights : .methodWeighted)
    }
    guard let margins = weighting.margins else { return words.sentence(.methodGivenWeights) }
    let shares = margins.flatMap(\.shares).map { share -> [Sentence.Run] in
      let tenths = Int(((Double(share.share) ?? 0) * 1_000).rounded())
      return words.sentence(
        .rakedTo, ["group": [.label(share.group)], "percent": [.text(words.percent(tenths))]]
      ).runs
    }
    let raked = words.sentence(.methodRaked, ["shares": Array(shares.joined(separator: [.text(", ")]))])
    switch (weighting.trim?.lower, weighting.trim?.upper) {
    case (nil, nil): return raked
    case (let lower?, let upper?):
      return raked + words.sentence(.methodTrimmed, ["lower": [.text(lower)], "upper": [.text(upper)]])
    case (let lower?, nil): return raked + words.sentence(.methodTrimmedBelow, ["lower": [.text(lower)]])
    case (nil, let upper?): return raked + words.sentence(.methodTrimmedAbove, ["upper": [.text(upper)]])
    }
  }

  /// Only of a random sample of people whose number is known.
  private var finitePopulation: [Block] {
    guard definition.sampling == "random", let people = definition.population else { return [] }
    return [.paragraph(words.sentence(.methodPopulation, ["people": [.text(words.number(people))]]))]
  }

  private var methodOfDifferences: Sentence {
    switch definition.comparisons {
    case "none": words.sentence(.methodNotAdjusted)
    case "benjamini-hochberg":
      words.sentence(.methodDifferences, ["adjustment": [.text(words[.adjustmentBH])]])
    default: words.sentence(.methodDifferences, ["adjustment": [.text(words[.adjustmentHolm])]])
    }
  }

  var glossary: Section {
    var terms: [(Phrase, Phrase)] = [
      (.glossaryBase, .glossaryBaseText), (.glossaryInterval, .glossaryIntervalText),
      (.glossaryNet, .glossaryNetText),
      (.glossaryPack, medium == .page ? .glossaryPackText : .glossaryPackTextOnPaper),
    ]
    if themes != nil { terms.append((.glossaryTheme, .glossaryThemeText)) }
    return section("glossary", .glossary, [.facts(terms.map { (words[$0.0], words.sentence($0.1)) })])
  }

  /// How to cite, whom to ask, and the data.
  var about: Section {
    let publisher = definition.publisher.map {
      words.sentence(.publisherBefore, ["publisher": [.label($0)]]).runs
    }
    var blocks: [Block] = [
      .paragraph(
        words.sentence(
          .cite,
          [
            "publisher": publisher ?? [], "title": [.label(definition.title)],
            "pack": [.label(content.pack.title)], "wave": [.label(content.release.wave)],
          ]))
    ]
    if let contact = content.settings.contact ?? definition.contact {
      blocks.append(.paragraph(words.sentence(.contact, ["contact": [.label(contact)]])))
    } else if let publisher = definition.publisher {
      blocks.append(.paragraph(words.sentence(.contactPublisher, ["publisher": [.label(publisher)]])))
    }
    let lead: Phrase = hasData ? medium == .page ? .download : .downloadOnPaper : .downloadNone
    blocks.append(.paragraph(words.sentence(lead)))
    blocks.append(.links(files))
    return section("about", .about, blocks)
  }

  /// Whether a file beside the page has its figures as data.
  private var hasData: Bool { !formats.isDisjoint(with: ["xlsx", "ods", "csv", "json"]) }

  /// What stands beside the page, for people first.
  private var files: [(file: String, text: String)] {
    var files: [(file: String, text: String)] = []
    func add(_ format: String, _ file: String, _ phrase: Phrase) {
      if formats.contains(format) { files.append((file, words[phrase])) }
    }
    switch medium {
    case .page: add("pdf", "briefing.pdf", .downloadPDF)
    case .paper: add("html", "briefing.html", .downloadPage)
    }
    add("xlsx", "tables.xlsx", .downloadXLSX)
    add("ods", "tables.ods", .downloadODS)
    add("csv", "tables.csv", .downloadTables)
    if !content.pack.populations.isEmpty { add("csv", "participation.csv", .downloadParticipation) }
    if !content.weighted.isEmpty { add("csv", "weighted.csv", .downloadWeighted) }
    if !content.differences.isEmpty { add("csv", "differences.csv", .downloadDifferences) }
    if content.hasAssociations { add("csv", "associations.csv", .downloadAssociations) }
    if !content.scores.isEmpty { add("csv", "scores.csv", .downloadScores) }
    if !content.changes.isEmpty { add("csv", "changes.csv", .downloadChanges) }
    if !content.pack.rankings.isEmpty { add("csv", "rankings.csv", .downloadRankings) }
    if !content.pack.rankedThemes.isEmpty { add("csv", "theme-ranks.csv", .downloadRanks) }
    if !content.pack.jointDisplay.isEmpty { add("csv", "joint-display.csv", .downloadJoint) }
    if !content.pack.coOccurrences.isEmpty { add("csv", "co-occurrence.csv", .downloadPairs) }
    add("json", "tables.json", .downloadJSON)
    files.append(("../definition.json", words[.downloadDefinition]))
    return files
  }
}
