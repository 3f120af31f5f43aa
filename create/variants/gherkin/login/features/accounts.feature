Feature: Accounts
  Only people who are logged in see protected pages.

  Scenario: From a new account to the protected page
    When Ann registers
    And she follows the link in her mail and logs in
    Then she is on the protected page

  Scenario: A protected page asks for a log-in and returns to the page
    Given Ann has an account
    When she opens the protected page
    And she logs in
    Then she is on the protected page

  Scenario: Logging out closes the protected page
    Given Ann is logged in
    When she logs out
    And she opens the protected page
    Then she is asked to log in
