Feature: Server-sent events
  What happens on the server appears on every open page that should show it.

  Background:
    Given a wired app on a port

  @api
  Scenario: The stream responds as an event stream
    When a client connects to "/events"
    Then the response is 200 with the type "text/event-stream"

  Scenario: A broadcast reaches all clients with its type and data
    Given 2 connected clients and a browser page listening for "user-update"
    When the broker broadcasts "user-update" with the data "Hello World"
    Then each of them receives "user-update" with the data "Hello World"

  @api
  Scenario: A connected client is counted and receives heartbeats
    Given the heartbeat interval is 50 ms
    And 1 connected client
    Then the broker counts 1 client
    And the client receives a heartbeat

  @api
  Scenario: A client that disconnects is removed
    Given 2 connected clients
    When one client disconnects
    Then the broker counts 1 client
    And a later broadcast is delivered once

  @api
  Scenario: A rendered fragment arrives as well-formed HTML
    Given 1 connected client
    When the broker broadcasts a rendered card saying "Tom & Jerry <3"
    Then the client receives well-formed HTML in which the card says "Tom & Jerry <3"

  @api
  Scenario: A targeted broadcast reaches only its audience
    Given connected clients of Ann, Bob and Cleo
    When the broker broadcasts "secret-plan" to Ann and Bob
    Then the clients of Ann and Bob receive "secret-plan"
    And the client of Cleo doesn't receive "secret-plan"

  Scenario: An open page updates itself
    Given a browser page with a live counter showing "0"
    When the broker broadcasts the counter showing "1"
    Then the page shows "1" without a reload

  Scenario: A click updates the sender's own page and all others where the server says
    Given two browser pages with a count and a button that names no target
    When the button is clicked on one of them
    Then both pages show the new count, and the button stays a button

  Scenario: A page that may not listen says so and doesn't ask again
    Given a browser page that asks for updates meant for others
    Then it says that live updates aren't available
    And it asked for them only once in a minute

  @api
  Scenario: A failing client doesn't affect the others and is logged
    Given 3 connected clients, one of which fails when written to
    When it broadcasts "news" with the data "still here"
    Then the 2 healthy clients receive "news" with the data "still here"
    And the failure is logged
    And it counts 2 clients

  @api
  Scenario: A new broker accepts connections
    Given a new broker
    Then it counts 0 clients
    When a client registers with it
    Then it counts 1 client

  @api
  Scenario: Registering a client is tracked
    Given a new broker
    When a client registers with it
    Then it counts 1 client now and 1 in total

  @api
  Scenario: Unregistering a client is tracked
    Given a new broker
    When a client registers with it
    And the client unregisters
    Then it counts 0 clients now and 1 in total

  @api
  Scenario: A direct broadcast reaches all clients with the right data
    Given a new broker
    When 3 clients register with it
    And it broadcasts "tick" with the data "42"
    Then each registered client receives "tick" with the data "42"

  @api
  Scenario: Heartbeats reach all clients and keep them connected
    Given a new broker with a heartbeat interval of 20 ms
    When 3 clients register with it
    Then each registered client receives 2 heartbeats
    And it counts 3 clients
