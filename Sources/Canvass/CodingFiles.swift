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
  /// Places where files of the usual names would be, and are not.
  let absent: [String]

  init(_ survey: Survey, in folder: String) {
    var absent: [String] = []
    func found(_ files: [CodingFile]) -> [File] {
      files.compactMap { layout in
        let path = FileSystem.path(layout.file, in: folder)
        // What cannot be looked at is no file that is not there: reading it tells why.
        let found = (try? FileSystem.found(at: path)) ?? .file
        guard layout.isDeclared || found == .file else {
          absent.append(path)
          return nil
        }
        return File(layout: layout, path: path)
      }
    }
    openText = found(survey.codings.openText)
    focusGroups = found(survey.codings.focusGroups)
    self.absent = absent
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
