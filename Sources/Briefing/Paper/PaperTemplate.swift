/// How a briefing looks on paper, in Typst's language: A4, one accent, figures that stand below one another.
///
/// It holds no text of a survey and no word that a reader sees; those come as arguments.
enum PaperTemplate {
  static let text: StaticString = #"""
    #let faces = ("Noto Sans", "Noto Sans Hebrew", "Noto Sans Arabic", "Unifont", "Unifont Upper")
    #let ink = rgb("#16191d")
    #let quiet = rgb("#4d555e")
    #let hair = rgb("#c3cad1")
    #let accent = state("accent", ink)

    #let paper(
      title: "", subtitle: "", author: "", running: "", wave: "", foot: "", page-words: "", language: "en",
      region: "GB", accented: "#0b4f8a", body,
    ) = {
      set document(title: title + ": " + subtitle, author: if author == "" { () } else { author }, date: none)
      let accented = rgb(accented)
      set text(font: faces, fallback: false, size: 10pt, lang: language, region: region, fill: ink)
      set par(leading: 0.62em, spacing: 0.95em)
      set page(
        paper: "a4", margin: (x: 20mm, top: 25mm, bottom: 22mm),
        header: context if here().page() > 1 {
          set text(size: 8.5pt, fill: quiet)
          block(
            width: 100%, inset: (bottom: 4pt), stroke: (bottom: 0.5pt + hair),
            grid(columns: (1fr, auto), column-gutter: 8mm, running, wave),
          )
        },
        footer: context {
          set text(size: 8.5pt, fill: quiet)
          let number = page-words.replace("{page}", str(here().page())).replace(
            "{pages}", str(counter(page).final().first()),
          )
          grid(columns: (1fr, auto), column-gutter: 8mm, foot, number)
        },
      )
      set heading(numbering: none)
      show heading: set par(justify: false)
      show heading.where(level: 1): it => block(
        width: 100%, above: 28pt, below: 11pt, sticky: true, breakable: false, inset: (top: 7pt),
        stroke: (top: 2pt + accented), text(size: 16pt, weight: "bold", hyphenate: false, it.body),
      )
      show heading.where(level: 2): it => block(
        width: 100%, above: 22pt, below: 7pt, sticky: true, breakable: false,
        text(size: 12.5pt, weight: "bold", hyphenate: false, it.body),
      )
      show heading.where(level: 3): it => block(
        width: 100%, above: 18pt, below: 6pt, sticky: true, breakable: false,
        text(size: 10.5pt, weight: "bold", hyphenate: false, it.body),
      )
      set list(marker: text(fill: accented, "•"), spacing: 0.75em, body-indent: 6pt)
      set terms(spacing: 0.75em, hanging-indent: 0pt)
      set table(
        inset: (x: 4pt, y: 3.2pt),
        stroke: (x, y) => (bottom: 0.4pt + hair),
      )
      set table.cell(breakable: false)
      show table: set par(leading: 0.5em, spacing: 0.5em, justify: false)
      show link: set text(fill: accented)
      show outline.entry: set text(hyphenate: false)
      accent.update(accented)
      body
    }

    // The first page.

    #let warning(body) = context block(
      width: 100%, inset: 8pt, below: 14pt,
      stroke: (left: 6pt + rgb("#933f00"), rest: 1pt + rgb("#933f00")), par(strong(body)),
    )

    // As high as two lines of the title, or as wide as the page where that is less.
    #let logo(data, kind, described) = layout(size => {
      let high = image(data, format: kind, alt: described, height: 42pt)
      if measure(high).width > size.width { image(data, format: kind, alt: described, width: 100%) } else { high }
    })

    #let front(title, subtitle) = context block(
      width: 100%, below: 22pt, inset: (left: 12pt, y: 2pt), stroke: (left: 5pt + accent.get()), {
        show std.title: it => block(below: 12pt, text(size: 24pt, weight: "bold", hyphenate: false, it.body))
        std.title(title)
        par(text(size: 12pt, fill: quiet, subtitle))
      },
    )

    #let findings(..items) = context {
      let stroke = 3pt + accent.get()
      list(
        marker: none, indent: 0pt, body-indent: 0pt, spacing: 9pt,
        ..items.pos().map(item => block(
          width: 100%, breakable: false, inset: (left: 9pt, y: 3pt), stroke: (left: stroke),
          par(text(size: 10.5pt, item)),
        )),
      )
    }

    #let short-facts(..facts) = block(
      width: 100%, above: 14pt, below: 14pt, breakable: false, fill: rgb("#f2f5f8"), inset: 10pt,
      grid(
        columns: (1fr, 1fr, 1fr), column-gutter: 10mm, row-gutter: 9pt,
        ..facts.pos().map(((name, fact)) => {
          block(below: 3pt, par(text(size: 8.5pt, fill: quiet, name)))
          block(above: 3pt, par(text(weight: "bold", fact)))
        }),
      ),
    )

    #let long-facts(..facts) = terms(..facts.pos().map(((name, fact)) => terms.item(name, fact)))

    #let contents(heading-text, depth, kept) = block(breakable: not kept, width: 100%, {
      heading(level: 1, outlined: false, bookmarked: true, heading-text)
      show outline.entry.where(level: 1): set block(above: 9pt)
      show outline.entry.where(level: 1): set text(weight: "bold")
      set outline.entry(fill: box(width: 1fr, inset: (left: 4pt, right: 6pt), repeat(text(fill: hair, "."), gap: 3pt)))
      outline(title: none, indent: 10pt, depth: depth)
    })

    // Running text.

    #let head(level, id, outlined, body) = [#heading(level: level, outlined: outlined, bookmarked: true, body)#label(id)]
    #let plain(body) = par(body)
    // Stays on the page of what it leads to.
    #let before(body) = block(sticky: true, par(body))
    #let note(body) = block(sticky: true, par(text(size: 9pt, fill: quiet, body)))
    #let after(body) = block(par(text(size: 9pt, fill: quiet, body)))
    #let wording(body) = block(sticky: true, par(text(size: 11pt, body)))
    #let where(words, id) = context after(link(
      label(id),
      words.replace("{page}", str(counter(page).at(label(id)).first())),
    ))

    // Charts.

    #let key(..entries) = block(above: 6pt, below: 6pt, {
      set text(size: 9pt)
      for (colour, name) in entries.pos() {
        box(inset: (right: 10pt), {
          box(width: 8pt, height: 8pt, baseline: 1pt, fill: rgb(colour), stroke: 0.5pt + rgb("#8a939c"))
          h(4pt)
          name
        })
        [ ]
      }
    })

    // A pixel of a drawing; across, 10,000 are its width.
    #let pixel = 0.65pt
    #let bar(colour, x, width, y, height, outlined) = place(
      top + left, dx: x * 0.01%, dy: y * pixel,
      rect(
        width: width * 0.01%, height: height * pixel, fill: rgb(colour),
        stroke: if outlined { 0.6pt + white },
      ),
    )
    #let segment(colour, x, y, to-x, to-y, width, dashed) = place(
      top + left,
      line(
        start: (x * 0.01%, y * pixel), end: (to-x * 0.01%, to-y * pixel),
        stroke: (paint: rgb(colour), thickness: width * pixel, dash: if dashed { (2pt, 2.6pt) }),
      ),
    )
    #let dot(colour, x, y, radius) = place(
      top + left, dx: x * 0.01% - radius * pixel, dy: (y - radius) * pixel,
      circle(radius: radius * pixel, fill: rgb(colour)),
    )
    #let letters(body, colour, x, y, anchor, bold) = {
      let (side, from) = (start: (left, 0%), middle: (center, 50%), end: (right, 100%)).at(anchor)
      place(
        top + side, dx: x * 0.01% - from, dy: y * pixel,
        box(height: 0pt, place(bottom + side, text(
          size: 9pt, fill: rgb(colour), weight: if bold { "bold" } else { "regular" }, body,
        ))),
      )
    }
    #let drawing(height, ..shapes) = block(width: 100%, height: height * pixel, shapes.pos().join())

    #let chart(kept, title, measure, key, source, alternative, ..pieces) = {
      let pieces = pieces.pos().map(piece => figure(piece, alt: alternative, kind: "chart", supplement: none))
      let below = if source != none { block(above: 5pt, par(text(size: 8.5pt, fill: quiet, source))) }
      block(
        width: 100%, above: 11pt, below: 11pt, breakable: not kept, {
          block(below: 5pt, par(strong(title)))
          block(above: 5pt, below: 7pt, par(text(size: 9pt, fill: quiet, measure)))
          if key != none { key }
          pieces.first()
          if pieces.len() == 1 { below }
        },
      )
      for piece in pieces.slice(1) { block(breakable: false, piece) }
      if pieces.len() > 1 { below }
    }

    // Tables.

    #let captioned(caption, kept, body) = block(
      width: 100%, above: 12pt, below: 12pt, breakable: not kept, {
        block(below: 5pt, sticky: true, breakable: false, par(text(size: 9.5pt, weight: "bold", caption)))
        body
      },
    )

    #let divided(body) = text(hyphenate: true, body)
    #let heads(aligns, cells) = cells.enumerate().map(((column, cell)) => table.cell(
      align: aligns.at(column) + bottom, stroke: (bottom: 1pt + ink), strong(cell),
    ))

    #let across(span, body) = table.cell(colspan: span, align: left, body)

    // Rows that begin with their heading; the rest are figures, or words where `words` says so.
    #let figures(caption, kept, columns, words, ..rows) = captioned(caption, kept, {
      set text(size: 9pt, hyphenate: false)
      let aligns = words.map(is-words => if is-words { left } else { right })
      // Of many columns each has its measure, so that no words in them take the room of the first.
      let few = words.slice(1).filter(is-words => is-words).len() <= 2
      let widths = if columns.len() <= 6 { (auto,) * columns.len() } else {
        words.map(is-words => if not is-words { if columns.len() > 7 { 15mm } else { 17mm } } else if few { 24mm } else { 17mm })
      }
      set text(size: 8.5pt) if columns.len() > 6
      table(
        inset: if columns.len() > 6 { (x: 2.5pt, y: 3.2pt) } else { (x: 4pt, y: 3.2pt) },
        columns: (1fr,) + widths.slice(1), align: (column, row) => aligns.at(column),
        table.header(..heads(aligns, columns)),
        ..rows.pos().flatten(),
      )
    })

    // A list of groups with one figure or two, in as many columns as the page has room for.
    #let sizes(caption, kept, columns, ..rows) = captioned(caption, kept, {
      set text(size: 9pt, hyphenate: false)
      let aligns = (left,) + (right,) * (columns.len() - 1)
      table(
        columns: (if columns.len() > 4 { 1fr } else { 90mm },) + (if columns.len() > 4 { 24mm } else { 20mm },) * (columns.len() - 1),
        align: (column, row) => aligns.at(column),
        table.header(..heads(aligns, columns)),
        ..rows.pos().flatten(),
      )
    })

    #let shades = (
      highest: (rgb("#0b4f8a"), white), high: (rgb("#b5d6f2"), ink), low: (rgb("#f9d3a8"), ink),
      lowest: (rgb("#933f00"), white),
    )
    #let shade(name, body) = {
      let (ground, letters) = shades.at(name)
      table.cell(fill: ground, text(fill: letters, body))
    }
    #let asked(question, answer) = {
      question
      linebreak()
      text(fill: quiet, answer)
    }

    #let comparison(caption, kept, columns, ..rows) = captioned(caption, kept, {
      set text(size: 8.5pt, hyphenate: false)
      let aligns = (left,) + (right,) * (columns.len() - 1)
      table(
        columns: (1fr, 14mm) + (19mm,) * (columns.len() - 2), align: (column, row) => aligns.at(column) + horizon,
        inset: (x: 2.5pt, y: 3pt),
        stroke: (x, y) => (bottom: 0.6pt + white, left: if x > 0 { 0.6pt + white }),
        table.header(..heads(aligns, columns)),
        ..rows.pos().flatten(),
      )
    })

    // The annex: groups down, answers across, what each has below its name.

    #let annex(body) = {
      set page(flipped: true, margin: (x: 14mm, top: 22mm, bottom: 17mm))
      body
    }

    #let group-table(caption, kept, wide, group, base, answers, parts, below, ..rows) = captioned(caption, kept, {
      set text(size: 9pt, hyphenate: false)
      let widths = parts.map(part => part.at(2) * 1mm)
      let last = parts.map(part => part.at(1))
      table(
        columns: (if wide { 72mm } else { 54mm }, 12mm) + widths,
        align: (column, row) => if column == 0 { left } else { right },
        inset: (x: 2pt, y: 2.4pt),
        stroke: (x, y) => (
          bottom: if y == 1 { 1pt + ink } else { 0.4pt + hair },
          right: if x == 1 or (x > 1 and last.at(x - 2)) { 0.4pt + hair },
        ),
        table.header(
          table.cell(rowspan: 2, align: left + bottom, strong(group)),
          table.cell(rowspan: 2, align: right + bottom, stroke: (right: 0.4pt + hair), strong(base)),
          ..answers.map(((span, label)) => table.cell(
            colspan: span, align: left + bottom, stroke: (right: 0.4pt + hair, bottom: 0.4pt + hair), strong(label),
          )),
          ..parts.map(part => part.first()),
        ),
        ..rows.pos().flatten(),
      )
      if below != none { block(above: 5pt, par(text(size: 8.5pt, fill: quiet, below))) }
    })
    """#
}
