/// Writes a document as one page of HTML.
struct DocumentPage {
  private let document: Document
  private let words: Words
  private let styleSheet: StyleSheet

  init(_ document: Document, styleSheet: StyleSheet) {
    self.document = document
    self.words = document.words
    self.styleSheet = styleSheet
  }

  var bytes: [UInt8] {
    var page = Markup()
    var charts = 0
    page.doctype()
    page.element(.html, [.lang: words.language, .xmlns: "http://www.w3.org/1999/xhtml"]) { page in
      page.head(
        title: document.title.text + ": " + document.subtitle.text, styleSheet: styleSheet, runsScript: true)
      page.element(.body) { page in
        page.element(.a, [.cssClass: "skip", .href: "#findings"], text: words[.skip])
        page.element(.header) { page in
          if let logo = document.logo { page.logo(logo) }
          for warning in document.warnings { page.paragraph(warning, cssClass: "warning") }
          page.element(.h1) { page in
            page.sentence(document.title)
            page.text(" ")
            page.element(.span, [.cssClass: "subtitle"]) { $0.sentence(document.subtitle) }
          }
        }
        page.element(.main) { page in
          for (index, section) in document.sections.enumerated() {
            write(section, level: 2, to: &page, charts: &charts)
            // What matters most comes first, then where to find the rest.
            if index == 0 { contents(&page) }
          }
        }
        page.script()
      }
    }
    return page.bytes
  }

  private func contents(_ page: inout Markup) {
    page.element(.nav, [.ariaLabel: words[.contents]]) { page in
      page.element(.h2, text: words[.contents])
      list(document.sections.dropFirst(), &page)
    }
  }

  private func list(_ sections: some Collection<Section>, _ page: inout Markup) {
    page.element(.ol) { page in
      for section in sections {
        page.element(.li) { page in
          page.element(.a, [.href: "#\(section.id)"]) { $0.sentence(section.heading) }
          if !section.sections.isEmpty {
            page.element(.details) { page in
              page.element(.summary, text: words[.contentsBelow])
              list(section.sections, &page)
            }
          }
        }
      }
    }
  }

  private func write(_ section: Section, level: Int, to page: inout Markup, charts: inout Int) {
    let heading: Tag =
      switch level {
      case 2: .h2
      case 3: .h3
      default: .h4
      }
    page.element(.section, [.id: section.id]) { page in
      page.element(heading) { $0.sentence(section.heading) }
      if section.id == "results", section.questions > 2 { tools(&page) }
      for block in section.blocks { write(block, to: &page, charts: &charts) }
      for section in section.sections { write(section, level: level + 1, to: &page, charts: &charts) }
    }
  }

  /// What the page's script works with; hidden from those for whom it does not run.
  private func tools(_ page: inout Markup) {
    page.element(.p, [.id: "tools-note", .cssClass: "note", .hidden: "hidden"], text: words[.toolsNote])
    page.element(
      .div, [.id: "tools", .role: "search", .ariaLabel: words[.tools], .hidden: "hidden"]
    ) { page in
      page.element(.div) { page in
        page.element(.label, [.forID: "find"], text: words[.toolsFind])
        page.empty(.input, [.id: "find", .type: "search"])
      }
      page.element(.div) { page in
        page.element(.label, [.forID: "jump"], text: words[.toolsJump])
        page.element(.select, [.id: "jump"]) { _ in }
        page.element(.button, [.type: "button"], text: words[.toolsGo])
      }
      page.element(
        .p, [.role: "status", .dataSome: words[.toolsSome], .dataNone: words[.toolsNone]]
      ) { _ in }
    }
  }

