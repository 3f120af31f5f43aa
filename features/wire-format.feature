Feature: The wire format
  Whatever text an event holds, it arrives unchanged in every client; line breaks alone become line feeds.

  Scenario: The browser's own client reads back whatever is sent
    Given 3000 random events from the seed 1, cut into pieces at random places
    When Chromium's EventSource reads the stream
    Then it has read every event, in order and unchanged

  Scenario: The live page's client reads back whatever is sent
    Given 3000 random events from the seed 2, cut into pieces at random places
    When htmx reads the stream
    Then it has read every event, in order and unchanged

  Scenario: Long events arrive whole
    Given 6 random events of 300000 characters from the seed 3, cut into pieces at random places
    When Chromium's EventSource reads the stream
    Then it has read every event, in order and unchanged
    When htmx reads the stream
    Then it has read every event, in order and unchanged

  Scenario: What a broker broadcasts arrives unchanged
    Given a wired app on a port
    And 1000 random events from the seed 4
    When Chromium's EventSource reads what the broker broadcasts
    Then it has read every event, in order and unchanged
