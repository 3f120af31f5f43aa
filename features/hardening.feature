@api
Feature: Hardening
  What attackers try against any site comes to nothing here, whichever way it is tried.

  Scenario: The content security policies have no serious gap
    Given the production app and a development app
    Then csp_evaluator finds nothing of high or medium severity in the policies of
      | app         | path             |
      | production  | /                |
      | production  | /login           |
      | production  | /register        |
      | production  | /forgot-password |
      | production  | /nowhere         |
      | production  | /events          |
      | development | /__mail          |
      | development | /__dev           |

  Scenario: Every answer of production carries the security headers
    Given an app in production whose page "/fails" fails
    Then these answers carry them, and say nothing of what the server is made of
      | answer            | method | path         | status |
      | a page            | GET    | /login       | 200    |
      | a redirect        | GET    | /account     | 303    |
      | a refused request | POST   | /logout      | 403    |
      | a missing page    | GET    | /nowhere     | 404    |
      | a form with flaws | POST   | /register    | 422    |
      | a failure         | GET    | /fails       | 500    |
      | a file            | GET    | /buffkit.css | 200    |
      | a stream          | GET    | /events      | 200    |
      | a health check    | GET    | /healthz     | 200    |

  Scenario Outline: Requests that another site makes a browser send are refused
    Given an app to which Ann is logged in
    When a request to log her out comes with the headers "<headers>" and the body "<body>"
    Then it is answered with <status>, and she is still logged in: <still>

    # title-format: <sender>
    Examples:
      | sender                       | headers                                                  | body         | status | still |
      | another site                 | Sec-Fetch-Site: cross-site                               |              | 403    | yes   |
      | a subdomain                  | Sec-Fetch-Site: same-site                                |              | 403    | yes   |
      | another site, JSON           | Sec-Fetch-Site: cross-site; Content-Type: application/json | {}         | 403    | yes   |
      | another site, plain text     | Origin: https://evil.example; Content-Type: text/plain   | a=b          | 403    | yes   |
      | a sandboxed frame            | Origin: null                                             |              | 403    | yes   |
      | an origin that looks alike   | Origin: http://localhost.evil.example                    |              | 403    | yes   |
      | another port                 | Origin: http://localhost:1                               |              | 403    | yes   |
      | a program without any origin | Content-Type: application/json                           | {}           | 403    | yes   |
      | a made-up form token         | Content-Type: application/x-www-form-urlencoded          | _csrf=abc.de | 403    | yes   |
      | a GET request                | method: GET                                              |              | 404    | yes   |
      | an overridden method         | method: GET; X-HTTP-Method-Override: POST                |              | 404    | yes   |
      | the app's own page           | Sec-Fetch-Site: same-origin                              |              | 303    | no    |

  Scenario: No link leads from the login page to another site
    Given an app to which Ann is logged in
    Then none of the ways to write another site's address leads there after a login

  Scenario: A forged host reaches neither links nor answers
    Given an app to which Ann is logged in
    When a new password is asked for with forged host headers
    Then the link in the mail leads to the app
    And requests under a foreign host are refused, however the host is written

  Scenario: Thousands of random requests break nothing
    Given the app runs in production
    When 2000 random requests are sent to it
    Then none was answered with a server error, and none told of stack, path or secret
    And the app is alive and well

  Scenario: Many logins at once leave the pages fast
    Given the app runs in production
    When 50 people log in at once while others read the front page
    Then 99 of 100 front pages came within the bound
