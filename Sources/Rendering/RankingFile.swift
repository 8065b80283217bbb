import ReleaseModel

/// rankings.csv: where each option of a ranking stands, place by place, then who did not rank it, and who gave it one of the
/// first places; for the groups of which all of that is told.
func rankingsCSV(of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + ["place"]).joined(separator: ","))
  buffer.append(lineFeed)
  for table in pack.rankings {
    for row in table.rows {
      buffer.append([pack.id, release.wave, table.question, table.kind, table.source], row.key)
      buffer.append(row)
      buffer.append(comma)
      buffer.append(row.key.row.place ?? "")
      buffer.append(lineFeed)
    }
  }
  return buffer.bytes
}
