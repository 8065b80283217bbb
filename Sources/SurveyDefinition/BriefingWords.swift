/// What a definition may word its own way (`words` of `briefing`): headings, names, captions and standing texts.
///
/// Sentences that carry figures, rules or markers are not among them: they say what holds. A test holds the names and their
/// slots to the catalogue of the briefing, which this module does not know.
enum BriefingWords {
  /// In the order of the documentation.
  static let names = headings + facts + heads + captions + sentences + ending + index

  /// Headings.
  static let headings = [
    "findings",
    "contents",
    "reading",
    "responded",
    "results",
    "indices",
    "compare",
    "changes",
    "rates",
    "themes",
    "joint",
    "pairs",
    "focus_groups",
    "withheld",
    "strengths",
    "method",
    "glossary",
    "annex",
    "about",
    "download",
    "download_on_paper",
  ]
  /// What the facts at the head of the page are called.
  static let facts = [
    "who",
    "invited",
    "took_part",
    "in_this_pack",
    "fieldwork",
    "mode",
    "left_out",
  ]
  /// Heads of columns; those that name a measure stay as they are.
  static let heads = [
    "group",
    "answer",
    "question",
    "rank",
    "rank_from",
    "rank_to",
    "sessions",
    "raised",
    "comparison",
    "change",
    "change_from",
    "change_to",
    "in_words",
    "population",
    "response_rate",
    "share_of_population",
    "share_of_responses",
    "with",
    "expected",
  ]
  /// Captions of tables and titles of charts.
  static let captions = [
    "responded_total",
    "responded_chart",
    "table_of_everyone",
    "table_by_banner",
    "by_banner",
    "compare_caption",
    "changes_table",
    "differences_by",
    "rates_of",
    "weighted_by",
    "dot_title",
    "dot_mean",
    "chart_plain",
    "themes_ranked",
    "themes_below",
    "rank_table",
    "rank_table_below",
    "joint_table",
    "all_audiences",
    "pairs_table",
    "focus_groups_table",
    "focus_groups_by_audience",
  ]
  /// Sentences that carry neither a figure nor a rule.
  static let sentences = [
    "contents_below",
    "skip",
    "audience",
    "everyone",
    "findings_note",
    "no_findings",
    "reading_totals",
    "reading_totals_alone",
    "responded_note",
    "themes_note",
    "pairs_note",
    "focus_groups_note",
    "glossary_pack",
    "glossary_pack_text",
    "glossary_theme",
    "glossary_theme_text",
  ]
  /// The end of the page, and the sources of charts.
  static let ending = [
    "cite",
    "publisher_before",
    "contact",
    "contact_publisher",
    "source",
    "chart_of_pack",
    "download_none",
    "download_page",
    "download_pdf",
    "download_xlsx",
    "download_ods",
    "download_tables",
    "download_participation",
    "download_weighted",
    "download_differences",
    "download_associations",
    "download_scores",
    "download_changes",
    "download_rankings",
    "download_ranks",
    "download_joint",
    "download_pairs",
    "download_json",
    "download_definition",
  ]
  /// The index over waves and packs.
  static let index = [
    "index_subtitle",
    "index_note",
    "skip_to_results",
    "wave_named",
    "wave_name",
    "contact_head",
    "published_by",
    "file_briefing",
    "file_pdf",
    "file_xlsx",
    "file_ods",
    "file_csv",
    "file_json",
    "file_svg",
    "file_of",
    "no_files",
  ]

  /// What a wording has in braces, such as `{banner}`, by its name: each must stand in it once. None where it is not listed.
  static let slots: [String: [String]] = [
    "responded_chart": ["banner"],
    "table_of_everyone": ["question"],
    "table_by_banner": ["banner", "question"],
    "by_banner": ["banner"],
    "compare_caption": ["banner"],
    "differences_by": ["banner"],
    "rates_of": ["banner"],
    "weighted_by": ["banner"],
    "dot_title": ["answer", "banner"],
    "dot_mean": ["banner"],
    "rank_table": ["question"],
    "rank_table_below": ["question"],
    "joint_table": ["audience"],
    "audience": ["who"],
    "cite": ["publisher", "title", "pack", "wave"],
    "publisher_before": ["publisher"],
    "contact": ["contact"],
    "contact_publisher": ["publisher"],
    "source": ["title", "wave"],
    "chart_of_pack": ["pack"],
    "wave_named": ["wave"],
    "published_by": ["publisher"],
    "file_of": ["pack"],
  ]

  /// The slots of a text in their order, with those that it does not know among them: a name of letters in braces.
  static func slots(in text: String) -> [String] {
    text.matches(of: /\{([A-Za-z_]+)\}/).map { String($0.1) }
  }
}
