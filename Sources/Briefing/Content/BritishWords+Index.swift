extension Phrase {
  /// The text in British English of what the index over waves and packs says.
  var britishOfIndex: String {
    switch self {
    case .indexSubtitle: "Results, by wave and audience"
    case .indexNote:
      """
      Each pack is what one audience receives. Its briefing can be read here; the workbooks and tables have the same figures.
      """
    case .indexWithheld:
      """
      Figures of few people are withheld to protect confidentiality, with further figures from which they could be worked out. \
      Each pack says how many.
      """
    case .skipToResults: "Skip to the newest results"
    case .waveNamed: "Wave {wave}"
    case .waveName: "Wave"
    case .packBase: "{base} respondents."
    case .packWithheld: "{withheld} of {rows} rows of figures are withheld."
    case .packNotWithheld: "None of {rows} rows of figures is withheld."
    case .noFiles: "This release has no briefing and no tables of this pack."
    case .fileOf: "of {pack}"
    case .fileBriefing: "Briefing"
    case .filePDF: "Briefing to print (PDF)"
    case .fileXLSX: "Workbook (Excel)"
    case .fileODS: "Workbook (OpenDocument)"
    case .fileCSV: "Table of all figures (CSV)"
    case .fileJSON: "Table of all figures (JSON)"
    case .fileSVG: "Chart of the first finding (SVG)"
    case .kilobytes: "{size} KB"
    case .megabytes: "{size} MB"
    case .contactHead: "Publisher and contact"
    case .publishedBy: "Published by {publisher}."
    default: preconditionFailure("\(rawValue) is no phrase of the index")
    }
  }
}
