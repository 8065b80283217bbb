import Estimation
public import ReleaseModel

/// How a share has changed since an earlier wave.
public struct WaveChange: Sendable, Hashable {
  /// The row as the tables of this wave have it.
  public let row: ReleasedRow
  /// What the earlier wave published of it.
  public let before: PublishedShares.Share
  /// In tenths, rounded half away from zero from the exact fraction.
  public let percentBefore: Int
  public let contrast: Contrast
  /// What is not the same as then, and what may so have changed the share; empty for nothing.
  public let altered: [Alteration]
}

/// What may be another from wave to wave in a question that has one id in both.
public enum Alteration: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The wording of the question.
  case wording
  /// The answers that could be given, or their order; of a number its bands.
  case answers
  /// Of whom it was asked.
  case route
  /// Who is in the base.
  case base
  /// Which answers the net joins.
  case net
  /// The groups of the banner, or the bands of a number that is one.
  case groups
  /// Whom the pack is about.
  case pack

  public static func < (first: Alteration, second: Alteration) -> Bool {
    (allCases.firstIndex(of: first) ?? 0) < (allCases.firstIndex(of: second) ?? 0)
  }
}

/// How a pack's shares have changed since an earlier wave, in the order of its tables.
///
/// A share is found again by the ids of pack and question, its answer's or net's label, and banner and group; a theme by its id,
/// also one under which it stood before. A question of another kind is another question. What either wave withholds has no
/// change. The two waves are compared as if their respondents were independent samples: where many people answered both
/// times, the true uncertainty of a change is mostly smaller than that of the intervals (Kish, 1965, Survey Sampling, section 12.4).
/// - Returns: Adjusted together are all shares of a question under one banner.
public func waveChanges(of pack: ReleasedPack, in release: Release, since earlier: PublishedShares)
  -> [WaveChange]
{
  guard let before = earlier.packs[pack.id] else { return [] }
  let comparability = Comparability(release.definition, earlier: earlier, pack: pack.id)
  let method = FamilyAdjustment(release.definition)
  return pack.tables.filter { $0.source != sessions }.flatMap { table -> [WaveChange] in
    guard let question = comparability.question(table.question) else { return [] }
    var found: [(row: ReleasedRow, before: PublishedShares.Share)] = []
    var contrasts: [Contrast] = []
    for row in table.rows {
      guard let share = PublishedShares.Share(row), let answer = question.earlierAnswer(row.key.row.text)
      else {
        continue
      }
      let place = PublishedShares.Place(
        question: table.question, answer: answer, banner: row.key.banner, group: row.key.group)
      guard let old = before.shares[place],
        let contrast = Contrast(share, from: old)
      else { continue }
      found.append((row, old))
      contrasts.append(contrast)
    }
    return zip(found, contrasts.adjusted(by: method)).map { found, contrast in
      WaveChange(
        row: found.row, before: found.before,
        percentBefore: found.before.percentTenths, contrast: contrast,
        altered: comparability.altered(table.question, found.row.key.row.text, banner: found.row.key.banner))
    }
  }
}

/// How a share of one release has changed since another.
public struct ReleasedChange: Sendable, Hashable {
  public let place: PublishedShares.Place
  public let now: PublishedShares.Share
  public let before: PublishedShares.Share
  public let contrast: Contrast
  public let altered: [Alteration]
}

/// The same of two releases, both as their readers have them.
/// - Parameter adjustment: `holm`, `benjamini-hochberg` or `none`, as definition.json names it.
public func waveChanges(
  ofPack pack: String, from earlier: PublishedShares, to later: PublishedShares, adjustment: String
) -> [ReleasedChange] {
  guard let now = later.packs[pack], let before = earlier.packs[pack] else { return [] }
  let comparability = Comparability(
    later.questions, groups: later.groups, formerThemes: later.formerThemes, who: now.who, earlier: earlier,
    pack: pack)
  var found: [(place: PublishedShares.Place, now: PublishedShares.Share, before: PublishedShares.Share)] = []
  var families: [[String]: [(index: Int, contrast: Contrast)]] = [:]
  for place in now.places {
    guard let question = comparability.question(place.question),
      let answer = question.earlierAnswer(place.answer), let share = now.shares[place],
      let old = before.shares[place.answering(answer)],
      let contrast = Contrast(share, from: old)
    else { continue }
    families[[place.question, place.banner], default: []].append((found.count, contrast))
    found.append((place, share, old))
  }
  var contrasts: [Int: Contrast] = [:]
  let method = FamilyAdjustment(named: adjustment)
  for family in families.values {
    for (member, contrast) in zip(family, family.map(\.contrast).adjusted(by: method)) {
      contrasts[member.index] = contrast
    }
  }
  return found.indices.compactMap { index in
    contrasts[index].map { contrast in
      let (place, now, before) = found[index]
      return ReleasedChange(
        place: place, now: now, before: before, contrast: contrast,
        altered: comparability.altered(place.question, place.answer, banner: place.banner))
    }
  }
}

extension PublishedShares.Place {
  fileprivate func answering(_ answer: String) -> PublishedShares.Place {
    .init(question: question, answer: answer, banner: banner, group: group)
  }
}
