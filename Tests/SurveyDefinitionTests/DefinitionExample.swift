/// The example of the documentation, less what this version cannot do yet.
let definitionExample = #"""
  survey: staff                       # id: lower case letters, digits, - and _
  title: Staff consultation
  publisher: West Midlands Police
  contact: insight@example.org
  invited: 12000
  mode: online
  sampling: open
  protection: { minimum_cell: 5, minimum_base: 10 }
  input:
    file: responses.csv
    encoding: utf-8
    separator: ","
    header_rows: 1
    respondent: ID
    missing: [""]
    not_asked: []
    keep: { Country: [UK] }
  variables:
    role: { label: Role, column: role, groups: { Police officer: [1, PC], Police staff: 2 } }
    area: { label: Area, column: "#12", groups: [Custody, Response], other: Elsewhere }
  questions:
    equipment:
      text: Is your equipment suitable for your role?
      kind: single
      column: Q3
      answers: { Suitable: [1, Yes], Not suitable: [2, No] }
      other: Another answer
      nets: { Any view: [Suitable, Not suitable] }
      missing: ["", Not applicable]
      sensitive: false
    items:
      kind: multiple
      columns: { Mobile phone: Q4_1, Laptop: "#9", Other: { column: "#10", chosen: any }, None of these: Q4_4 }
      chosen: [1, "Yes"]
      not_chosen: [0, "No"]
      exclusive: [None of these]
      nets: { One or more: any }
    tools:
      kind: multiple
      column: Q5
      separator: ";"
      answers: [Radio, "Radio; old", Camera]
      other: Other tool
      base: asked
    partnering: { kind: scale, column: Q6, answers: agreement }
    partner_ict:
      kind: scale
      column: Q7
      answers: agreement
      asked_if: { partnering: [Strongly agree, Agree] }
    years:
      kind: number
      column: Q9
      valid: [0, 50]
      bands: { Under 5: [0, 5], 5 or more: [5, 50] }
    hindrances: { kind: theme, text: "What hinders you?", themes: [ict] }
  blocks: { partners: { text: "How far do you agree?", questions: [partnering, partner_ict] } }
  scales: { agreement: [Strongly agree, Agree, Neither, Disagree, Strongly disagree] }
  themes:
    ict: { label: ICT, themes: { joined_up: { label: Not joined up } } }
  banners: [role]
  packs:
    force: { title: The whole force, who: everyone }
    unison: { title: Unison briefing, who: { role: [Police staff] }, banners: [area, years] }
  """#
