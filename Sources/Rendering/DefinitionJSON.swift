public import ReleaseModel

/// definition.json: the public part of the definition, with the keys that survey.yaml uses.
///
/// Every field is named here by hand: a field that is added to `PublicDefinition` reaches readers only when
/// somebody decides that it should, and a test tells when one was forgotten.
public func definitionJSON(_ definition: PublicDefinition) -> [UInt8] {
  JSONText.fields([
    "survey": .text(definition.survey),
    "wave": .text(definition.wave),
    "title": .text(definition.title),
    "publisher": definition.publisher.map(JSONText.text),
    "contact": definition.contact.map(JSONText.text),
    "invited": definition.invited.map(JSONText.number),
    "mode": definition.mode.map(JSONText.text),
    "sampling": definition.sampling.map(JSONText.text),
    "population": definition.population.map(JSONText.number),
    "intervals": .text(definition.intervals),
    "comparisons": .text(definition.comparisons),
    "fieldwork": definition.fieldwork.map { .object(["from": .text($0.from), "to": .text($0.to)]) },
    "made_up": .boolean(definition.madeUp),
    "protection": thresholds(definition.protection),
    "variables": .list(definition.variables.map(variable)),
    "questions": .list(definition.questions.map(question)),
    "blocks": .list(definition.blocks.map(block)),
    "indices": definition.indices.map { .list($0.map(index)) },
    "themes": .list(definition.themes.map(theme)),
    "focus_groups": definition.focusGroups.map(focusGroups),
    "same_answers": definition.sameAnswers.map { .list($0.map(sameAnswers)) },
    "packs": .list(definition.packs.map(pack)),
    "briefing": definition.briefing.map(briefing),
    "weighting": definition.weighting.map(weighting),
  ]).bytes
}

private func sameAnswers(_ shared: PublicDefinition.SameAnswers) -> JSONText {
  .object([
    "items": .texts(shared.items),
    "combinations": .list(shared.combinations.map { .object($0.mapValues(JSONText.text)) }),
  ])
}

private func weighting(_ weighting: PublicDefinition.Weighting) -> JSONText {
  .fields([
    "kind": .text(weighting.kind),
    "margins": weighting.margins.map { .list($0.map(margin)) },
    "trim": weighting.trim.map {
      .fields(["lower": $0.lower.map(JSONText.text), "upper": $0.upper.map(JSONText.text)])
    },
  ])
}

private func margin(_ margin: PublicDefinition.Margin) -> JSONText {
  .object([
    "item": .text(margin.item),
    "shares": .list(
      margin.shares.map { .object(["group": .text($0.group), "share": .text($0.share)]) }),
  ])
}

private func index(_ index: PublicDefinition.Index) -> JSONText {
  .object(["id": .text(index.id), "text": .text(index.text), "questions": .texts(index.questions)])
}

private func thresholds(_ thresholds: PublicDefinition.Thresholds) -> JSONText {
  .object([
    "minimum_cell": .number(thresholds.minimumCell),
    "minimum_base": .number(thresholds.minimumBase),
  ])
}

private func variable(_ variable: PublicDefinition.Variable) -> JSONText {
  .object(["id": .text(variable.id), "label": .text(variable.label), "groups": .texts(variable.groups)])
}

private func question(_ question: PublicDefinition.Question) -> JSONText {
  .fields([
    "id": .text(question.id),
    "text": .text(question.text),
    "kind": .text(question.kind),
    "answers": .texts(question.answers),
    "exclusive": .texts(question.exclusive),
    "nets": .list(question.nets.map { .object(["label": .text($0.label), "answers": .texts($0.answers)]) }),
    "asked_if": question.askedIf.map(condition),
    "base": .text(question.base),
    "sensitive": .boolean(question.sensitive),
    "bands": question.bands.map { bands in
      .list(bands.map { .object(["from": .text($0.from), "to": .text($0.to)]) })
    },
    "themes": question.themes.map(questionThemes),
    "co_occurrence": question.coOccurrence.map(JSONText.texts),
    "places": question.places.map(JSONText.number),
    "top": question.top.map(JSONText.number),
    "scores": question.scores.map { scores in
      .list(scores.map { .object(["answer": .text($0.answer), "score": .text($0.score)]) })
    },
  ])
}

private func questionThemes(_ themes: [PublicDefinition.QuestionTheme]) -> JSONText {
  .list(
    themes.map {
      .fields(["id": .text($0.id), "answer": .text($0.answer), "within": $0.within.map(JSONText.text)])
    })
}

private func focusGroups(_ groups: PublicDefinition.FocusGroups) -> JSONText {
  .object([
    "audiences": .list(
      groups.audiences.map { audience in
        .fields([
          "label": .text(audience.label), "sessions": .number(audience.sessions),
          "who": audience.who.map(condition),
        ])
      }),
    "themes": questionThemes(groups.themes),
  ])
}

/// Alternatives, each a list of clauses that must all hold.
private func condition(_ alternatives: [[PublicDefinition.Clause]]) -> JSONText {
  .list(
    alternatives.map { clauses in
      .list(clauses.map { .object(["item": .text($0.item), "answers": .texts($0.answers)]) })
    })
}

private func block(_ block: PublicDefinition.Block) -> JSONText {
  .object(["id": .text(block.id), "text": .text(block.text), "questions": .texts(block.questions)])
}

private func theme(_ definition: PublicDefinition.Theme) -> JSONText {
  .fields([
    "id": .text(definition.id),
    "label": .text(definition.label),
    "definition": definition.definition.map(JSONText.text),
    "was": definition.was.map(JSONText.texts),
    "themes": .list(definition.themes.map(theme)),
  ])
}

private func pack(_ pack: PublicDefinition.Pack) -> JSONText {
  .fields([
    "id": .text(pack.id),
    "title": .text(pack.title),
    "who": pack.who.map(condition),
    "banners": .texts(pack.banners),
    "questions": .texts(pack.questions),
    "briefing": pack.briefing.map(briefing),
  ])
}

private func briefing(_ briefing: PublicBriefing) -> JSONText {
  .fields([
    "title": briefing.title.map(JSONText.text),
    "contact": briefing.contact.map(JSONText.text),
    "notes": briefing.notes.map(JSONText.texts),
    "order": briefing.order.map(JSONText.texts),
    "accent": briefing.accent.map { .object(["light": .text($0.light), "dark": .text($0.dark)]) },
    "logo": briefing.logo.map {
      .object([
        "alt": .text($0.alt), "media_type": .text($0.mediaType), "base64": .text($0.base64),
      ])
    },
    "words": briefing.words.map { .object($0.mapValues(JSONText.text)) },
  ])
}
