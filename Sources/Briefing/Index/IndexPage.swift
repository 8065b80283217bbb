import ReleaseModel

/// Writes the index of a survey's releases as one page of HTML, which looks as its briefings do.
struct IndexPage {
  private let index: SurveyIndex
  private let newest: SurveyIndex.Wave
  private let words: Words

  /// The files that packs are known to have, each with what it is called here.
  static let files: [(name: String, phrase: Phrase)] = [
    ("briefing.html", .fileBriefing), ("briefing.pdf", .filePDF), ("tables.xlsx", .fileXLSX),
    ("tables.ods", .fileODS), ("tables.csv", .fileCSV), ("tables.json", .fileJSON),
    ("chart.svg", .fileSVG),
  ]

  init(_ index: SurveyIndex) {
    self.index = index
    newest = index.waves[0]
    words = Words(overrides: newest.settings.words ?? [:])
  }

  var bytes: [UInt8] {
    var page = Markup()
    page.doctype()
    page.element(.html, [.lang: words.language, .xmlns: "http://www.w3.org/1999/xhtml"]) { page in
      let subtitle = words[.indexSubtitle]
      page.head(title: title + ": " + subtitle, styleSheet: styleSheet)
      page.element(.body) { page in
        page.element(.a, [.cssClass: "skip", .href: "#" + anchor(newest)], text: words[.skipToResults])
        page.element(.header) { page in
          if let logo = newest.settings.logo { page.logo(logo) }
          if newest.isMadeUp { page.paragraph(words.sentence(.madeUp), cssClass: "warning") }
          page.element(.h1) { page in
            page.sentence(Sentence([.label(title)]))
            page.text(" ")
            page.element(.span, [.cssClass: "subtitle"], text: subtitle)
          }
        }
        page.element(.main) { page in
          page.paragraph(words.sentence(.indexNote))
          page.paragraph(words.sentence(.indexWithheld), cssClass: "note")
          if index.waves.count > 1 { contents(&page) }
          for wave in index.waves { write(wave, to: &page) }
          about(&page)
        }
      }
    }
    return page.bytes
  }

  private var styleSheet: StyleSheet {
    var sheet = StyleSheet(accent: newest.settings.accent)
    sheet.further = """
      main>p{max-width:42rem}
      section h2{max-width:none}
      section .warning{margin-bottom:1.5rem}
      .packs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1rem;max-width:none;\
      padding:0;list-style:none}
      .packs>li{margin:0;padding:1rem 1.25rem;border:1px solid var(--quiet);border-top:4px solid var(--accent)}
      .packs h3,.packs p{margin:0 0 .5rem}
      .files{margin:.75rem 0 0;padding:0;list-style:none}
      .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}

      """
    return sheet
  }

  private var title: String { newest.settings.title ?? newest.title }

  private func contents(_ page: inout Markup) {
    page.element(.nav, [.ariaLabel: words[.contents]]) { page in
      page.element(.h2, text: words[.contents])
      page.element(.ul) { page in
        for wave in index.waves {
          page.element(.li) { page in
            page.element(.a, [.href: "#" + anchor(wave)]) { $0.sentence(heading(wave)) }
          }
        }
      }
    }
  }

  // MARK: Waves

  /// By its place: the name of a wave may hold what no id may.
  private func anchor(_ wave: SurveyIndex.Wave) -> String {
    "wave-\(index.waves.count - (index.waves.firstIndex { $0.id == wave.id } ?? 0))"
  }

  /// When it was open; its name where it does not say.
  private func heading(_ wave: SurveyIndex.Wave) -> Sentence {
    wave.fieldwork.map { Sentence(words.period($0)) }
      ?? words.sentence(.waveNamed, ["wave": [.label(wave.id)]])
  }

