Feature: Sessions
  People see where they are logged in and can log other devices out. A session that has ended receives nothing and opens nothing.

  Scenario: The account page lists every device
    Given Ann is logged in on her laptop and on her phone
    When she opens her account page
    Then it lists "Chrome on Linux" as this device, and "Safari on iPhone" as another one
    And it shows the IP address and the last use of each

  Scenario: Logging out a device takes effect on it at once
    Given Ann is logged in on her laptop and on her phone
    And her phone shows a page with an open stream
    When she logs out "Safari on iPhone" on her account page
    Then her phone leaves the page within 2 seconds
    And the old session cookie of her phone is worthless

  Scenario: Who logs in again after the end of a session is where she was
    Given Ann is logged in on her laptop and on her phone
    And her phone shows "/boards?sort=name" with an open stream
    When she logs out everywhere else
    Then her phone leaves the page within 2 seconds
    When she logs in again on her phone
    Then her phone shows "/boards?sort=name" again

  Scenario: All other devices can be logged out at once
    Given Ann is logged in on her laptop and on her phone
    And her phone shows a page with an open stream
    When she logs out everywhere else
    Then her phone leaves the page within 2 seconds
    And her laptop is still logged in

  @api
  Scenario: Logging out ends the streams of that session only
    Given Ann has two sessions, each with an open stream
    When she logs out of the first
    Then the first stream is told about the logout and ends within 2 seconds
    And the second stream still receives broadcasts

  @api
  Scenario: A session cookie is worthless after logout
    Given Ann has two sessions, each with an open stream
    When she logs out of the first
    Then the cookie of the first session opens no page and no stream
    And the cookie of the second session still opens her account

  @api
  Scenario: An unused session expires after 14 days
    Given Ann has a session in an app with a test clock
    When 13 days pass
    Then her account page opens
    When 15 days pass
    Then her account page redirects to the login page

  @api
  Scenario: A session expires after 30 days no matter how much it is used
    Given Ann has a session in an app with a test clock
    When she visits her account page every day for 29 days
    Then her account page opens
    When 2 days pass
    Then her account page redirects to the login page

  @api
  Scenario: Setting the clock back doesn't revive a session
    Given Ann has a session in an app with a test clock
    When 20 days pass
    Then her account page redirects to the login page
    When the clock is set back by 10 days
    Then her account page redirects to the login page
