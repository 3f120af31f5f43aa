Feature: Authentication
  People have accounts. Protected pages are for people who are logged in, and for nobody else.

  Scenario: The login form is shown
    When a visitor opens "/login"
    Then the page asks for an email address and a password

  Scenario: The login form accepts valid credentials
    Given Ann has a verified account
    When she logs in with her password
    Then she is on the boards page

  Scenario: Logging out ends the session
    Given Ann is logged in
    When she logs out
    Then she can't open the boards

  Scenario: A protected page sends visitors to the login page and takes them back after login
    Given Ann has a verified account
    When a visitor opens "/boards"
    Then the visitor is asked to log in
    When the visitor logs in as Ann
    Then she is on the boards page

  @api
  Scenario: RequireLogin protects any handler
    Given an app with the route "/reports" behind RequireLogin
    When someone without a session requests "/reports"
    Then the response redirects to "/login?next=%2Freports"
    And the handler doesn't run

  Scenario: A logged-in user sees protected content without a redirect
    Given Ann is logged in
    When she opens "/boards"
    Then she is on the boards page
    And she wasn't redirected

  @api
  Scenario: The handler and the page know who is logged in
    Given an app with the page "/me" that greets the current user
    And the user "Ann" is logged in to it
    When she requests "/me"
    Then the handler gets the user "Ann"
    And the page says "Hello, Ann"
