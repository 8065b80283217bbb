extension ReleasedTable {
  /// The groups of which each answer is published, in their order, with the counts of these, which make its base; nil stands for
  /// those who gave no answer.
  public var wholeGroups: [(group: String, counts: [String?: Int])] {
    var groups: [String] = []
    var columns: [String: [ReleasedRow]] = [:]
    for row in rows {
      if columns[row.key.group] == nil { groups.append(row.key.group) }
      columns[row.key.group, default: []].append(row)
    }
    return groups.compactMap { group in
      columns[group].flatMap(wholeColumn).map { (group, $0) }
    }
  }
}

/// Of the rows of one group the counts of all answers, where they are published and make its base.
private func wholeColumn(_ rows: [ReleasedRow]) -> [String?: Int]? {
  var counts: [String?: Int] = [:]
  for row in rows {
    let answer: String?
    switch row.key.row {
    case .answer(let label): answer = label
    case .noAnswer: answer = nil
    case .base, .net, .mean, .median, .place, .notRanked, .top: continue
    }
    guard case .share(let count, _, _, _, _) = row.figure else { return nil }
    counts.updateValue(count, forKey: answer)
  }
  guard let base = rows.first(where: { $0.key.row == .base })?.base, base == counts.values.reduce(0, +)
  else { return nil }
  return counts
}
