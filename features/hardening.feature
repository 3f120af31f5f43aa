@api
Feature: Hardening
  The usual attacks on web apps fail, in every variation tried here.

  Scenario: The content security policies have no serious gaps
    Given the production app and a development app
    Then csp_evaluator finds nothing of high or medium severity in these policies
      | app         | path             |
      | production  | /                |
      | production  | /login           |
      | production  | /register        |
      | production  | /forgot-password |
      | production  | /nowhere         |
      | production  | /events          |
      | development | /__mail          |
      | development | /__dev           |

  Scenario: Every production response has the security headers
    Given a production app whose page "/fails" throws
    Then these responses have them and reveal nothing about the server
      | response           | method | path         | status |
      | a page             | GET    | /login       | 200    |
      | a redirect         | GET    | /account     | 303    |
      | a rejected request | POST   | /logout      | 403    |
      | a missing page     | GET    | /nowhere     | 404    |
      | an invalid form    | POST   | /register    | 422    |
      | an error           | GET    | /fails       | 500    |
      | a file             | GET    | /buffkit.css | 200    |
      | a stream           | GET    | /events      | 200    |
      | a health check     | GET    | /healthz     | 200    |

  Scenario Outline: Cross-site requests are rejected
    Given an app with Ann logged in
    When a request to log her out has the headers "<headers>" and the body "<body>"
    Then the response is <status>, and she is still logged in: <still>

    # title-format: <sender>
    Examples:
      | sender                       | headers                                                  | body         | status | still |
      | another site                 | Sec-Fetch-Site: cross-site                               |              | 403    | yes   |
      | a subdomain                  | Sec-Fetch-Site: same-site                                |              | 403    | yes   |
      | another site, JSON           | Sec-Fetch-Site: cross-site; Content-Type: application/json | {}         | 403    | yes   |
      | another site, plain text     | Origin: https://evil.example; Content-Type: text/plain   | a=b          | 403    | yes   |
      | a sandboxed frame            | Origin: null                                             |              | 403    | yes   |
      | a lookalike origin           | Origin: http://localhost.evil.example                    |              | 403    | yes   |
      | another port                 | Origin: http://localhost:1                               |              | 403    | yes   |
      | a program without an origin  | Content-Type: application/json                           | {}           | 403    | yes   |
      | a made-up form token         | Content-Type: application/x-www-form-urlencoded          | _csrf=abc.de | 403    | yes   |
      | a GET request                | method: GET                                              |              | 404    | yes   |
      | an overridden method         | method: GET; X-HTTP-Method-Override: POST                |              | 404    | yes   |
      | the app's own page           | Sec-Fetch-Site: same-origin                              |              | 303    | no    |

  Scenario: The login page never redirects to another site
    Given an app with Ann logged in
    Then no spelling of another site's address is a redirect target after login

  Scenario: A forged host affects neither links nor responses
    Given an app with Ann logged in
    When a password reset is requested with forged host headers
    Then the link in the mail points to the app
    And requests for a foreign host are rejected, however the host is written

  Scenario: Thousands of random requests break nothing
    Given the app runs in production
    When 2000 random requests are sent to it
    Then none of them causes a server error or reveals a stack trace, a path or a secret
    And the app is still healthy

  Scenario: Many logins at once don't slow down the pages
    Given the app runs in production
    When 50 people log in at once while others load the front page
    Then 99 percent of the front pages load within the limit
