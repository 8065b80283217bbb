public import Comparison
public import ReleaseModel

/// differences.csv: how each group differs from the rest of the pack and from its total. pairs.csv, in the same columns: how
/// each group differs from each other.
func differencesCSV(_ differences: [GroupDifference], of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.differences.further).joined(separator: ","))
  buffer.append(lineFeed)
  let kinds = pack.kinds
  for difference in differences {
    buffer.append(difference.row, in: release, kinds)
    for field in [csvField(difference.other.text), "\(difference.otherBase)", "\(difference.otherCount)"] {
      buffer.append(comma)
      buffer.append(field)
    }
    buffer.append(comma)
    buffer.append(Int64(difference.otherPercent), decimals: 1)
    buffer.append(difference.contrast)
    buffer.append(difference.contrast.verdict.rawValue)
    buffer.append(lineFeed)
  }
  return buffer.bytes
}

/// changes.csv: how each share has changed since the wave before, and those of everyone since each wave before that, too.
/// Empty where nothing can be compared.
func changesCSV(of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.changes.further).joined(separator: ","))
  buffer.append(lineFeed)
  let kinds = pack.kinds
  var isEmpty = true
  for earlier in release.earlierWaves.reversed() {
    let changes = waveChanges(of: pack, in: release, since: earlier)
    let isLast = earlier.wave == release.earlierWaves.last?.wave
    for change in changes where isLast || change.row.key.banner == "total" {
      isEmpty = false
      buffer.append(change.row, in: release, kinds)
      for field in [csvField(earlier.wave), "\(change.before.base)", "\(change.before.count)"] {
        buffer.append(comma)
        buffer.append(field)
      }
      buffer.append(comma)
      buffer.append(Int64(change.percentBefore), decimals: 1)
      buffer.append(change.contrast)
      buffer.append(change.contrast.verdict.rawValue)
      buffer.append(comma)
      buffer.append(change.altered.map(\.rawValue).joined(separator: " "))
      buffer.append(lineFeed)
    }
  }
  return isEmpty ? [] : buffer.bytes
}

/// weighted.csv: the shares of everyone in the pack, weighted to the people of each banner.
func weightedCSV(_ shares: [WeightedShare], of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.weighted.further).joined(separator: ","))
  buffer.append(lineFeed)
  let kinds = pack.kinds
  for share in shares {
    buffer.append(share.row, in: release, kinds)
    buffer.append(comma)
    buffer.append("\(csvField(share.banner)),\(share.strata)")
    for (number, decimals) in [
      (share.percent, 1), (share.lower, 1), (share.upper, 1), (share.effectiveBase, 1),
      (share.designEffect, 2),
    ] {
      buffer.append(comma)
      buffer.append(Int64(number), decimals: decimals)
    }
    buffer.append(comma)
    if share.isUnreliable { buffer.append("u") }
    buffer.append(lineFeed)
  }
  return buffer.bytes
}

extension GroupDifference.Other {
  /// The text of the column `against`.
  public var text: String {
    switch self {
    case .rest: "(rest)"
    case .total: "(total)"
    case .group(let label): label
    }
  }
}

extension ReleasedPack {
  /// Kind and source of each question.
  fileprivate var kinds: [String: (kind: String, source: String)] {
    Dictionary(
      tables.filter { $0.source != Measure.sessionSource }.map { ($0.question, ($0.kind, $0.source)) }
    ) { first, _ in first }
  }
}

extension ByteBuffer {
  fileprivate mutating func append(
    _ row: ReleasedRow, in release: Release, _ kinds: [String: (kind: String, source: String)]
  ) {
    let kind = kinds[row.key.question]
    append([row.key.pack, release.wave, row.key.question, kind?.kind ?? "", kind?.source ?? ""], row.key)
    append(row)
  }

  /// A difference with its interval and its probabilities, each with a comma before it, and a comma after all.
  fileprivate mutating func append(_ contrast: Contrast) {
    for tenths in [contrast.points, contrast.lower, contrast.upper] {
      append(comma)
      append(Int64(tenths), decimals: 1)
    }
    for probability in [contrast.p, contrast.adjusted] {
      append(comma)
      // The fourth decimal is the last that is told: a probability below half of it is written as none.
      if let probability {
        append(Int64((probability * 10_000).rounded(.toNearestOrAwayFromZero)), decimals: 4)
      }
    }
    append(comma)
  }
}

/// pairs.csv: how each group of a banner differs from each other, which is much where there are many groups; so it is written
/// only where somebody asks for it.
public struct PairsCSV: PackWriter {
  public let format = "pairs"
  public let isUsual = false
  public let fileName = "pairs.csv"

  public init() {}

  public func bytes(of pack: ReleasedPack, in release: Release) -> [UInt8] {
    differencesCSV(groupPairs(of: pack, in: release), of: pack, in: release)
  }

  public func companions(of pack: ReleasedPack, in release: Release) -> [CompanionFile] {
    [CSVWMetadata.companion(CSVWMetadata.pairs, of: pack, in: release)]
  }
}

/// associations.csv: whether the answers to a question and the groups of a banner have to do with each other.
func associationsCSV(_ associations: [Association], of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append((keyColumns + CSVWMetadata.associations.further).joined(separator: ","))
  buffer.append(lineFeed)
  func rounded(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    return fixedPoint(Int64((value * scale).rounded(.toNearestOrAwayFromZero)), decimals: decimals)
  }
  for association in associations {
    let key = FigureKey(
      pack: pack.id, question: association.question, row: .base, banner: association.banner, group: "Total")
    buffer.append(
      [pack.id, release.wave, association.question, association.kind, association.source], key)
    // Base and count of everyone in the table; it is no share and has no interval.
    buffer.append("\(association.base),\(association.base),,,,")
    for text in [
      rounded(association.statistic, 4), rounded(association.degreesOfFreedom, 2),
      rounded(association.denominatorDegreesOfFreedom, 2), rounded(association.p, 4),
      rounded(association.adjusted, 4), rounded(association.cramersV, 3),
    ] {
      buffer.append(comma)
      buffer.append(text)
    }
    buffer.append(lineFeed)
  }
  return buffer.bytes
}
