import ReleaseModel

/// The columns that every file of figures begins with: those of tables.csv up to the marker.
let keyColumns = TablesCSV.columns.prefix { $0 != "value" }

/// theme-ranks.csv: the order of themes, level by level, group by group, with the ranks that their intervals leave them.
func themeRanksCSV(of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.themeRanks.further).joined(separator: ","))
  buffer.append(lineFeed)
  for theme in pack.rankedThemes {
    buffer.append([pack.id, release.wave, theme.key.question, "theme", "open-text"], theme.key)
    buffer.append(theme.row)
    for number in [theme.level, theme.rank, theme.possible?.lowerBound, theme.possible?.upperBound] {
      buffer.append(comma)
      if let number { buffer.append(number) }
    }
    buffer.append(comma)
    buffer.append(theme.ranked)
    buffer.append(lineFeed)
  }
  return buffer.bytes
}

/// joint-display.csv: themes as the survey's open text raised them, of the respondents whom an audience stands for, beside
/// the focus groups in which they were raised, and how the two go together.
func jointDisplayCSV(of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.jointDisplay.further).joined(separator: ","))
  buffer.append(lineFeed)
  for theme in pack.jointDisplay {
    let key = FigureKey(
      pack: pack.id, question: theme.question, row: .answer(theme.theme),
      banner: theme.audience == nil ? "total" : "audience", group: theme.audience ?? "Total")
    buffer.append([pack.id, release.wave, theme.question, "theme", "joint"], key)
    if let survey = theme.survey {
      buffer.append(survey)
    } else {
      buffer.append(",,,,,")
    }
    buffer.append(comma)
    buffer.append(theme.sessions)
    buffer.append(comma)
    if let raised = theme.raised { buffer.append(raised) }
    buffer.append(comma)
    buffer.append(theme.comparison?.rawValue ?? "")
    buffer.append(lineFeed)
  }
  return buffer.bytes
}

/// co-occurrence.csv: of each pair of themes that the definition names, how many raised both, and how many would have if
/// the one had nothing to do with the other.
func coOccurrenceCSV(of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.coOccurrence.further).joined(separator: ","))
  buffer.append(lineFeed)
  for pair in pack.coOccurrences {
    buffer.append([pack.id, release.wave, pair.row.key.question, "theme", "open-text"], pair.row.key)
    buffer.append(pair.row)
    buffer.append(comma)
    buffer.append(csvField(pair.with))
    buffer.append(comma)
    if let expected = pair.expected { buffer.append(expected, decimals: 1) }
    buffer.append(lineFeed)
  }
  return buffer.bytes
}
