/// One wave of a survey: its name, what is special about it, and the survey as it was asked then.
public struct Wave: Sendable, Equatable {
  /// The name of its folder; waves sort by it.
  public var id: String
  public var fieldwork: Fieldwork?
  /// True where the responses were made by `canvass simulate`; every output says so.
  public var isMadeUp: Bool
  public var sessions: [FocusGroupSession]
  /// Which respondents the audiences of the focus groups stand for, where the wave says so.
  public var audiences: [FocusGroupAudience]
  /// The definition, the wave's own differences included.
  public var survey: Survey

  public init(
    id: String, fieldwork: Fieldwork? = nil, isMadeUp: Bool = false, sessions: [FocusGroupSession] = [],
    audiences: [FocusGroupAudience] = [], survey: Survey
  ) {
    self.id = id
    self.fieldwork = fieldwork
    self.isMadeUp = isMadeUp
    self.sessions = sessions
    self.audiences = audiences
    self.survey = survey
  }
}

/// When the survey was open, as dates in the form `2012-12-20`.
public struct Fieldwork: Sendable, Hashable {
  public var from: String
  public var to: String

  public init(from: String, to: String) {
    self.from = from
    self.to = to
  }
}

/// Respondents of the survey who are of the same kind as the people of some focus groups.
public struct FocusGroupAudience: Sendable, Hashable {
  /// As sessions name it.
  public var label: String
  public var who: Condition

  public init(label: String, who: Condition) {
    self.label = label
    self.who = who
  }
}

/// A focus group.
public struct FocusGroupSession: Sendable, Hashable {
  public var id: String
  public var label: String
  public var audience: String

  public init(id: String, label: String, audience: String) {
    self.id = id
    self.label = label
    self.audience = audience
  }
}
