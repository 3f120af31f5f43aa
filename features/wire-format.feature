Feature: Wire format
  Any text in an event arrives unchanged in every client, except that all line breaks become line feeds.

  Scenario: The browser's own client reads exactly what was sent
    Given 3000 random events from the seed 1, split at random places
    When Chromium's EventSource reads the stream
    Then it has read every event in order and unchanged

  Scenario: The live page's client reads exactly what was sent
    Given 3000 random events from the seed 2, split at random places
    When htmx reads the stream
    Then it has read every event in order and unchanged

  Scenario: Long events arrive complete
    Given 6 random events of 300000 characters from the seed 3, split at random places
    When Chromium's EventSource reads the stream
    Then it has read every event in order and unchanged
    When htmx reads the stream
    Then it has read every event in order and unchanged

  Scenario: Broadcasts arrive unchanged
    Given a wired app on a port
    And 1000 random events from the seed 4
    When Chromium's EventSource reads what the broker broadcasts
    Then it has read every event in order and unchanged
