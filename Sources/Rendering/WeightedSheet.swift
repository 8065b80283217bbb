import Comparison
import ReleaseModel
import Workbooks

/// The sheet of shares weighted to the people of groups.
extension FurtherSheet {
  /// - Parameter shares: As `weightedShares` gives them.
  static func weighted(_ shares: [WeightedShare], _ names: ShareNames) -> FurtherSheet {
    var sheet = FurtherSheet(
      kind: .weighted, title: "Weighted: shares of everyone, each group counting as many people as it has",
      remark: "Each row is one answer of everyone in the pack. Weighted by names whose groups are weighted.",
      lines: ["Per cent is not weighted. Lower and upper bound are of the weighted percentage."],
      notes: [.base, .confidentiality, .weighted],
      columns: [.text("Question", 60), .text("Weighted by", 22), .text("Answer", 40)]
        + ["Base", "Per cent", "Weighted", "Lower bound", "Upper bound"].map { .number($0) }
        + [.number("Effective base", 15), .number("Design effect", 15)])
    let tellsReliability = shares.contains(where: \.isUnreliable)
    if tellsReliability { sheet.columns.append(.reliability) }
    for share in shares {
      guard let base = share.row.base, case .share(_, let percent, _, _, _) = share.row.figure else {
        continue
      }
      let key = share.row.key
      let banner = names.words.banner(share.banner)
      let figures: [Measure.Entry] = [
        .whole(base), .tenths(percent), .tenths(share.percent), .tenths(share.lower), .tenths(share.upper),
        .tenths(share.effectiveBase), .hundredths(Int64(share.designEffect)),
      ]
      var cells: [Cell] = [names.titles[key.question] ?? key.question, banner, key.row.text].map {
        .text($0, .paragraph)
      }
      cells += figures.map(\.cell)
      if tellsReliability {
        cells.append(sheet.cell(share.isUnreliable ? .shorthand(.lowReliability) : .usual))
      }
      sheet.append(cells, banner: banner)
    }
    return sheet
  }
}
