Feature: Requests of a page
  What a page asks the server for, while other requests are under way.

  Scenario: A refresh that waits for a search keeps the new filter
    Given a list that shows open entries
    When she filters for done ones, and the list refreshes itself before their answer
    Then it was asked for done ones twice, and shows them

  Scenario: The server picks a piece of its answer, without sending the layout
    Given a list that shows open entries
    When she asks for an answer of which the server picks a piece
    Then the list shows only that piece
