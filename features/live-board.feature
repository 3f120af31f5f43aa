Feature: The live team board
  What one person does, everybody sees at once; nothing typed and nothing sent is lost.

  Scenario: From nothing to two live browsers
    When Ann registers on the page
    Then her confirmation mail appears in the open inbox by itself
    When she follows the link in the mail and logs in
    And she creates the board "Launch"
    And Bob, logged in, opens the board too
    And she adds the card "Write the press release"
    Then Bob sees the card "Write the press release" in "To do"

  Scenario: A problem with an entry is gone with the next one
    Given Ann and Bob have the board "Pantry" open
    When Ann enters a card of spaces only
    Then Ann is told what is wrong with it
    When Ann adds the card "Eggs"
    Then Ann is told of no problem any more

  Scenario: Every kind of change shows in the other's open page
    Given Ann and Bob have the board "Week 12" open
    When Ann adds the card "Call the printer"
    Then Bob sees the card "Call the printer" in "To do"
    When Bob renames the card "Call the printer" to "Call both printers"
    Then Ann sees the card "Call both printers" in "To do"
    When Ann moves the card "Call both printers" to "Doing"
    Then Bob sees the card "Call both printers" in "Doing"
    When Bob completes the card "Call both printers"
    Then Ann sees the card "Call both printers" in "Done"
    When Ann deletes the card "Call both printers"
    Then Bob no longer sees the card "Call both printers"
    And neither page was loaded again

  Scenario: Typed text and focus survive the changes of others
    Given Ann and Bob have the board "Garden" open
    When Bob has typed "Plant the" into the new card of "To do"
    And Ann adds the card "Buy seeds"
    Then Bob sees the card "Buy seeds" in "To do"
    And his typed text is still "Plant the", with the caret at its end

  Scenario: What happened while the tab was hidden is there when it comes back
    Given Ann and Bob have the board "Night shift" open
    When Bob hides his tab
    And Ann adds the cards "one, two, three, four, five"
    And Bob shows his tab again
    Then Bob sees the cards "one, two, three, four, five" once and in order

  Scenario: What was sent while the connection was cut is there when it returns
    Given Bob sits behind a network line that can be cut
    And Ann and Bob have the board "Train ride" open
    When Bob's network goes away
    Then his page says that the connection is lost
    When Ann adds the card "Sent in the tunnel"
    And Bob's network returns
    Then Bob sees the card "Sent in the tunnel" in "To do"
    And his page says nothing about the connection

  Scenario: Two people who edit the same card are told
    Given Ann and Bob have the board "Draft" open
    And the board has the card "Intro"
    When Ann and Bob both open the card "Intro" to edit it
    Then Ann is told that Bob is editing
    When Bob saves it as "Intro by Bob"
    And Ann saves it as "Intro by Ann"
    Then Ann is shown both versions, "Intro by Bob" and "Intro by Ann"
    When Ann saves her version instead
    Then Bob sees the card "Intro by Ann" in "To do"

  Scenario: The board works without JavaScript
    Given Cleo is logged in with JavaScript switched off
    When she creates the board "Plain"
    And she adds the card "Works with forms" by the form
    And she moves it to "Doing" by its button
    Then her page shows the card "Works with forms" in "Doing"

  Scenario: A log-out in one tab ends the other tab's stream at the login page
    Given Ann has the board "Two tabs" open in two tabs
    When she logs out in one of them
    Then the other tab is at the login page within 2 seconds

  @api
  Scenario: A stranger hears nothing of a board
    Given Ann is logged in
    When somebody without a session asks for the stream of a board
    Then no topic is granted
