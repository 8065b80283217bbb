extension Phrase {
  /// The text in British English of what is said of scores.
  var britishOfScores: String {
    switch self {
    case .scoresOfAnswers: "For the mean score answers count as {scores}."
    case .scoreMean:
      "Mean score {value} (interval {interval}) of {base} respondents, on a scale from {lowest} to {highest}."
    case .scoreMeanAlone: "Mean score {value} of {base} respondents, on a scale from {lowest} to {highest}."
    case .scoreNet:
      """
      Net score {value} points (interval {interval}): the per cent who answered {above}, less the per cent who answered {below}.
      """
    case .methodScores:
      """
      A mean score is the mean of the numbers that answers stand for; answers that stand for none are left out. Its interval is \
      that of Student’s t. A net score is the per cent of answers above 0 less the per cent of answers below 0, of everyone in \
      the base; its interval is Tango’s score interval. Neither is told of a group that is too small, or of which an answer is withheld.
      """
    case .indices: "Several questions together"
    case .indexScore:
      """
      {index}: {value} (interval {interval}) on a scale from {lowest} to {highest}, the mean of the mean scores of {questions}.
      """
    case .indexScoreAlone:
      "{index}: {value} on a scale from {lowest} to {highest}, the mean of the mean scores of {questions}."
    case .indexAlpha: "Cronbach’s alpha of these questions is {alpha}."
    case .methodIndices:
      """
      Where several questions are taken together, the figure is the mean of their mean scores, and its interval holds however \
      answers to them go together. Cronbach’s alpha says how far they do, among people who gave an answer with a number to all of \
      them: 1 is fully, 0 not at all. It is told of at least 100 people, where nothing of these questions is withheld.
      """
    case .downloadScores: "scores.csv: mean scores and net scores"
    default: preconditionFailure("\(rawValue) is no phrase of scores")
    }
  }
}
