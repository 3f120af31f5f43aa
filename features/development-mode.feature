Feature: Development mode
  In development everything can be seen; in production none of it exists.

  Scenario: The mail preview lists the sent mails
    Given the app sent a mail "Welcome aboard" to "ann@example.test"
    When a developer opens "/__mail/preview"
    Then the answer is 200
    And the page lists "Welcome aboard" to "ann@example.test"

  @api
  Scenario: In production the mail preview does not exist
    Given the app runs in production
    When somebody asks for "/__mail/preview" in every way an attacker might
    Then each answer is 404

  Scenario: The development sender keeps every mail instead of sending it
    Given the app sent a mail "First news" to "ann@example.test"
    And the app sent a mail "Second news" to "bob@example.test"
    When a developer opens "/__mail"
    Then the page lists "First news" to "ann@example.test"
    And the page lists "Second news" to "bob@example.test"
    And the log tells of both mails

  Scenario: The preview shows the HTML and the text of a mail
    Given the app sent a mail "Two versions" with the HTML "<h1>Rich hello</h1>" and the text "Plain hello"
    When a developer opens that mail in the inbox
    Then its rendered HTML shows "Rich hello"
    And its text shows "Plain hello"

  Scenario: Security headers are there, and the development tools work under them
    When a developer opens "/__dev"
    Then the page carries the security headers of development
    And no content security policy violation happened
    And the development script runs

  @api
  Scenario: Errors show their cause in development only
    Given a page that fails with the message "the stock is empty"
    When it is opened in development
    Then the answer shows the message, the stack and the request
    When it is opened in production
    Then the answer shows a request id and nothing about the error

  Scenario: An edit to a stylesheet or a template shows without a restart
    Given a developer's copy of an app with its page open
    When the developer edits the template
    Then the open page shows the edit by itself
    When the developer edits the stylesheet
    Then the open page shows the new style by itself

  @api
  Scenario: What keeps the app from starting shows in the browser, and goes with the mistake
    Given a developer's copy of an app with its page open
    When the developer makes a mistake in the template that no program can read, and opens the page again
    Then the page says that the app cannot run, and names the template
    When the developer edits the template
    Then the open page shows the edit by itself

  Scenario: One configuration captures mail in development and sends it in production
    Given a real SMTP server
    When the same configuration sends a mail in development and in production
    Then the mail of development is in the inbox and not at the SMTP server
    And the mail of production is at the SMTP server, and there is no preview

  Scenario: A diagnostics page shows what the app is made of
    Given a page with an open stream
    When a developer opens "/__dev"
    Then it shows the SSE connections, the users, the pending jobs, the import map and the components

  @api
  Scenario: Development tools are present in development and absent in production
    Then each development page answers 200 in development
    And each development page answers 404 in production
