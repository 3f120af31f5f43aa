Feature: Examples
  Each example is a program of its own that shows one idea, in the browser and on the command line.

  Scenario: The counter counts up by itself
    Given the example "counter" is running
    When Ann opens "/"
    Then her page keeps counting without a gap
    When she pauses the counter
    Then her page shows "Paused"

  @api
  Scenario: The counter ticks once a second, and a reconnect misses no tick
    Given the example "counter" is running
    When a client listens to "/ticks"
    Then it receives 3 ticks, one second apart
    When a client that last saw tick 41 listens to "/ticks"
    Then its first tick is 42

  Scenario: Every open page shows the shared count
    Given the example "counter" is running
    And Ann and Bob have the live page "/shared" open
    When Ann presses "One more" 3 times
    And Bob presses "One less" 1 time
    Then Ann and Bob see the count 2
    When Bob presses "Back to 0" 1 time
    Then Ann and Bob see the count 0

  Scenario: The shared count works without JavaScript
    Given the example "counter" is running
    And Ann has "/shared" open with JavaScript turned off
    When Ann presses "One more" 2 times
    Then Ann sees the count 2

  Scenario: The model's answer streams in token by token
    Given the example "llm-chat" is running
    When Ann opens "/"
    And she asks "What is a stream?"
    Then the answer grows token by token to "That is all there is to it."
    And her page shows "Complete: 40 tokens."

  Scenario: The Stop button stops the model
    Given the example "llm-chat" is running
    When Ann opens "/"
    And she asks "Tell me a story."
    And the answer has reached "a stream that wanted"
    And she presses Stop
    Then her page shows "Stopped."
    And the model has stopped before the end of the story

  Scenario: No token is lost when the connection drops
    Given the example "llm-chat" is running behind a connection that can be cut
    When Ann opens "/"
    And she asks "Tell me a story."
    And the answer has reached "a stream that wanted"
    And the connection is cut and restored
    Then the answer is the whole story, with every word once

  @api
  Scenario Outline: The same answer is available as <form>
    Given the example "llm-chat" is running
    When a client listens to "<path>?prompt=Hello"
    Then the pieces of the answer add up to "You wrote “Hello”."

    Examples:
      | form                | path         |
      | JSON tokens         | /completions |
      | plain text          | /text        |
      | tokens by callback  | /callback    |

  Scenario: People in the chat room see each other join, talk and leave
    Given the example "llm-chat" is running
    When Ann enters the room
    And Bob enters the room
    Then Ann reads "Bob came in." and sees "Ann, Bob" in the room
    When Bob says "Good morning <b>all</b>"
    Then Ann reads "Good morning <b>all</b>" once
    And Bob reads "Good morning <b>all</b>" once
    When Bob leaves the room
    Then Ann reads "Bob left." and sees "Ann" in the room

  Scenario: Late arrivals see the last ten messages
    Given the example "llm-chat" is running
    When 12 messages are sent to the room over REST
    And Ann enters the room
    Then she reads the messages 3 to 12 in order

  Scenario: The chat room works without JavaScript
    Given the example "llm-chat" is running
    And Bob enters the room
    And Ann has "/room?name=Ann" open with JavaScript turned off
    When Ann says "Good evening"
    Then Ann reads "Good evening" once
    And Bob reads "Good evening" once

  @api
  Scenario: The room's stream tracks its listeners, sends heartbeats and replays messages
    Given the example "llm-chat" is running
    When a client listens to "/room/events?name=Cleo&topic=room"
    Then it receives the events "bk:hello, bk:presence, bk:ping"
    And the members of the room are "Cleo"
    When the client disconnects
    Then the members of the room are ""
    When 2 messages are sent to the room over REST
    And the client reconnects to "/room/events?name=Cleo&topic=room"
    Then it receives the messages 1 to 2 in order
    And an empty message is rejected

  Scenario: Relayed readings are converted to the reader's units
    Given the example "proxy" is running
    When Ann opens "/"
    Then she sees temperatures in "°F" and prices in "$"
    When she chooses "°C" and "EUR"
    Then she sees temperatures in "°C" and prices in "€"

  Scenario: The page says when the upstream is down and recovers when it is back
    Given the example "proxy" is running
    When Ann opens "/"
    And she cuts the connection to the upstream
    Then her page shows "Trying again" and then "Connected"

  @api
  Scenario: No reading is lost when the upstream drops
    Given the example "proxy" is running
    When a client listens to "/readings?perSecond=0"
    And the upstream is cut after 3 readings
    Then 12 readings arrive without a gap, and the client is told about the interruption

  @api
  Scenario: Filters and rate limits are applied
    Given the example "proxy" is running
    When a client listens to "/readings?unit=celsius&min=5&max=25&perSecond=5"
    Then 5 readings arrive, all between 5 and 25 degrees, at most 5 a second
    And the client is told how many were left out

  @api
  Scenario: The upstream connection closes when the last reader leaves
    Given the example "proxy" is running
    When a client listens to "/readings"
    Then the upstream has 1 reader
    When the client disconnects
    Then the upstream has 0 readers

  @api
  Scenario: A slow reader slows the upstream down
    Given the example "proxy" is running with an upstream that never pauses
    When a client opens "/readings?perSecond=0" and reads nothing
    Then the upstream stops sending
    When the client starts reading
    Then the upstream resumes
