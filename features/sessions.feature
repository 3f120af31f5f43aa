Feature: Sessions
  People see where they are logged in, and end what should not be; what has ended hears and opens nothing any more.

  Scenario: The account page shows every device
    Given Ann is logged in on her laptop and on her phone
    When she opens her account page
    Then it shows "Chrome on Linux" as this device, and "Safari on iPhone" beside it
    And it says of each from which address and when it was used last

  Scenario: A device that is logged out from another one is out at once
    Given Ann is logged in on her laptop and on her phone
    And a page with a stream is open on her phone
    When she logs out "Safari on iPhone" on her account page
    Then her phone left its page within 2 seconds
    And what her phone had as its session opens nothing

  Scenario: All other devices are logged out in one go
    Given Ann is logged in on her laptop and on her phone
    And a page with a stream is open on her phone
    When she logs out everywhere else
    Then her phone left its page within 2 seconds
    And her laptop is still logged in

  @api
  Scenario: A log-out ends the streams of its session and no others
    Given Ann has two sessions, each with an open stream
    When she logs out of the first
    Then the first stream was told that its session is over, and ended within 2 seconds
    And the second stream still hears what is broadcast

  @api
  Scenario: What a person was logged in with is worthless after the log-out
    Given Ann has two sessions, each with an open stream
    When she logs out of the first
    Then the cookie of the first opens no page and no stream
    And the cookie of the second still opens her account

  @api
  Scenario: A session that nobody uses ends after 14 days
    Given Ann has a session in an app whose clock can be turned
    When 13 days pass
    Then her account page answers
    When 15 days pass
    Then her account page sends her to the login page

  @api
  Scenario: A session ends after 30 days however much it is used
    Given Ann has a session in an app whose clock can be turned
    When she visits her account page each day for 29 days
    Then her account page answers
    When 2 days pass
    Then her account page sends her to the login page

  @api
  Scenario: A clock that goes back lengthens no session
    Given Ann has a session in an app whose clock can be turned
    When 20 days pass
    Then her account page sends her to the login page
    When the clock goes back by 10 days
    Then her account page sends her to the login page
