Feature: Development mode
  In development you can see everything. In production none of it exists.

  Scenario: The mail preview lists sent mail
    Given the app sent the mail "Welcome aboard" to "ann@example.test"
    When a developer opens "/__mail/preview"
    Then the response is 200
    And the page lists the mail "Welcome aboard" to "ann@example.test"

  @api
  Scenario: The mail preview doesn't exist in production
    Given the app runs in production
    When someone requests "/__mail/preview" in every way an attacker might
    Then every response is 404

  Scenario: The development sender keeps mail instead of sending it
    Given the app sent the mail "First news" to "ann@example.test"
    And the app sent the mail "Second news" to "bob@example.test"
    When a developer opens "/__mail"
    Then the page lists the mail "First news" to "ann@example.test"
    And the page lists the mail "Second news" to "bob@example.test"
    And the log mentions both mails

  Scenario: The preview shows the HTML and the text of a mail
    Given the app sent the mail "Two versions" with the HTML "<h1>Rich hello</h1>" and the text "Plain hello"
    When a developer opens that mail in the inbox
    Then its HTML shows "Rich hello"
    And its text shows "Plain hello"

  Scenario: Security headers are set, and the development tools work under them
    When a developer opens "/__dev"
    Then the page has the security headers of development mode
    And the browser reports no content security policy violations
    And the inbox updates itself while it is open

  Scenario: The log says what the policy blocked, and how to allow it
    Given a shop in development with a picture and a checkout on another site
    When a visitor pays
    Then the visitor is still in the shop, and the log says how to allow the redirect
    And the log says how to allow the picture

  Scenario: A form leads to another site that the policy allows
    Given a shop in development whose policy allows its checkout
    When a visitor pays
    Then the visitor is at the checkout

  @api
  Scenario: Error details are shown in development only
    Given a page that fails with the message "the stock is empty"
    When it is opened in development
    Then the response shows the message, the stack trace and the request
    When it is opened in production
    Then the response shows a request id and nothing about the error

  Scenario: Edits to a stylesheet or a template appear without a restart
    Given a developer runs an app of their own and has its page open
    When the developer edits the template
    Then the open page shows the new template without a reload by hand
    When the developer edits the stylesheet
    Then the open page shows the new style without a reload by hand

  Scenario: A reload doesn't send a form again
    Given a developer runs an app of their own and has its page open
    When the developer sends the form, which is refused
    And the developer edits the template
    Then the open page shows the new template without a reload by hand
    And the app got the form 1 time

  Scenario: A form sent while the app can't run is not sent again when it is back
    Given a developer runs an app of their own and has its page open
    When the developer saves a syntax error in the template and sends the form
    And the developer edits the template
    Then the open page shows the new template without a reload by hand
    And the app got the form 0 times

  @api
  Scenario: The app notices that its database was deleted, and starts on a new one
    Given a developer runs an app of their own and has its page open
    When the developer deletes the database
    Then the app says so, and runs on a new database

  @api
  Scenario: An error that keeps the app from starting is shown in the browser until it is fixed
    Given a developer runs an app of their own and has its page open
    When the developer saves a syntax error in the template and opens the page again
    Then the page says that the app can't run and names the template
    When the developer edits the template
    Then the open page shows the new template without a reload by hand

  Scenario: The same configuration captures mail in development and sends it in production
    Given a real SMTP server
    When the same configuration sends a mail in development and in production
    Then the mail from development is in the inbox and not on the SMTP server
    And the mail from production is on the SMTP server, and there is no preview

  Scenario: What fails without a word is in the browser's console
    Given a page in development, without warnings so far
    When it makes mistakes that nothing on it shows
    Then the browser's console warns of these, and of nothing else
      | a live fragment was sent to "#nowhere", but this page has no such element |
      | an <hx-partial> has neither hx-target nor id                              |
      | POST /refuse was refused (403): This board is read-only.                  |
      | an address was replaced, because its scheme isn't allowed                 |
      | this page opens more than one live stream                                 |
      | was refused (403): Forbidden: the topic "secret" was refused              |

  Scenario: The diagnostics page shows the state of the app
    Given an app with 2 users, 3 pending jobs and 1 open stream
    When a developer opens "/__dev"
    Then it shows 2 users, 3 pending jobs and 1 SSE connection
    And it lists the import map and the components
    When 1 more user, 2 more jobs and 1 more stream are added
    And a developer opens "/__dev"
    Then it shows 3 users, 5 pending jobs and 2 SSE connections
    And it lists the import map and the components

  @api
  Scenario: Development tools exist in development and not in production
    Then every development page responds with 200 in development
    And every development page responds with 404 in production
