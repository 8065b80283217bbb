import ReleaseModel

/// participation.csv: how many of the people of each group responded.
func participationCSV(of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.participation.further).joined(separator: ","))
  buffer.append(lineFeed)
  for rate in pack.responseRates {
    buffer.append([pack.id, release.wave, "respondents", "single", "survey"], rate.group.row.key)
    buffer.append(rate.group.row)
    buffer.append(comma)
    buffer.append(rate.group.people)
    for share in [rate.responseRate, rate.shareOfPopulation, rate.shareOfResponses] {
      buffer.append(comma)
      if let share { buffer.append(Int64(share), decimals: 1) }
    }
    buffer.append(lineFeed)
  }
  return buffer.bytes
}
