Feature: Live team board
  Everyone sees a change at once. Nothing typed and nothing sent is lost.

  Scenario: From nothing to two live browsers
    When Ann signs up
    Then her confirmation mail appears in the open inbox
    When she follows the link in the mail and logs in
    And she creates the board "Launch"
    And Bob, logged in, opens the board too
    And she adds the card "Write the press release"
    Then Bob sees the card "Write the press release" in "To do"

  Scenario: A validation message goes away with the next valid entry
    Given Ann and Bob have the board "Pantry" open
    When Ann enters a card of nothing but spaces
    Then Ann sees what is wrong with it
    When Ann adds the card "Eggs"
    Then Ann no longer sees a validation message

  Scenario: Every kind of change appears on other people's open pages
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
    And neither page was reloaded

  Scenario: Unsent text and focus survive other people's changes
    Given Ann and Bob have the board "Garden" open
    When Bob types "Plant the" into the new card of "To do"
    And Ann adds the card "Buy seeds"
    Then Bob sees the card "Buy seeds" in "To do"
    And his text is still "Plant the" with the cursor at the end

  Scenario: A hidden tab catches up when it is shown again
    Given Ann and Bob have the board "Night shift" open
    When Bob hides his tab
    And Ann adds the cards "one, two, three, four, five"
    And Bob shows his tab again
    Then Bob sees the cards "one, two, three, four, five" in order, once each

  Scenario: Changes made while the network was down appear when it is back
    Given Bob's network connection can be cut
    And Ann and Bob have the board "Train ride" open
    When Bob's network goes down
    Then his page says that the connection is lost
    When Ann adds the card "Sent in the tunnel"
    And Bob's network comes back
    Then Bob sees the card "Sent in the tunnel" in "To do"
    And his page no longer mentions the connection

  Scenario: Two people who edit the same card are told about each other
    Given Ann and Bob have the board "Draft" open
    And the board has the card "Intro"
    When Ann and Bob both open the card "Intro" to edit it
    Then Ann sees that Bob is editing
    When Bob saves it as "Intro by Bob"
    And Ann saves it as "Intro by Ann"
    Then Ann sees both versions, "Intro by Bob" and "Intro by Ann"
    When Ann saves her version anyway
    Then Bob sees the card "Intro by Ann" in "To do"

  Scenario: The board works without JavaScript
    Given Cleo is logged in with JavaScript turned off
    When she creates the board "Plain"
    And she adds the card "Works with forms"
    And she moves the card "Works with forms" to "Doing"
    Then she sees the card "Works with forms" in "Doing"

  Scenario: Logging out in one tab takes the other tab to the login page
    Given Ann has the board "Two tabs" open in two tabs
    When she logs out in one of them
    Then the other tab is on the login page within 2 seconds

  @api
  Scenario: Strangers can't listen to a board
    Given Ann is logged in
    When someone without a session requests the stream of a board
    Then the stream is refused