  private func write(_ block: Block, to page: inout Markup, charts: inout Int) {
    switch block {
    case .paragraph(let sentence, let tone):
      page.paragraph(sentence, cssClass: tone == .plain ? nil : tone.rawValue)
    case .list(let sentences):
      page.element(.ul) { page in
        for sentence in sentences { page.element(.li) { $0.sentence(sentence) } }
      }
    case .facts(let facts):
      page.element(.dl) { page in
        for fact in facts {
          page.element(.div) { page in
            page.element(.dt, text: fact.name)
            page.element(.dd) { $0.sentence(fact.text) }
          }
        }
      }
    case .links(let links):
      page.element(.ul) { page in
        for link in links { page.element(.li) { $0.element(.a, [.href: link.file], text: link.text) } }
      }
    case .folded(let summary, let blocks):
      page.element(.details) { page in
        page.element(.summary) { $0.sentence(summary) }
        for block in blocks { write(block, to: &page, charts: &charts) }
      }
    case .figure(let figure):
      charts += 1
      write(figure, id: "chart-\(charts)", to: &page)
    case .table(let table): write(table, to: &page)
    case .comparison(let table): write(table, to: &page)
    }
  }

  // MARK: Charts

  private func write(_ figure: Figure, id: String, to page: inout Markup) {
    let narrow = figure.chart.drawing(.narrow)
    let wide = figure.chart.drawing(.wide)
    page.element(.figure, [.role: "group", .ariaLabelledBy: "\(id)-caption"]) { page in
      page.element(.figcaption, [.id: "\(id)-caption"]) { page in
        page.element(.strong) { $0.text(figure.title.text) }
        page.text(" ")
        page.element(.span, [.cssClass: "note"]) { $0.sentence(figure.measure) }
        if figure.chart.hasPartsWithoutFigure(in: .narrow) {
          let isEverywhere = figure.chart.hasPartsWithoutFigure(in: .wide)
          page.text(" ")
          page.element(.span, [.cssClass: isEverywhere ? "note" : "note narrow"], text: words[.chartNarrow])
        }
      }
      if !figure.chart.key.isEmpty {
        page.element(.ul, [.cssClass: "key"]) { page in
          for (paint, label) in figure.chart.key {
            page.element(.li) { page in
              page.element(.svg, [.cssClass: "swatch", .width: "16", .height: "16", .ariaHidden: "true"]) {
                page in
                page.empty(
                  .rect,
                  [
                    .width: "16", .height: "16", .cssClass: paint.fillClass + " edge",
                    .fill: paint.colours.light,
                  ])
              }
              page.text(label)
            }
          }
        }
      }
      if narrow.markup.bytes == wide.markup.bytes {
        write(narrow, of: figure, id: id, cssClass: "chart", to: &page)
      } else {
        write(narrow, of: figure, id: "\(id)-narrow", cssClass: "chart narrow", to: &page)
        write(wide, of: figure, id: "\(id)-wide", cssClass: "chart wide", to: &page)
      }
      if let source = figure.source { page.paragraph(source, cssClass: "source") }
    }
  }

  private func write(
    _ drawing: Drawing, of figure: Figure, id: String, cssClass: String, to page: inout Markup
  ) {
    page.element(
      .svg,
      [
        .xmlns: "http://www.w3.org/2000/svg", .cssClass: cssClass, .role: "img",
        .ariaLabelledBy: "\(id)-title \(id)-description", .width: "100%", .height: "\(drawing.height)",
        .overflow: "visible", .fontFamily: "Arial, Helvetica, sans-serif", .fontSize: "\(Drawing.textSize)",
      ]
    ) { page in
      page.element(.title, [.id: "\(id)-title"], text: figure.title.text)
      page.element(.desc, [.id: "\(id)-description"], text: words[.chartAlternative])
      page.append(drawing.markup)
    }
  }

  // MARK: Tables

  /// A table in a region of its own, which scrolls sideways and which the keyboard reaches, so that the page never does.
  private func scrolling(_ caption: Sentence, to page: inout Markup, _ table: (inout Markup) -> Void) {
    let name = words.text(.scrolls, ["table": caption.text])
    page.element(.div, [.cssClass: "scrolls", .role: "region", .tabindex: "0", .ariaLabel: name], table)
  }

