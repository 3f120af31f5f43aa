Feature: The examples
  Each example is a program of its own that shows one idea, in the browser and on the command line.

  Scenario: The timer's ticks appear by themselves
    Given the example "counter" is running
    When Ann opens "/"
    Then her page counts on by itself, without a gap
    When she pauses the count
    Then her page says "Paused"

  @api
  Scenario: There is one tick a second, and a broken line costs none
    Given the example "counter" is running
    When a client listens to "/ticks"
    Then 3 ticks come, a second apart
    When a client that saw tick 41 listens to "/ticks"
    Then its first tick is 42

  Scenario: Every open page shows the shared count
    Given the example "counter" is running
    And Ann and Bob have "/shared" open live
    When Ann presses "One more" 3 times
    And Bob presses "One less" 1 time
    Then Ann and Bob see the count 2
    When Bob presses "Back to 0" 1 time
    Then Ann and Bob see the count 0

  Scenario: The shared count works without scripts
    Given the example "counter" is running
    And Ann has "/shared" open without scripts
    When Ann presses "One more" 2 times
    Then Ann sees the count 2

  Scenario: The model's answer appears token by token and completes
    Given the example "llm-chat" is running
    When Ann opens "/"
    And she asks "What is a stream?"
    Then the answer grows token by token to "That is all there is to it."
    And her page says "Complete: 42 tokens."

  Scenario: Stop ends the model's work
    Given the example "llm-chat" is running
    When Ann opens "/"
    And she asks "Tell me a story."
    And the answer has reached "a stream that wanted"
    And she presses Stop
    Then her page says "Stopped."
    And the model has stopped before the end of the story

  Scenario: A broken line costs no token
    Given the example "llm-chat" is running behind a line that can be cut
    When Ann opens "/"
    And she asks "Tell me a story."
    And the answer has reached "a stream that wanted"
    And the line is cut and mended
    Then the answer is the whole story, each word once

  @api
  Scenario Outline: The same answer comes as <form>
    Given the example "llm-chat" is running
    When a client listens to "<path>?prompt=Hello"
    Then the pieces of its answer make "You wrote “Hello”."

    Examples:
      | form            | path         |
      | JSON tokens     | /completions |
      | plain text      | /text        |
      | called-back     | /callback    |

  Scenario: People in the room see each other come, talk and go
    Given the example "llm-chat" is running
    When Ann enters the room
    And Bob enters the room
    Then Ann reads "Bob came in." and sees "Ann, Bob" in the room
    When Bob says "Good morning <b>all</b>"
    Then Ann reads "Good morning <b>all</b>" once
    And Bob reads "Good morning <b>all</b>" once
    When Bob leaves the room
    Then Ann reads "Bob left." and sees "Ann" in the room

  Scenario: Who comes later reads the last ten messages
    Given the example "llm-chat" is running
    When 12 messages are sent to the room over REST
    And Ann enters the room
    Then she reads the messages 3 to 12, in order

  Scenario: The room can be read and talked to without scripts
    Given the example "llm-chat" is running
    And Bob enters the room
    And Ann has "/room?name=Ann" open without scripts
    When Ann says "Good evening"
    Then Ann reads "Good evening" once
    And Bob reads "Good evening" once

  @api
  Scenario: The room's stream knows who listens, keeps beating and remembers
    Given the example "llm-chat" is running
    When a client listens to "/room/events?name=Cleo&topic=room"
    Then it gets the events "bk:hello, bk:presence, bk:ping"
    And the room's members are "Cleo"
    When the client leaves
    Then the room's members are ""
    When 2 messages are sent to the room over REST
    And the client comes back to "/room/events?name=Cleo&topic=room"
    Then it hears the messages 1 to 2, in order
    And an empty message is refused

  Scenario: The relayed readings come in the reader's units
    Given the example "proxy" is running
    When Ann opens "/"
    Then she sees temperatures in "°F" and prices in "$"
    When she wishes for "°C" and "EUR"
    Then she sees temperatures in "°C" and prices in "€"

  Scenario: The page says when the upstream is away, and goes on when it is back
    Given the example "proxy" is running
    When Ann opens "/"
    And she cuts the line to the upstream
    Then her page says "Trying again" and then "Connected"

  @api
  Scenario: A broken upstream loses no reading
    Given the example "proxy" is running
    When a client listens to "/readings?perSecond=0"
    And the upstream is cut after 3 readings
    Then 12 readings come without a gap, and the client is told of the break

  @api
  Scenario: Bounds and rate hold
    Given the example "proxy" is running
    When a client listens to "/readings?unit=celsius&min=5&max=25&perSecond=5"
    Then 5 readings come, all between 5 and 25 degrees, at most 5 a second
    And the client knows how many were left out

  @api
  Scenario: Who leaves ends the work of the upstream
    Given the example "proxy" is running
    When a client listens to "/readings"
    Then the upstream has 1 reader
    When the client leaves
    Then the upstream has 0 readers

  @api
  Scenario: A slow reader makes the upstream wait
    Given the example "proxy" is running with an upstream that never pauses
    When a client opens "/readings?perSecond=0" and reads nothing
    Then the upstream stands still
    When the client reads on
    Then the upstream goes on
