extension Phrase {
  /// The text in British English.
  var british: String {
    switch self {
    case .months: "January February March April May June July August September October November December"
    case .interval: "{lower} to {upper}"
    case .and: "and"
    case .or: "or"
    case .madeUp: "Made-up data. These responses were made by a program to try the survey; nobody gave them."
    case .audience: "The answers of {who}."
    case .everyone: "The answers of everyone who took part."
    case .inTheData: "In the data: {id}."
    case .contentsBelow: "Parts of this"
    case .contents: "Contents"
    case .period: "{from} to {to}"
    case .findings: "Main findings"
    case .findingsNote:
      """
      Each figure is an estimate. Its 95% interval is what chance alone would usually leave open. The method says how these \
      sentences were chosen and worded.
      """
    case .noFindings: "No figure of the whole pack could be published that says enough for a main finding."
    case .findingAnswer:
      """
      {word} ({percent} of {base} respondents, interval {interval}) answered “{answer}” to “{question}”{stop}
      """
    case .findingAnswerInNumbers:
      """
      An estimated {percent} of {base} respondents (interval {interval}) answered “{answer}” to “{question}”{stop}
      """
    case .findingChoice:
      """
      {word} ({percent} of {base} respondents, interval {interval}) chose “{answer}” when asked “{question}”{stop}
      """
    case .findingChoiceInNumbers:
      """
      An estimated {percent} of {base} respondents (interval {interval}) chose “{answer}” when asked “{question}”{stop}
      """
    case .findingRanking:
      """
      {word} ({percent} of {base} respondents, interval {interval}) placed “{answer}” first when asked “{question}”{stop}
      """
    case .findingRankingInNumbers:
      """
      An estimated {percent} of {base} respondents (interval {interval}) placed “{answer}” first when asked “{question}”{stop}
      """
    case .findingTopTheme:
      """
      {word} of those whose text was coded raised “{answer}” ({percent} of {base}, interval {interval}), more than raised any \
      other theme in answer to “{question}”{stop}
      """
    case .findingTopThemeInNumbers:
      """
      An estimated {percent} of the {base} respondents whose text was coded (interval {interval}) raised “{answer}”, more than \
      raised any other theme in answer to “{question}”{stop}
      """
    case .findingTheme:
      """
      {word} of those whose text was coded raised “{answer}” ({percent} of {base}, interval {interval}) in answer to \
      “{question}”{stop}
      """
    case .findingThemeInNumbers:
      """
      An estimated {percent} of the {base} respondents whose text was coded (interval {interval}) raised “{answer}” in answer to \
      “{question}”{stop}
      """
    case .nearlyAll: "Nearly all"
    case .most: "Most"
    case .overHalf: "Over half"
    case .aboutHalf: "About half"
    case .nearlyHalf: "Nearly half"
    case .overThird: "Over a third"
    case .aboutThird: "About a third"
    case .overQuarter: "Over a quarter"
    case .aboutQuarter: "About a quarter"
    case .fewerThanTenth: "Fewer than one in ten"
    case .fewerThanQuarter: "Fewer than a quarter"
    case .fewerThanHalf: "Fewer than half"
    case .reading: "How to read this"
    case .readingTotals:
      """
      Each question stands with its wording, who was asked, a chart and a table of everyone. Below it, the same by group: open \
      “By …” for a chart and a table.
      """
    case .readingTotalsAlone:
      "Each question stands with its wording, who was asked, a chart and a table of everyone."
    case .readingTotalsOnPaper:
      """
      Each question stands with its wording, who was asked, a chart and a table of everyone. The annex has the same by group.
      """
    case .readingBase:
      """
      The base is the number of respondents whom a percentage is of: those who were asked and answered, unless it says \
      otherwise. A row “(base)” repeats it, and “(net)” joins several answers.
      """
    case .readingInterval:
      """
      “Lower” and “Upper” are the ends of the 95% interval, in per cent; of a mean, in its own unit. Where the intervals of two groups overlap, the \
      difference between them may be chance.
      """
    case .readingChart:
      """
      In a chart with dots, the dot is the figure, the thick line its interval, and the dashed line the figure of everyone. In a \
      chart with bars, the thin line below a bar is the interval.
      """
    case .readingChartOnPaper: "In a chart, the thin line below a bar is the interval."
    case .shorthandC:
      """
      [c] withheld to protect confidentiality. It does not mean 0, and these respondents are counted in the totals.
      """
    case .shorthandU: "[u] low reliability: fewer than 30 respondents. Shown, to be read with care."
    case .shorthandZ: "[z] not applicable: nobody in the base."
    case .tookPart: "Took part"
    case .inThisPack: "In this pack"
    case .invited: "Invited"
    case .fieldwork: "Open"
    case .mode: "Mode"
    case .who: "Who could take part"
    case .leftOut: "Rows left out because of a fault"
    case .fewerThan: "fewer than {minimum}"
    case .samplingOpen: "anyone who chose to (an open survey)"
    case .samplingRandom: "a random sample"
    case .samplingCensus: "everyone was asked (a census)"
    case .responded: "Who answered"
    case .respondedNote: "The number of respondents in each group. “Not stated” are those who did not say."
    case .respondedTotal: "Respondents of this pack"
    case .respondedChart: "Respondents by {banner}"
    case .thin: "Fewer than 30 respondents, so that their figures are of low reliability: {groups}."
    case .withheldGroups:
      """
      Withheld whole [c], because too few answered or others could be worked out: {groups}.
      """
    case .groupsOfNobody: "Not in the tables, because nobody in this pack is of these groups: {groups}."
    case .groupsOfNoBase: "Not in the table, because nobody of these groups is in the base: {groups}."
    case .withheldAnswers: "Withheld [c]: {answers}."
    case .results: "Results, question by question"
    case .tools: "Questions"
    case .toolsNote:
      """
      Choose the head of a column to sort a table by it; choose it again for the other way round, and once more for the order as it was. \
      With a keyboard, the arrow keys go from head to head.
      """
    case .toolsFind: "Find a question"
    case .toolsJump: "Go to"
    case .toolsGo: "Go"
    case .toolsSome: "Only questions with these words are shown."
    case .toolsNone: "No question has these words."
    case .askedOf: "Asked of {who}."
    case .askedOfAll: "Asked of everyone."
    case .whoAnswered: "those who answered {answers} to “{question}”"
    case .whoIs: "those whose {variable} is {groups}"
    case .alternatively: "; or of "
    case .both: " and "
    case .baseAnswered: "Base: {base} who were asked and answered."
    case .baseAsked: "Base: {base} who were asked; “(no answer)” are those who gave none."
    case .baseMultiple:
      """
      Base: {base} who were asked and chose or declined at least one of the answers. They could choose several, so that percentages \
      may add up to more than 100.
      """
    case .baseTheme:
      """
      Base: {base} whose text was coded. One text can raise several themes, so that percentages may add up to more than 100.
      """
    case .baseRanking:
      """
      They put answers in an order. Count and per cent are of those who placed an answer first; the value is its mean place \
      among those who ranked it, and stands only where that tells of no few people.
      """
    case .baseWithheld: "Base: withheld [c]."
    case .netJoins: "“{net}” joins {answers}."
    case .chartAnswer: "{percent} answered {answer}"
    case .chartChoice: "{percent} chose {answer}"
    case .chartTheme: "{percent} raised {answer}"
    case .chartRanking: "{percent} placed {answer} first"
    case .chartMean: "{value} on average"
    case .chartPlain: "What respondents answered"
    case .chartMeasureByGroup: "Per cent of each group."
    case .chartMeasure: "Per cent of {base} respondents."
    case .chartMeasureValue: "Mean of each group, with its interval."
    case .blockTitle: "“{net}”: from {lowest} to {highest}"
    case .blockMeasure: "Per cent of those who answered each."
    case .blockBases: "The tables below tell how many they are."
    case .blockWithheld: "An answer to each of these is withheld [c], so that they share no chart."
    case .blockPartly:
      "Where an answer is withheld [c] a statement has no bar here; its own chart shows the others."
    case .chartPartly: "An answer is withheld [c], so that each of the others has a bar of its own."
    case .chartNarrow: "A part too narrow for its figure carries none; the table has it."
    case .chartNarrowAlone: "A part too narrow for its figure carries none."
    case .chartOfPack: "Pack: {pack}."
    case .chartAlternative: "A chart. The table after it has the same figures."
    case .tableOfEveryone: "Everyone: {question}"
    case .tableByBanner: "By {banner}: {question}"
    case .byBanner: "By {banner}"
    case .dotTitle: "{answer}, by {banner}"
    case .dotMean: "Mean, by {banner}"
    case .group: "Group"
    case .answer: "Answer"
    case .base: "Base"
    case .count: "Count"
    case .percentHead: "Per cent"
    case .lower: "Lower"
    case .upper: "Upper"
    case .value: "Value"
    case .compare: "Groups compared"
    case .compareNote:
      """
      One answer to each question that allows a single answer, in per cent of each group. The colour says only how high a figure is: blue from 60, stronger \
      from 80; orange below 40, stronger below 20. Groups are compared within a question; the figures of different questions are \
      not of one kind.
      """
    case .compareLeftOut: "Left out, because all their figures here are withheld [c]: {groups}."
    case .compareCaption: "Per cent by {banner}"
    case .question: "Question"
    case .changes, .changesBases, .findingChange, .changesNone, .changesFew, .differencesFew,
      .alteredGroups, .changeHigher, .changeLower, .changesTable, .change, .changeFrom, .changeTo,
      .inWords, .higher, .lowerThan, .mayBeChance, .changesAltered, .alteredWording, .alteredAnswers,
      .alteredRoute, .alteredBase, .alteredNet, .alteredPack, .changesNote, .differencesBy,
      .differencesNone, .differencesMore, .differenceHigher, .differenceLower, .methodDifferences,
      .methodNotAdjusted, .adjustmentHolm, .adjustmentBH, .downloadDifferences, .downloadAssociations,
      .ratesByGroup, .moreThanChance, .whichMayBeChance, .changesAdjusted,
      .downloadChanges, .rates,
      .ratesNote, .ratesOf, .population, .responseRate, .shareOfPopulation, .shareOfResponses,
      .methodPopulation, .methodLogit, .methodExact, .downloadParticipation, .weightedBy, .weightedNote,
      .weightedPercent, .weightedUnreliable,
      .methodWeighted, .downloadWeighted, .readingWeighted, .methodGivenWeights, .methodRaked, .rakedTo,
      .methodTrimmed, .methodTrimmedBelow, .methodTrimmedAbove:
      britishOfComparisons
    case .themes: "Themes in what people wrote"
    case .themesNote:
      """
      These themes come from coding what respondents wrote. They say what was raised, not how strongly, and stand apart from \
      what was measured by questions.
      """
    case .themesRanked: "Themes by how many raised them"
    case .themesBelow: "Themes within these, by how many raised them"
    case .rank: "Rank"
    case .rankFrom: "Rank from"
    case .rankTo: "Rank to"
    case .rankNote:
      """
      Themes of a level are ranked together. “Rank from” and “Rank to” are the ranks that a theme could have, because themes \
      whose intervals overlap could change places.
      """
    case .rankTableBelow: "Ranks of themes within these: {question}"
    case .rankPartly:
      "Themes that are withheld [c] are in no rank: one of them may have been raised more often."
    case .rankTable: "Ranks of themes: {question}"
    case .joint: "Survey and focus groups side by side"
    case .jointNote:
      """
      Per cent of the respondents who are of an audience, beside the number of its focus groups in which the theme was raised. Often \
      is at least 10% of them, or half of the groups. \
      Agreement: both raised it often, or both seldom. Dissonance: one often, the other seldom. Silence: one often, the other \
      not at all. Unclear: the interval leaves it open.
      """
    case .jointTable: "Survey and focus groups: {audience}"
    case .allAudiences: "all audiences"
    case .sessions: "Sessions"
    case .raised: "Raised in"
    case .comparison: "Comparison"
    case .agreement: "Agreement"
    case .dissonance: "Dissonance"
    case .silence: "Silence"
    case .unclear: "Unclear"
    case .notCompared: "Not compared"
    case .notApplicable: "[z]"
    case .withheldMark: "[c]"
    case .unreliableMark: "[u]"
    case .pairs: "Themes raised together"
    case .pairsTable: "Pairs of themes"
    case .pairsWithheld: "How many raised two themes together is withheld [c] of every pair."
    case .pairsNote:
      """
      How many respondents raised both, and how many would have if the one had nothing to do with the other.
      """
    case .with: "With"
    case .expected: "Expected"
    case .focusGroups: "Focus groups"
    case .focusGroupsNote:
      """
      In how many focus groups a theme was raised. The base is the number of focus groups; of how many people raised it this \
      says nothing.
      """
    case .focusGroupsByAudience: "Focus groups by theme and audience"
    case .focusGroupsTable: "Focus groups by theme"
    case .withheld: "What is withheld, and why"
    case .withheldRule:
      """
      A figure of 1 to {below} respondents is not published. Nor is any answer of a group in which fewer than {base} answered. \
      Further figures are withheld where these could be worked out from them.
      """
    case .withheldNothing: "Nothing is withheld by rule in this survey."
    case .withheldMany:
      """
      Of the {rows} rows of figures of this pack, {withheld} are withheld. All have the marker [c], whatever the reason, so that \
      nobody can tell which were small.
      """
    case .withheldNone: "None of the {rows} rows of figures of this pack is withheld."
    case .strengths: "Strengths and limitations"
    case .strengthExact:
      """
      Every figure is exact or withheld: none was changed or rounded beyond what its column says.
      """
    case .strengthJoint:
      """
      All packs of this wave were protected together, and the release was attacked with what its readers can see before it was \
      published.
      """
    case .limitOpen:
      """
      Anyone could take part, so that those who did may differ from those who did not. The intervals do not cover that: they \
      hold as if those who took part were a random sample.
      """
    case .limitRandom:
      """
      A random sample was asked. The intervals cover the chance in who was drawn; those who did not answer may differ.
      """
    case .limitCensus:
      """
      Everyone was asked. The intervals say how much chance may be in the answers; those who did not answer may differ.
      """
    case .limitUnknown:
      """
      How respondents came to take part is not on record. Those who did not may differ from those who did.
      """
    case .limitGroups: "Small groups have wide intervals. Do not rank groups whose intervals overlap."
    case .limitQuestions:
      """
      Figures of different questions, and of questions that were asked of different people, should not be compared as if they \
      were one.
      """
    case .limitSelf: "Answers are what people said of themselves, on the days on which the survey was open."
    case .method: "Method"
    case .methodInterval:
      """
      Intervals of percentages are 95% intervals by Wilson’s method; intervals of means are those of Student’s t. They treat \
      respondents as a random sample.
      """
    case .methodRounding:
      """
      Percentages are rounded to one decimal, half away from zero, from exact figures. Rounded figures need not add up to 100.0.
      """
    case .methodWeights: "Responses are not weighted: each counts as one."
    case .methodFindings:
      """
      Main findings were chosen by rule. Each question stands with its largest net or, where it has none, its largest answer, and \
      with neither where a withheld one might be larger. A theme stands even so, and is then not called the one most often raised. Of \
      questions in one block, the one furthest from half. Up to six are shown, those whose intervals lie furthest from half, one \
      theme among them where there is one. A figure whose interval holds half is shown only where fewer than three do not. \
      Withheld and unreliable figures are not used.
      """
    case .methodWords:
      """
      Words follow the interval, not the figure; the first that all of it carries is used. “Nearly all” is above 90%, “most” above two \
      thirds, “over half” above 50%; “about half” holds 50% and stays within 45% to 55%; “nearly half” is from 40% to below 50%. \
      Below 50%, “over a third” is above a third, “about a third” holds it and stays within 28% to 38%, “over a quarter” is above a \
      quarter, and “about a quarter” holds it and stays within 20% to 30%; “fewer than one in ten”, “fewer than a quarter” and \
      “fewer than half” are below these. Where no word fits there is none.
      """
    case .glossary: "Glossary"
    case .glossaryBase: "Base"
    case .glossaryBaseText: "The respondents whom a percentage is of."
    case .glossaryInterval: "95% interval"
    case .glossaryIntervalText:
      "A range that would hold the true figure in 95 of 100 such surveys, if respondents were a random sample."
    case .glossaryNet: "Net"
    case .glossaryNetText: "Several answers counted together, such as “agree” and “strongly agree”."
    case .glossaryTheme: "Theme"
    case .glossaryThemeText: "A subject that readers of the texts found in what people wrote or said."
    case .glossaryPack: "Pack"
    case .glossaryPackText: "What one audience receives: this page and the files beside it."
    case .annex: "Annex: results by group"
    case .annexNote:
      """
      A row is a group; below each answer stand how many gave it and how many per cent of the base that is. The first row is \
      everyone in the pack. The intervals of these figures are in tables.csv, which has every figure of the pack in a row of its \
      own.
      """
    case .annexPage: "By group: page {page}"
    case .pageNumber: "{page} of {pages}"
    case .signsByNumber:
      """
      [U+ and a number] is a sign that the letters of this file lack, or that would change the direction of the words round it.
      """
    case .glossaryPackTextOnPaper: "What one audience receives: this document and the files beside it."
    case .about: "Cite, ask, download"
    case .cite: "To cite: {publisher}{title}, {pack}, {wave}."
    case .publisherBefore: "{publisher}. "
    case .contact: "Questions: {contact}"
    case .contactPublisher: "Questions: ask the publisher, {publisher}."
    case .source: "Source: {title}, {wave}."
    case .download: "The data of this page"
    case .downloadOnPaper: "The data, in files beside this one"
    case .downloadNone:
      "The figures of this page stand in its tables. This release has no files of them; the publisher may have."
    case .downloadPage: "briefing.html: the same as a page"
    case .downloadPDF: "briefing.pdf: the same for paper"
    case .downloadXLSX: "tables.xlsx: the figures as an accessible workbook"
    case .downloadODS: "tables.ods: the same in OpenDocument"
    case .downloadTables: "tables.csv: every figure, one row each"
    case .downloadRankings: "rankings.csv: where each option was placed"
    case .downloadJSON: "tables.json: every figure, for programs"
    case .downloadRanks: "theme-ranks.csv: ranks of themes"
    case .downloadJoint: "joint-display.csv: survey and focus groups"
    case .downloadPairs: "co-occurrence.csv: pairs of themes"
    case .downloadDefinition: "definition.json: the questions as asked, and the rules"
    case .skip: "Skip to the main findings"
    case .scrolls: "{table} (scrolls sideways)"
    case .scoresOfAnswers, .scoreMean, .scoreMeanAlone, .scoreNet, .methodScores, .downloadScores, .indices,
      .indexScore, .indexScoreAlone, .indexAlpha, .methodIndices:
      britishOfScores
    case .indexSubtitle, .indexNote, .indexWithheld, .skipToResults, .waveNamed, .waveName, .packBase,
      .packWithheld, .packNotWithheld, .noFiles, .fileOf, .fileBriefing, .filePDF, .fileXLSX, .fileODS,
      .fileCSV, .fileJSON, .fileSVG, .kilobytes, .megabytes, .contactHead, .publishedBy:
      britishOfIndex
    }
  }
}
