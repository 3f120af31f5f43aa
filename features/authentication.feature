Feature: Authentication
  People have accounts; what is protected is seen by those who are logged in, and by nobody else.

  Scenario: The login form is shown
    When a visitor opens "/login"
    Then the page asks for an e-mail address and a password

  Scenario: The login form takes the credentials
    Given Ann has a verified account
    When she logs in with her password
    Then she is on the boards page

  Scenario: Logging out ends the session
    Given Ann is logged in
    When she logs out
    Then the boards are closed to her again

  Scenario: A protected page sends an anonymous visitor to the login page, and back after it
    Given Ann has a verified account
    When a visitor opens "/boards"
    Then the visitor is asked to log in
    When the visitor logs in as Ann
    Then she is on the boards page

  @api
  Scenario: RequireLogin protects any handler it is put on
    Given an app with the route "/reports" behind RequireLogin
    When somebody without a session asks for "/reports"
    Then the answer is a redirect to "/login?next=%2Freports"
    And the handler did not run

  Scenario: A logged-in person sees protected content without a redirect
    Given Ann is logged in
    When she opens "/boards"
    Then she is on the boards page
    And no redirect happened on the way

  @api
  Scenario: The handler and the page know who is logged in
    Given an app with the page "/me" that greets the current user
    And the user "Ann" is logged in to it
    When she asks for "/me"
    Then the handler saw the user "Ann"
    And the page says "Hello, Ann"
