/// What a briefing says of itself, in the words of one language: the whole catalogue of en-GB.
///
/// `{name}` stands for what is filled in. A definition may word headings, names, captions and standing texts its own way
/// (`words` of `briefing`, `BriefingWords` of its module); sentences that carry figures, rules or markers stay as they are.
enum Phrase: String, CaseIterable, Sendable {
  case months
  case interval
  case and
  case or
  case madeUp = "made_up"
  case audience
  case everyone
  case inTheData = "in_the_data"
  case contentsBelow = "contents_below"
  case contents
  case period
  case findings
  case findingsNote = "findings_note"
  case noFindings = "no_findings"
  case findingAnswer = "finding_answer"
  case findingAnswerInNumbers = "finding_answer_in_numbers"
  case findingChoice = "finding_choice"
  case findingChoiceInNumbers = "finding_choice_in_numbers"
  case findingRanking = "finding_ranking"
  case findingRankingInNumbers = "finding_ranking_in_numbers"
  case findingTopTheme = "finding_top_theme"
  case findingTopThemeInNumbers = "finding_top_theme_in_numbers"
  case findingTheme = "finding_theme"
  case findingThemeInNumbers = "finding_theme_in_numbers"
  case nearlyAll = "nearly_all"
  case most
  case overHalf = "over_half"
  case aboutHalf = "about_half"
  case nearlyHalf = "nearly_half"
  case overThird = "over_third"
  case aboutThird = "about_third"
  case overQuarter = "over_quarter"
  case aboutQuarter = "about_quarter"
  case fewerThanTenth = "fewer_than_tenth"
  case fewerThanQuarter = "fewer_than_quarter"
  case fewerThanHalf = "fewer_than_half"
  case reading
  case readingTotals = "reading_totals"
  case readingTotalsAlone = "reading_totals_alone"
  case readingTotalsOnPaper = "reading_totals_on_paper"
  case readingBase = "reading_base"
  case readingInterval = "reading_interval"
  case readingChart = "reading_chart"
  case readingChartOnPaper = "reading_chart_on_paper"
  case shorthandC = "shorthand_c"
  case shorthandU = "shorthand_u"
  case shorthandZ = "shorthand_z"
  case tookPart = "took_part"
  case inThisPack = "in_this_pack"
  case invited
  case fieldwork
  case mode
  case who
  case leftOut = "left_out"
  case fewerThan = "fewer_than"
  case samplingOpen = "sampling_open"
  case samplingRandom = "sampling_random"
  case samplingCensus = "sampling_census"
  case responded
  case respondedNote = "responded_note"
  case respondedTotal = "responded_total"
  case respondedChart = "responded_chart"
  case thin
  case withheldGroups = "withheld_groups"
  case groupsOfNobody = "groups_of_nobody"
  case groupsOfNoBase = "groups_of_no_base"
  case withheldAnswers = "withheld_answers"
  case results
  case tools
  case toolsNote = "tools_note"
  case toolsFind = "tools_find"
  case toolsJump = "tools_jump"
  case toolsGo = "tools_go"
  case toolsSome = "tools_some"
  case toolsNone = "tools_none"
  case askedOf = "asked_of"
  case askedOfAll = "asked_of_all"
  case whoAnswered = "who_answered"
  case whoIs = "who_is"
  case alternatively
  case both
  case baseAnswered = "base_answered"
  case baseAsked = "base_asked"
  case baseMultiple = "base_multiple"
  case baseTheme = "base_theme"
  case baseRanking = "base_ranking"
  case baseWithheld = "base_withheld"
  case netJoins = "net_joins"
  case chartAnswer = "chart_answer"
  case chartChoice = "chart_choice"
  case chartTheme = "chart_theme"
  case chartRanking = "chart_ranking"
  case chartMean = "chart_mean"
  case chartPlain = "chart_plain"
  case chartMeasureByGroup = "chart_measure_by_group"
  case chartMeasure = "chart_measure"
  case chartMeasureValue = "chart_measure_value"
  case blockTitle = "block_title"
  case blockMeasure = "block_measure"
  case blockBases = "block_bases"
  case blockPartly = "block_partly"
  case blockWithheld = "block_withheld"
  case chartPartly = "chart_partly"
  case chartNarrow = "chart_narrow"
  case chartNarrowAlone = "chart_narrow_alone"
  case chartOfPack = "chart_of_pack"
  case chartAlternative = "chart_alternative"
  case tableOfEveryone = "table_of_everyone"
  case tableByBanner = "table_by_banner"
  case byBanner = "by_banner"
  case dotTitle = "dot_title"
  case dotMean = "dot_mean"
  case group
  case answer
  case base
  case count
  case percentHead = "percent_head"
  case lower
  case upper
  case value
  case compare
  case compareNote = "compare_note"
  case compareCaption = "compare_caption"
  case compareLeftOut = "compare_left_out"
  case question
  case changes
  case changesBases = "changes_bases"
  case findingChange = "finding_change"
  case changesNone = "changes_none"
  case changesFew = "changes_few"
  case differencesFew = "differences_few"
  case alteredGroups = "altered_groups"
  case changeHigher = "change_higher"
  case changeLower = "change_lower"
  case changesTable = "changes_table"
  case change
  case changeFrom = "change_from"
  case changeTo = "change_to"
  case inWords = "in_words"
  case higher
  case lowerThan = "lower_than"
  case mayBeChance = "may_be_chance"
  case moreThanChance = "more_than_chance"
  case whichMayBeChance = "which_may_be_chance"
  case changesAltered = "changes_altered"
  case alteredWording = "altered_wording"
  case alteredAnswers = "altered_answers"
  case alteredRoute = "altered_route"
  case alteredBase = "altered_base"
  case alteredNet = "altered_net"
  case alteredPack = "altered_pack"
  case changesNote = "changes_note"
  case changesAdjusted = "changes_adjusted"
  case differencesBy = "differences_by"
  case differencesNone = "differences_none"
  case differencesMore = "differences_more"
  case differenceHigher = "difference_higher"
  case differenceLower = "difference_lower"
  case methodDifferences = "method_differences"
  case methodNotAdjusted = "method_not_adjusted"
  case adjustmentHolm = "adjustment_holm"
  case adjustmentBH = "adjustment_bh"
  case downloadDifferences = "download_differences"
  case downloadAssociations = "download_associations"
  case scoresOfAnswers = "scores_of_answers"
  case scoreMean = "score_mean"
  case scoreMeanAlone = "score_mean_alone"
  case scoreNet = "score_net"
  case methodScores = "method_scores"
  case indices
  case indexScore = "index_score"
  case indexScoreAlone = "index_score_alone"
  case indexAlpha = "index_alpha"
  case methodIndices = "method_indices"
  case downloadScores = "download_scores"
  case downloadChanges = "download_changes"
  case rates
  case ratesNote = "rates_note"
  case ratesByGroup = "rates_by_group"
  case ratesOf = "rates_of"
  case population
  case responseRate = "response_rate"
  case shareOfPopulation = "share_of_population"
  case shareOfResponses = "share_of_responses"
  case methodPopulation = "method_population"
  case methodLogit = "method_logit"
  case methodExact = "method_exact"
  case downloadParticipation = "download_participation"
  case weightedBy = "weighted_by"
  case weightedNote = "weighted_note"
  case weightedUnreliable = "weighted_unreliable"
  case weightedPercent = "weighted_percent"
  case methodWeighted = "method_weighted"
  case downloadWeighted = "download_weighted"
  case readingWeighted = "reading_weighted"
  case methodGivenWeights = "method_given_weights"
  case methodRaked = "method_raked"
  case rakedTo = "raked_to"
  case methodTrimmed = "method_trimmed"
  case methodTrimmedBelow = "method_trimmed_below"
  case methodTrimmedAbove = "method_trimmed_above"
  case themes
  case themesNote = "themes_note"
  case themesRanked = "themes_ranked"
  case themesBelow = "themes_below"
  case rank
  case rankFrom = "rank_from"
  case rankTo = "rank_to"
  case rankNote = "rank_note"
  case rankTable = "rank_table"
  case rankTableBelow = "rank_table_below"
  case rankPartly = "rank_partly"
  case joint
  case jointNote = "joint_note"
  case jointTable = "joint_table"
  case allAudiences = "all_audiences"
  case sessions
  case raised
  case comparison
  case agreement
  case dissonance
  case silence
  case unclear
  case notCompared = "not_compared"
  case notApplicable = "not_applicable"
  case withheldMark = "withheld_mark"
  case unreliableMark = "unreliable_mark"
  case pairs
  case pairsTable = "pairs_table"
  case pairsNote = "pairs_note"
  case pairsWithheld = "pairs_withheld"
  case with
  case expected
  case focusGroups = "focus_groups"
  case focusGroupsNote = "focus_groups_note"
  case focusGroupsByAudience = "focus_groups_by_audience"
  case focusGroupsTable = "focus_groups_table"
  case withheld
  case withheldRule = "withheld_rule"
  case withheldNothing = "withheld_nothing"
  case withheldMany = "withheld_many"
  case withheldNone = "withheld_none"
  case strengths
  case strengthExact = "strength_exact"
  case strengthJoint = "strength_joint"
  case limitOpen = "limit_open"
  case limitRandom = "limit_random"
  case limitCensus = "limit_census"
  case limitUnknown = "limit_unknown"
  case limitGroups = "limit_groups"
  case limitQuestions = "limit_questions"
  case limitSelf = "limit_self"
  case method
  case methodInterval = "method_interval"
  case methodRounding = "method_rounding"
  case methodWeights = "method_weights"
  case methodFindings = "method_findings"
  case methodWords = "method_words"
  case glossary
  case glossaryBase = "glossary_base"
  case glossaryBaseText = "glossary_base_text"
  case glossaryInterval = "glossary_interval"
  case glossaryIntervalText = "glossary_interval_text"
  case glossaryNet = "glossary_net"
  case glossaryNetText = "glossary_net_text"
  case glossaryTheme = "glossary_theme"
  case glossaryThemeText = "glossary_theme_text"
  case glossaryPack = "glossary_pack"
  case glossaryPackText = "glossary_pack_text"
  case glossaryPackTextOnPaper = "glossary_pack_text_on_paper"
  case annex
  case annexNote = "annex_note"
  case annexPage = "annex_page"
  case pageNumber = "page_number"
  case signsByNumber = "signs_by_number"
  case about
  case cite
  case publisherBefore = "publisher_before"
  case contact
  case contactPublisher = "contact_publisher"
  case source
  case download
  case downloadOnPaper = "download_on_paper"
  case downloadNone = "download_none"
  case downloadPage = "download_page"
  case downloadPDF = "download_pdf"
  case downloadXLSX = "download_xlsx"
  case downloadODS = "download_ods"
  case downloadTables = "download_tables"
  case downloadRankings = "download_rankings"
  case downloadJSON = "download_json"
  case downloadRanks = "download_ranks"
  case downloadJoint = "download_joint"
  case downloadPairs = "download_pairs"
  case downloadDefinition = "download_definition"
  case skip
  case scrolls
  // Of the index over waves and packs.
  case indexSubtitle = "index_subtitle"
  case indexNote = "index_note"
  case indexWithheld = "index_withheld"
  case skipToResults = "skip_to_results"
  case waveNamed = "wave_named"
  case waveName = "wave_name"
  case packBase = "pack_base"
  case packWithheld = "pack_withheld"
  case packNotWithheld = "pack_not_withheld"
  case noFiles = "no_files"
  case fileOf = "file_of"
  case fileBriefing = "file_briefing"
  case filePDF = "file_pdf"
  case fileXLSX = "file_xlsx"
  case fileODS = "file_ods"
  case fileCSV = "file_csv"
  case fileJSON = "file_json"
  case fileSVG = "file_svg"
  case kilobytes
  case megabytes
  case contactHead = "contact_head"
  case publishedBy = "published_by"
}