  private func write(_ table: Table, to page: inout Markup) {
    // On a phone the heading of the one group gives way to figures: the caption has it.
    let isShort = table.groups.count == 1
    scrolling(table.caption, to: &page) { page in
      page.element(
        .table,
        [
          // With more columns it is scrolled sideways anyway.
          .cssClass: isShort ? (table.columns.count > 7 ? "short" : "short fits") : nil,
          .dataQuestion: table.question,
          .dataBanner: table.question.map { _ in table.banner },
        ]
      ) { page in
        page.element(.caption) { $0.sentence(table.caption) }
        page.element(.thead) { page in
          page.element(.tr) { page in
            for (index, column) in table.columns.enumerated() {
              let isLabel = index < 2 || table.hasWords(index - 2)
              page.element(.th, [.scope: "col", .cssClass: isLabel ? "label" : nil]) { page in
                index == 0 && isShort
                  ? page.element(.span, [.cssClass: "only"], text: column) : page.text(column)
              }
            }
          }
        }
        for group in table.groups {
          page.element(.tbody) { page in
            for (index, row) in group.rows.enumerated() {
              page.element(.tr) { page in
                if index == 0 {
                  let span = group.rows.count
                  page.element(
                    .th,
                    [
                      .scope: span > 1 ? "rowgroup" : "row", .rowspan: span > 1 ? "\(span)" : nil,
                      .cssClass: groupClass(group.heading),
                    ]
                  ) { page in
                    isShort
                      ? page.element(.span, [.cssClass: "only"], text: group.heading)
                      : page.text(group.heading)
                  }
                }
                page.element(.th, [.scope: "row"], text: row.heading)
                for cell in row.cells {
                  page.element(.td, [.cssClass: cssClass(cell)]) { write(cell, to: &$0) }
                }
              }
            }
          }
        }
      }
    }
  }

  private func write(_ table: ComparisonTable, to page: inout Markup) {
    scrolling(table.caption, to: &page) { page in
      page.element(.table, [.cssClass: "heat"]) { page in
        page.element(.caption) { $0.sentence(table.caption) }
        page.element(.thead) { page in
          page.element(.tr) { page in
            for head in [table.questionHead, table.answerHead] {
              page.element(.th, [.scope: "col", .cssClass: "label"], text: head)
            }
            for group in table.groups {
              page.element(
                .th, [.scope: "col", .cssClass: hasWord(group, wider: 12_000) ? "long" : nil], text: group)
            }
          }
        }
        page.element(.tbody) { page in
          for row in table.rows {
            page.element(.tr) { page in
              page.element(.th, [.scope: "row"], text: row.question)
              page.element(.th, [.scope: "row"], text: row.answer)
              for (cell, shade) in row.cells {
                let paint = shade == .middle ? nil : "h-" + shade.rawValue
                page.element(.td, [.cssClass: paint ?? cssClass(cell)]) { write(cell, to: &$0) }
              }
            }
          }
        }
      }
    }
  }

  /// How wide the column of a group's name must be on a phone, so that no word is broken that need not be.
  private func groupClass(_ name: String) -> String {
    if hasWord(name, wider: 5_300) { return "g words" }
    return hasWord(name, wider: 2_800) ? "g" : "g brief"
  }

  /// Whether a column must be wide, or a word broken: some word is wider than so many thousandths of the letters' size.
  private func hasWord(_ label: String, wider width: Int) -> Bool {
    label.split(whereSeparator: \.isWhitespace).contains { textWidth($0) > width }
  }

  private func cssClass(_ cell: Cell) -> String? {
    switch cell {
    case .number, .flagged, .blank: nil
    case .marker: "m"
    case .words: "w"
    }
  }

  private func write(_ cell: Cell, to page: inout Markup) {
    switch cell {
    case .number(let text), .marker(let text), .words(let text): page.text(text)
    case .flagged(let text, let marker): page.text(text + " " + marker)
    case .blank: break
    }
  }
}

extension Section {
  /// How many questions it and its parts tell the results of.
  fileprivate var questions: Int {
    sections.reduce(id.hasPrefix("q-") ? 1 : 0) { $0 + $1.questions }
  }
}
