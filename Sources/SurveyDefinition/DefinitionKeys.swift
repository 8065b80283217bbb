/// Every key that a definition may hold, by the map it may stand in: the reader and the schemas for editors agree
/// on these tables, and a test holds them to it.
enum DefinitionKeys {
  static let survey = [
    "survey", "title", "publisher", "contact", "invited", "mode", "sampling", "population", "intervals",
    "comparisons", "protection", "input", "variables", "questions", "blocks", "scales", "scores", "indices",
    "themes", "codings",
    "banners", "packs", "weights", "briefing",
  ]
  /// What wave.yaml may hold besides the keys of survey.yaml.
  static let wave = ["fieldwork", "made_up", "sessions", "audiences"]
  static let fieldwork = ["from", "to"]
  static let session = ["label", "audience"]
  static let population = ["total", "groups", "file"]
  static let protection = ["minimum_cell", "minimum_base", "prefer"]
  static let input = [
    "file", "encoding", "separator", "quoting", "header_rows", "respondent", "missing", "not_asked", "keep",
    "invalid", "triple_s",
  ]
  static let variable = ["label", "column", "columns", "groups", "other", "missing", "not_asked"]
  static let optionColumn = ["column", "chosen"]
  static let block = ["text", "questions"]
  static let index = ["text", "questions"]
  static let theme = ["label", "definition", "aliases", "was", "themes"]
  static let codings = ["open_text", "focus_groups"]
  /// What a file of codings may hold, whatever was coded.
  static let codingFile = ["file", "columns", "separator", "theme_separator"]
  static let openTextCodings = codingFile + ["question"]
  static let focusGroupCodings = codingFile + ["coder", "agreed"]
  static let openTextColumns = ["respondent", "question", "theme", "coder"]
  static let focusGroupColumns = ["session", "theme", "coder"]
  static let pack = ["title", "who", "banners", "questions", "briefing"]
  static let packBriefing = ["title", "contact", "notes", "order", "accent", "logo", "words"]
  static let briefing = packBriefing + ["language"]
  static let accent = ["light", "dark"]
  static let logo = ["file", "alt"]
  static let weights = ["column", "rake", "trim"]
  static let trim = ["lower", "upper"]

  /// The words of `kind`, in the order of the documentation.
  static let kinds = ["single", "multiple", "scale", "number", "ranking", "theme"]
  /// What a question of every kind may hold.
  static let questionOfAnyKind = ["text", "kind", "asked_if", "sensitive", "base"]
  /// What a question may hold besides, by its kind.
  static let questionOfKind: [String: [String]] = [
    "single": ["column", "columns", "answers", "other", "nets", "scores", "missing", "not_asked"],
    "scale": ["column", "columns", "answers", "other", "nets", "scores", "missing", "not_asked"],
    "multiple": [
      "column", "columns", "separator", "answers", "other", "chosen", "not_chosen", "exclusive", "nets",
      "missing",
      "not_asked",
    ],
    "number": ["column", "valid", "bands", "nets", "missing", "not_asked"],
    "ranking": ["columns", "places", "top", "missing", "not_asked"],
    "theme": ["themes", "co_occurrence", "coder", "agreed"],
  ]
  /// What a question of some kind may hold.
  static var question: [String] {
    var keys = questionOfAnyKind
    for kind in kinds { keys += (questionOfKind[kind] ?? []).filter { !keys.contains($0) } }
    return keys
  }

  /// Words that people write for a key of ours, too far from it for a spelling mistake.
  static let synonyms = [
    "label": ["text", "title"], "name": ["label", "title"], "title": ["text", "label"], "question": ["text"],
    "wording": ["text"], "type": ["kind"], "options": ["answers", "columns", "groups"],
    "choices": ["answers", "groups"], "values": ["answers", "groups"], "answers": ["groups"],
    "range": ["valid"],
    "ask_if": ["asked_if"], "routing": ["asked_if"], "filter": ["asked_if", "who", "keep"],
    "if": ["asked_if"],
    "delimiter": ["separator"], "header": ["header_rows"], "id": ["respondent", "survey"],
    "threshold": ["minimum_cell"], "breakdowns": ["banners"], "crosstabs": ["banners"], "audience": ["who"],
    "codebook": ["themes"], "formerly": ["was"], "merged": ["was"], "replaces": ["was"], "codes": ["themes"],
    "colour": ["accent"], "image": ["logo"], "picture": ["logo"], "color": ["accent"], "headings": ["words"],
    "footnotes": ["notes"],
    "confidence": ["intervals"], "workforce": ["population"], "headcount": ["population"],
    "adjust": ["comparisons"], "weighting": ["weights"], "dates": ["fieldwork"],
  ]
}
