Feature: Generated code
  What `buffkit generate` writes works as it is.

  Scenario: A generated list is live, validated and protected
    Given a developer has generated tickets and runs the app
    And Ann and Bob have the list of tickets open
    When Ann saves a ticket without a title
    Then she is told what is missing, and keeps what she typed
    When she gives it the title "The printer prints twice"
    Then she is told that it was saved
    And Bob sees the ticket "The printer prints twice" in his list
    When Bob renames the ticket to "The printer prints thrice"
    Then Ann sees the ticket "The printer prints thrice" in her list
    When Ann deletes the ticket
    Then Bob sees that there are no tickets
    And a visitor who isn't logged in can neither open the list nor listen to it

  Scenario: A search keeps to what was searched for while others change the list
    Given a developer has generated tickets and runs the app
    And Ann and Bob have the list of tickets open
    When Bob searches for "printer"
    And Ann saves the ticket "The coffee is cold"
    And Ann saves the ticket "The printer is on fire"
    Then Bob sees the ticket "The printer is on fire" in his list
    And Bob doesn't see the ticket "The coffee is cold"
    And Bob's search is still "printer", also in the address of his page
    When Bob renames the ticket to "The coffee machine is on fire"
    Then Bob sees that no tickets are found
    When Cleo searches for "coffee" without JavaScript
    Then Cleo sees the ticket "The coffee is cold" in her list
