import Ingest
import SurveyDefinition

/// The files of codings of one wave that are there, or that the definition names.
struct CodingFiles {
  struct File {
    let layout: CodingFile
    let path: String

    var input: ResponseInput { .file(path) }
  }

  let openText: [File]
  let focusGroups: [File]

  init(_ survey: Survey, in folder: String) {
    func found(_ files: [CodingFile]) -> [File] {
      files.compactMap { layout in
        let path = layout.file.hasPrefix("/") ? layout.file : FileSystem.path(folder, layout.file)
        guard layout.isDeclared || FileSystem.entry(at: path) == .file else { return nil }
        return File(layout: layout, path: path)
      }
    }
    openText = found(survey.codings.openText)
    focusGroups = found(survey.codings.focusGroups)
  }

  var all: [File] { openText + focusGroups }
}

extension Survey {
  /// The same survey in a wave of which no open text was coded: nobody receives a question that would be empty.
  var withoutThemeQuestions: Survey {
    var survey = self
    for pack in survey.packs.indices {
      survey.packs[pack].questions.removeAll {
        if case .theme = questions[$0].kind { true } else { false }
      }
    }
    return survey
  }
}
