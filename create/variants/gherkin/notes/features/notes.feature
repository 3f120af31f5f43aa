Feature: Notes
  Everyone sees what one person writes, immediately.

  Scenario: Two visitors see each other's notes
    Given Ann and Bob have the start page open
    When Ann writes the note "Coffee is ready"
    Then Bob sees the note "Coffee is ready"
    When Bob writes the note "On my way"
    Then Ann sees the note "On my way"

  Scenario: Typed text survives other people's notes
    Given Ann and Bob have the start page open
    When Bob has typed "I was going to"
    And Ann writes the note "Lunch?"
    Then Bob sees the note "Lunch?"
    And his typed text is still "I was going to"
