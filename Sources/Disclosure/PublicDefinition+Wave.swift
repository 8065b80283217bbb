import FoundationEssentials
import ReleaseModel
import SurveyDefinition
import Tabulation

extension PublicDefinition {
  /// The public part of a wave's definition: what was asked, of whom, and what each audience receives.
  init(_ wave: Wave, sessions: SessionTally? = nil) {
    let survey = wave.survey
    self.init(
      survey: survey.id, wave: wave.id, title: survey.title, publisher: survey.publisher,
      contact: survey.contact,
      invited: survey.invited, mode: survey.mode, sampling: survey.sampling?.rawValue,
      population: survey.population?.people, intervals: survey.intervals.rawValue,
      comparisons: survey.comparisons.rawValue,
      fieldwork: wave.fieldwork.map { Dates(from: $0.from, to: $0.to) }, madeUp: wave.isMadeUp,
      protection: Thresholds(
        minimumCell: survey.protection.minimumCell, minimumBase: survey.protection.minimumBase,
        prefer: survey.protection.prefer.rawValue),
      variables: survey.variables.map { Variable(id: $0.id, label: $0.label, groups: $0.groupLabels) },
      questions: survey.questions.map { Question($0, of: survey) },
      blocks: survey.blocks.map { block in
        Block(id: block.id, text: block.text, questions: block.questions.map { survey.questions[$0].id })
      },
      indices: survey.indices.isEmpty
        ? nil
        : survey.indices.map { index in
          Index(id: index.id, text: index.text, questions: index.questions.map { survey.questions[$0].id })
        },
      themes: survey.themes.map(Theme.init), focusGroups: sessions.map { FocusGroups($0, of: wave) },
      sameAnswers: survey.sameAnswers,
      packs: survey.packs.map { pack in
        Pack(
          id: pack.id, title: pack.title, who: pack.who.map { survey.clauses(of: $0) },
          banners: pack.banners.map(survey.id), questions: pack.questions.map { survey.questions[$0].id },
          briefing: pack.briefing.map { PublicBriefing($0, of: survey) })
      }, briefing: survey.briefing.map { PublicBriefing($0, of: survey) },
      weighting: survey.weights.map { Weighting($0, of: survey) })
  }
}

extension PublicDefinition.Weighting {
  fileprivate init(_ weights: Weights, of survey: Survey) {
    switch weights {
    case .column: self.init(kind: "column")
    case .rake(let margins, let trim):
      self.init(
        kind: "rake",
        margins: margins.map { margin in
          PublicDefinition.Margin(
            item: survey.id(of: margin.item),
            shares: zip(survey.groupLabels(of: margin.item), margin.shares).map { label, share in
              PublicDefinition.Target(group: label, share: share.text)
            })
        }, trim: trim.map { PublicDefinition.Trim(lower: $0.lower?.text, upper: $0.upper?.text) })
    }
  }
}

extension PublicBriefing {
  fileprivate init(_ settings: BriefingSettings, of survey: Survey) {
    self.init(
      title: settings.title, contact: settings.contact, notes: settings.notes.isEmpty ? nil : settings.notes,
      order: settings.order.isEmpty ? nil : settings.order.map { survey.questions[$0].id },
      accent: settings.accent.map { Accent(light: $0.light, dark: $0.dark) },
      logo: settings.logo.flatMap(Logo.init), words: settings.words.isEmpty ? nil : settings.words)
  }
}

extension PublicBriefing.Logo {
  /// Nil where the file has not been read.
  fileprivate init?(_ logo: BriefingSettings.Logo) {
    guard let content = logo.content else { return nil }
    self.init(
      alt: logo.alt, mediaType: content.mediaType, base64: Data(content.bytes).base64EncodedString())
  }
}

extension PublicDefinition.Question {
  init(_ question: SurveyDefinition.Question, of survey: Survey) {
    var exclusive: [String] = []
    if case .multiple(let choice) = question.kind {
      exclusive = choice.exclusive.map { choice.options[$0].label }
    }
    var bands: [PublicDefinition.Band]?
    if case .number(let number) = question.kind, !number.bands.isEmpty {
      bands = number.bands.map { PublicDefinition.Band(from: $0.from.text, to: $0.upTo.text) }
    }
    var themes: [PublicDefinition.QuestionTheme]?
    var coOccurrence: [String]?
    if case .theme(let coding) = question.kind {
      themes = coding.themes.public
      if !coding.coOccurring.isEmpty { coOccurrence = coding.coOccurring.map { coding.themes[$0].id } }
    }
    var ranking: Ranking?
    if case .ranking(let own) = question.kind { ranking = own }
    let labels = question.answerLabels
    let scores = question.scores.map { scores in
      zip(labels, scores).compactMap { label, score in
        score.map { PublicDefinition.Score(answer: label, score: $0.text) }
      }
    }
    self.init(
      id: question.id, text: question.text, kind: question.kindName, answers: labels, exclusive: exclusive,
      nets: question.nets.map { net in
        switch net.members {
        case .answers(let members):
          PublicDefinition.Net(label: net.label, answers: members.map { labels[$0] })
        case .any: PublicDefinition.Net(label: net.label, answers: labels.filter { !exclusive.contains($0) })
        }
      },
      askedIf: question.askedIf.map { survey.clauses(of: $0) }, base: question.base.rawValue,
      sensitive: question.isSensitive, bands: bands, themes: themes, coOccurrence: coOccurrence,
      places: ranking?.places, top: ranking?.top, scores: scores)
  }
}

extension [CodedTheme] {
  fileprivate var `public`: [PublicDefinition.QuestionTheme] {
    map { PublicDefinition.QuestionTheme(id: $0.id, answer: $0.label, within: $0.parent.map { self[$0].id }) }
  }
}

extension PublicDefinition.FocusGroups {
  fileprivate init(_ sessions: SessionTally, of wave: Wave) {
    self.init(
      audiences: sessions.audiences.enumerated().map { index, label in
        PublicDefinition.Audience(
          label: label, sessions: sessions.sessions[index],
          who: wave.audiences.first { $0.label == label }.map { wave.survey.clauses(of: $0.who) })
      }, themes: sessions.themes.public)
  }
}

extension PublicDefinition.Theme {
  init(_ theme: SurveyDefinition.Theme) {
    self.init(
      id: theme.id, label: theme.label, definition: theme.definition,
      was: theme.was.isEmpty ? nil : theme.was,
      themes: theme.themes.map(PublicDefinition.Theme.init))
  }
}

extension Survey {
  fileprivate var sameAnswers: [PublicDefinition.SameAnswers]? {
    let shared = sharedColumns.map { shared in
      PublicDefinition.SameAnswers(
        items: shared.items.map(id(of:)),
        combinations: shared.combinations.map { combination in
          Dictionary(
            uniqueKeysWithValues: zip(shared.items, combination).compactMap { item, position in
              position.map { (id(of: item), groupLabels(of: item)[$0]) }
            })
        })
    }
    return shared.isEmpty ? nil : shared
  }

  fileprivate func clauses(of condition: Condition) -> [[PublicDefinition.Clause]] {
    condition.alternatives.map { alternative in
      alternative.map { clause in
        let labels = groupLabels(of: clause.item)
        return PublicDefinition.Clause(item: id(of: clause.item), answers: clause.accepted.map { labels[$0] })
      }
    }
  }
}
