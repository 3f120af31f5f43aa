Feature: Live connection
  A live page notices when its connection breaks, when it has missed something, and when its session ends. It never goes on showing
  what is outdated.

  Scenario: A connection that looks open but is silent is replaced
    Given a live page whose server sends a heartbeat every 10 minutes
    When nothing arrives for 20 minutes
    And a message arrives
    And nothing arrives for 20 minutes
    Then the page still has its first connection
    When a button of the page reads a stream of its own
    And nothing arrives for 6 minutes
    Then the page has a second connection, which continues where the first one stopped
    And updates arrive again

  Scenario: A page opens one stream, although htmx looks at it again before it is open
    Given a live page at which htmx looks twice before its stream is open
    Then the page still has its first connection

  Scenario: A gap is never silent
    Given a live page with a half-typed draft
    When the page misses more changes than the server remembers, up to "two"
    Then the page is fetched once, and shows "two"
    And the draft is as it was, with the cursor in it
    When the page is told twice at once that it missed something, up to "three"
    Then the page is fetched once, and shows "three"
    When the page is told so while the server can't be reached
    And the page is told twice at once that it missed something, up to "four"
    Then the page is fetched once, and shows "four"
    And the draft is as it was, with the cursor in it
    When a page without a main element misses something, up to "five"
    Then the page is opened again, and shows "five"

  Scenario: A change whose response was lost is shown
    Given a live page with a half-typed draft
    When the response to a question is lost
    Then the page isn't fetched
    When the response to a change, "saved", is lost
    Then the page is fetched once, and shows "saved"
    When the stream can't be opened
    And the response to a change, "saved later", is lost
    Then the page isn't fetched
    When the stream is open again
    Then the page is fetched once, and shows "saved later"

  Scenario: A page says that its connection is lost once it stays lost
    Given a live page behind a network that can be cut
    When the network is cut
    And 1900 milliseconds pass on the page
    Then the page says nothing about the connection
    When 100 milliseconds pass on the page
    Then the page says that the connection is lost
    When a new indicator is swapped in
    And 2000 milliseconds pass on the page
    Then the page says that the connection is lost
    When the network is back
    Then the page is connected, and says nothing about it
    When the network is cut
    And 2000 milliseconds pass on the page
    Then the page says that the connection is lost
    When the network is back
    Then the page is connected, and says nothing about it

  Scenario: A page whose server is busy keeps asking for its stream
    Given a live page whose first requests for a stream are refused, then lost
    Then its connection is "connecting", without an alert
    When 15000 milliseconds pass on the page
    Then its connection is "disconnected", without an alert
    When 15000 milliseconds pass on the page
    Then it is connected in the end

  Scenario: A page without a stream says nothing about one
    Given a live page behind a network that can be cut
    When she follows a link to a page without a stream, which htmx fetches
    And 600000 milliseconds pass on the page
    Then the page knows of no connection, and its requests name none

  Scenario: A page that its visitor may not see anymore is opened again
    Given a live page for members of a club
    When she is no longer a member
    Then the page is opened again, and is for members only

  Scenario: A page whose session has ended leads to the login page
    Given a live page for members of a club
    When she downloads a file, which doesn't leave the page
    And her session ends
    Then she is on the login page of the site, which knows where she was

  Scenario: A message can't lead to a login page of another site
    Given a live page for members of a club
    When a message that her session has ended names a login page elsewhere
    Then she is on the login page of the site, which knows where she was

  Scenario: Logging out isn't interrupted by the end of the session
    Given a live page for members of a club
    When she logs out, and the page hears of it before the browser has the response
    Then she sees the response
