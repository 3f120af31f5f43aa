Feature: Live updates
  Updates change an open page around people, and leave alone what they are in the middle of.

  Scenario: Input survives an update, whatever it is typed or chosen in
    Given a live page
    Then each kind of input in the guide's table survives an update

  Scenario: What people opened, moved or started survives an update
    Given a live page
    Then everything else in the guide's table survives an update
    And nothing in the table is left out

  Scenario: A piece of a picture or a formula is drawn
    Given a live page with a picture and a formula
    When pieces of them arrive, live and as responses
    Then they are drawn

  Scenario: One piece that can't be placed doesn't stop the others
    Given a live page with two places
    When messages arrive with a piece that can't be placed
    Then the rest of them is shown, and the stream stays open

  Scenario: The sender's own entry appears once
    Given a live page with a list
    When she adds entries while her tab is hidden
    And she adds entries just before her stream is renewed
    Then each entry appears once
    When an entry arrives again
    Then it is updated where it is

  Scenario: An older version never replaces a newer one
    When two versions arrive in the wrong order
    Then the page shows the newer one

  Scenario: An update that arrives while a dialog closes doesn't open it again
    Given a live page with an open dialog
    When the dialog closes while an update inside it settles
    Then it stays closed, and can be opened again
