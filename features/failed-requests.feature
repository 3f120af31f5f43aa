Feature: Failed requests
  A request that fails says so where people look, and takes nothing away from them.

  Scenario: Each kind of failed request is shown once, and where it belongs
    Given a page with buttons whose requests fail
    Then each of these responses is shown like this
      | response                 | place    | message                         |
      | 400                      | replaced |                                 |
      | 401                      | kept     | Something went wrong (401)      |
      | 403                      | kept     | You're not allowed to do that   |
      | 404                      | replaced |                                 |
      | 405                      | kept     | Something went wrong (405)      |
      | 409                      | replaced |                                 |
      | 410                      | replaced |                                 |
      | 413                      | kept     | That's too large to upload      |
      | 422                      | replaced |                                 |
      | 429                      | kept     | Too many requests               |
      | 500                      | kept     | Something went wrong (500)      |
      | 502                      | kept     | Something went wrong (502)      |
      | 503                      | kept     | Something went wrong (503)      |
      | 404 that changes nothing | kept     | Something went wrong (404)      |
      | 500 for another place    | kept     |                                 |
      | 401 with a login page    | kept     |                                 |
    And no response at all is shown as a server that isn't responding
    And mistakes in the page's markup are not
    And a page without an area for messages shows them at its end

  Scenario: What was typed comes back when its request fails
    Given a form that is emptied when it is sent
    When she sends "hello" with the note "to all"
    And she types "world" before the response
    And the network fails
    Then the form has the text "hello world" and the note "to all"
    When she sends "again" with the note ""
    And the server fails
    Then the form has the text "again" and the note ""
    When she sends "and again" with the note "once"
    And the server accepts it
    Then the form has the text "" and the note ""

  Scenario: Messages go away by themselves, but not from under the pointer or the focus
    Given a page with messages
    When 1900 ms pass
    Then the page shows the messages "first, short"
    When 100 ms pass
    Then the page shows the messages "first"
    When 3000 ms pass
    Then the page shows the messages ""
    When a request fails, and she points at the alert
    And 20000 ms pass
    Then the alert is still there
    When she points elsewhere
    And 1000 ms pass
    Then the alert is no longer there
    When a message with a link is swapped in, and she focuses the link
    And 20000 ms pass
    Then the page shows the messages "later"
    When she leaves the link
    And 1000 ms pass
    Then the page shows the messages ""
