Feature: Buttons for some people in live regions
  A region is the same for all who see it. A button that concerns some of them only is in everybody's page, and shown where it belongs.

  Background:
    Given Ann, Ben and Sue from support have the tickets open
    And Ann and Ben have made a ticket each

  Scenario: Each sees what concerns them
    Then Ann can delete "Ann's ticket" alone
    And Ben can delete "Ben's ticket" alone
    And Sue can close all tickets
    And nobody gets to other buttons with the keyboard

  Scenario: What arrives is right at once, and what was shown doesn't flicker
    Given Ann's page notes when her button is hidden
    When Ben makes "Another ticket"
    And the ticket "Ann's ticket" becomes "Ann's big ticket"
    Then Ben can delete "Ben's ticket, Another ticket" alone
    And Ann can delete "Ann's big ticket" alone
    And her button was never hidden

  Scenario: A visit that doesn't load the page again
    Given Ann's page notes when her button is hidden
    When Ann follows a link to the archive and comes back
    Then Ann can delete "Ann's ticket" alone
    And her button was never hidden
    And the page was never loaded again

  Scenario: Somebody else uses the browser
    When Ann's browser forgets who she is
    And Ann follows a link to the archive and comes back
    Then Ann can delete no ticket
    When Ben logs in with Ann's browser
    And Ann follows a link to the archive and comes back
    Then Ann can delete "Ben's ticket" alone
    And the page was never loaded again

  Scenario: Without JavaScript
    When Ann opens the tickets without JavaScript
    Then Ann can delete "Ann's ticket" alone
