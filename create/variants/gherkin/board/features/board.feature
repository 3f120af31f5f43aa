Feature: The team board
  Everyone sees what one person does, immediately.

  Scenario: One person sees the cards that another adds and moves
    Given Ann and Bob have the board "Week 12" open
    When Ann adds the card "Call the printer"
    Then Bob sees the card "Call the printer" in "To do"
    When Bob moves the card "Call the printer" to "Doing"
    Then Ann sees the card "Call the printer" in "Doing"

  Scenario: Typed text survives other people's changes
    Given Ann and Bob have the board "Garden" open
    When Bob has typed "Plant the" into the new card of "To do"
    And Ann adds the card "Buy seeds"
    Then Bob sees the card "Buy seeds" in "To do"
    And his typed text in "To do" is still "Plant the"