  private func write(_ wave: SurveyIndex.Wave, to page: inout Markup) {
    page.element(.section, [.id: anchor(wave)]) { page in
      page.element(.h2) { $0.sentence(heading(wave)) }
      if wave.isMadeUp != newest.isMadeUp, wave.isMadeUp {
        page.paragraph(words.sentence(.madeUp), cssClass: "warning")
      }
      let waveTitle = wave.settings.title ?? wave.title
      if waveTitle != title { page.paragraph(Sentence([.label(waveTitle)]), cssClass: "wording") }
      page.element(.dl) { page in
        fact(.tookPart, Sentence(words.number(wave.responses)), &page)
        fact(.waveName, Sentence([.label(wave.id)]), &page)
      }
      page.element(.ul, [.cssClass: "packs"]) { page in
        for pack in wave.packs { page.element(.li) { write(pack, of: wave, to: &$0) } }
      }
      page.element(.p) { page in
        page.element(
          .a, [.href: address([wave.id, "definition.json"])], text: words[.downloadDefinition])
      }
    }
  }

  private func fact(_ name: Phrase, _ text: Sentence, _ page: inout Markup) {
    page.element(.div) { page in
      page.element(.dt, text: words[name])
      page.element(.dd) { $0.sentence(text) }
    }
  }

  // MARK: Packs

  private func write(_ pack: SurveyIndex.Pack, of wave: SurveyIndex.Wave, to page: inout Markup) {
    let files = Self.files.compactMap { file in
      pack.files.first { $0.name == file.name }.map { (file: $0, phrase: file.phrase) }
    }
    page.element(.h3) { page in
      let heading = Sentence([.label(pack.title)])
      guard let first = files.first, first.phrase == .fileBriefing else { return page.sentence(heading) }
      page.element(.a, [.href: address([wave.id, pack.id, first.file.name])]) { $0.sentence(heading) }
    }
    page.paragraph(
      pack.who.map { who in
        words.sentence(.audience, ["who": words.condition(who) { wave.items[$0] }])
      } ?? words.sentence(.everyone))
    page.paragraph(figures(pack), cssClass: "note")
    guard !files.isEmpty else { return page.paragraph(words.sentence(.noFiles), cssClass: "note") }
    page.element(.ul, [.cssClass: "files"]) { page in
      for (file, phrase) in files {
        page.element(.li) { page in
          page.element(.a, [.href: address([wave.id, pack.id, file.name])]) { page in
            page.text(words[phrase])
            // Who hears the links alone hears whose each is.
            page.element(.span, [.cssClass: "unseen"]) { page in
              page.text(" ")
              page.sentence(words.sentence(.fileOf, ["pack": [.label(pack.title)]]))
            }
          }
          page.text(" ")
          page.element(.span, [.cssClass: "note"], text: words.size(file.size))
        }
      }
    }
  }

  /// How many respondents, and how much of the pack is withheld.
  private func figures(_ pack: SurveyIndex.Pack) -> Sentence {
    let withheld = words.sentence(
      pack.withheld > 0 ? .packWithheld : .packNotWithheld,
      ["withheld": [.text(words.number(pack.withheld))], "rows": [.text(words.number(pack.rows))]])
    guard let base = pack.base else { return withheld }
    return words.sentence(.packBase, ["base": [.figure(words.number(base))]]) + withheld
  }

  private func about(_ page: inout Markup) {
    let contact = newest.settings.contact ?? newest.contact
    guard contact != nil || newest.publisher != nil else { return }
    page.element(.section, [.id: "about"]) { page in
      page.element(.h2, text: words[.contactHead])
      if let publisher = newest.publisher {
        page.paragraph(words.sentence(.publishedBy, ["publisher": [.label(publisher)]]))
      }
      if let contact {
        page.paragraph(words.sentence(.contact, ["contact": [.label(contact)]]))
      }
    }
  }

  /// The way from the index to a file: each name is written so that nothing in it is taken for a part of the address.
  private func address(_ names: [String]) -> String { names.map(percentEncoded).joined(separator: "/") }

  /// A name with all but the unreserved characters of RFC 3986 written as `%` and two digits.
  private func percentEncoded(_ name: String) -> String {
    // A first part such as `a:b` would be taken for a scheme otherwise.
    let digits = Array("0123456789ABCDEF")
    return name.utf8.reduce(into: "") { text, byte in
      let character = Character(UnicodeScalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-_.~".contains(character) {
        text.append(character)
      } else {
        text += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
      }
    }
  }
}
