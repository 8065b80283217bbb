extension Phrase {
  /// The text in British English of what is told of waves, groups and people compared with each other.
  var britishOfComparisons: String {
    switch self {
    case .changes: "Changes since the wave before"
    case .changesBases: "{now} respondents in this pack; in wave {wave}, {then}."
    case .findingChange:
      "In wave {wave} it was {before} of {baseBefore}: a change of {change} points (interval {interval}), {verdict}."
    case .changesNone:
      "Of these shares of everyone none has changed since wave {wave} by more than chance may explain."
    case .changesFew:
      "Only shares of fewer than 30 people have changed by more than chance may explain; the table has them."
    case .differencesFew:
      "By {banner}, only groups of fewer than 30 people differ from the rest by more than chance may explain; differences.csv has them."
    case .alteredGroups: "the groups that are compared"
    case .changeHigher:
      """
      “{answer}” in “{question}”: {percent} of {base}, {points} percentage points higher than in wave {wave} (interval \
      {interval}; then {before} of {baseBefore}).
      """
    case .changeLower:
      """
      “{answer}” in “{question}”: {percent} of {base}, {points} percentage points lower than in wave {wave} (interval \
      {interval}; then {before} of {baseBefore}).
      """
    case .changesTable: "Per cent of everyone in this pack, wave by wave"
    case .change: "Change"
    case .changeFrom: "Change from"
    case .changeTo: "Change to"
    case .inWords: "In words"
    case .higher: "higher"
    case .lowerThan: "lower"
    case .mayBeChance: "may be chance"
    case .moreThanChance: "more than chance may explain"
    case .whichMayBeChance: "which may be chance"
    case .changesAltered: "Not the same as in wave {wave}: {what} (“{question}”)."
    case .alteredWording: "the wording"
    case .alteredAnswers: "the answers that could be given"
    case .alteredRoute: "who was asked"
    case .alteredBase: "who is in the base"
    case .alteredNet: "what the net joins"
    case .alteredPack: "whom this pack is about"
    case .changesNote:
      """
      A change is in percentage points and taken before rounding: from 46.26% to 48.34% is shown as 46.3, 48.3 and +2.1. “Change \
      from” and “Change to” are the ends of its 95% interval. It is called higher or lower only where chance alone would seldom \
      show as much. The respondents of two waves are taken for independent samples; people who answered in both are not matched. \
      Means are not compared.
      """
    case .changesAdjusted:
      """
      The word takes all shares of the question together, the interval each by itself: so the interval may leave 0 out where the word \
      is “may be chance”.
      """
    case .differencesBy: "Where groups differ: {banner}"
    case .differencesNone:
      "By {banner}, no group differs from the rest in the figures compared here by more than chance may explain."
    case .differencesMore:
      "These are the largest {told} of {all}, counting one answer of each question; differences.csv has every answer."
    case .differenceHigher:
      """
      {group}: {percent} of {base} for “{answer}” in “{question}”, {points} percentage points higher than the rest (interval \
      {interval}; the rest {rest} of {restBase}).
      """
    case .differenceLower:
      """
      {group}: {percent} of {base} for “{answer}” in “{question}”, {points} percentage points lower than the rest (interval \
      {interval}; the rest {rest} of {restBase}).
      """
    case .methodDifferences:
      """
      A group is compared with the rest: everyone of this pack in the base who is not in it. Intervals of differences are \
      Newcombe’s. A difference or change is called one where the pooled z test, adjusted by {adjustment} for all groups of an \
      answer, or all shares of a question, gives a probability below 0.05. One that is not called so may be chance, or too few answered to tell.
      """
    case .methodNotAdjusted:
      """
      A group is compared with the rest: everyone of this pack in the base who is not in it. Intervals of differences are \
      Newcombe’s. A difference or change is called one where the pooled z test gives a probability below 0.05; it is not \
      adjusted, so that of 20 such where nothing differs one would be called so by chance.
      """
    case .adjustmentHolm: "Holm’s method"
    case .adjustmentBH: "the method of Benjamini and Hochberg"
    case .downloadAssociations:
      "associations.csv: whether the answers to a question have to do with the groups (test of Rao and Scott)"
    case .downloadDifferences: "differences.csv: how groups differ"
    case .downloadChanges: "changes.csv: what has changed since the wave before"
    case .rates: "Who answered, of those who could"
    case .ratesNote:
      """
      Of {people} people who could have taken part, {responses} did ({rate}).
      """
    case .ratesByGroup:
      """
      Where a group’s share of respondents is not its share of people, figures of everyone lean towards the groups that answered \
      more. People who did not state a group count in the total alone.
      """
    case .ratesOf: "Response rates by {banner}"
    case .population: "People"
    case .responseRate: "Response rate"
    case .shareOfPopulation: "Per cent of people"
    case .shareOfResponses: "Per cent of respondents"
    case .methodPopulation:
      "Of {people} people a random sample was asked; intervals of percentages and means allow for how many responded, those of differences do not."
    case .methodLogit:
      """
      Intervals of percentages are 95% intervals on the logit scale, at 0% and 100% by Wilson’s method; intervals of means are \
      those of Student’s t. They treat respondents as a random sample.
      """
    case .methodExact:
      """
      Intervals of percentages are exact 95% intervals (Clopper and Pearson); intervals of means are those of Student’s t. They \
      treat respondents as a random sample.
      """
    case .downloadParticipation: "participation.csv: how many of each group responded"
    case .weightedBy: "Shares of everyone, weighted by {banner}"
    case .weightedNote:
      """
      Weighted, each group counts for as many people as it has, not for as many as answered; “Lower” and “Upper” are of the weighted \
      figure. Groups of fewer than 20 respondents, or whose figure is withheld, count together. That makes up for groups that answered more than \
      others. It cannot tell what those who did not answer would have said.
      """
    case .weightedUnreliable:
      "A weighted figure marked [u] tells no more than one of fewer than 30 respondents."
    case .weightedPercent: "Weighted"
    case .readingWeighted:
      """
      Percentages and means are weighted, counts and bases are not: a percentage is not the count over the base.
      """
    case .methodGivenWeights:
      """
      Percentages and means are weighted: each response counts for as much as its weight says. Intervals rest on the effective base, the \
      number of responses of equal weight that would tell as much ((Σw)²/Σw², Kish), which is the smaller the more weights differ.
      """
    case .methodRaked:
      """
      Percentages and means are weighted so that groups have the shares that they are known to have (raking): {shares}. Who did not state \
      their group keep their share. Intervals rest on the effective base, the number of responses of equal weight that would tell as much \
      ((Σw)²/Σw², Kish), which is the smaller the more weights differ.
      """
    case .rakedTo: "{group} {percent}"
    case .methodTrimmed:
      "No weight is less than {lower} or more than {upper} times the mean: what is beyond is shared among the others."
    case .methodTrimmedBelow:
      "No weight is less than {lower} times the mean: what others give up makes up for it."
    case .methodTrimmedAbove:
      "No weight is more than {upper} times the mean: what is beyond is shared among the others."
    case .methodWeighted:
      """
      Responses are not weighted: each counts as one, except where a figure is called weighted. There each group counts for its \
      people (post-stratification); groups of fewer than 20 respondents, or whose figure is withheld, count together, and together have \
      no more than a fifth of the people. Those intervals rest on the effective base: so many respondents of equal weight would \
      tell as much.
      """
    case .downloadWeighted: "weighted.csv: shares weighted to the people of groups"
    default: preconditionFailure("`british` knows every other phrase")
    }
  }
}
