Feature: Jobs dashboard
  See which jobs are waiting, running and failed, and retry the failed ones.

  Scenario: The dashboard counts jobs by outcome
    Given an app whose job "greet" succeeds and whose job "print" fails for good
    When both jobs have run
    And a developer opens "/__dev/jobs"
    Then the dashboard shows 1 as "Done" and 1 as "Failed"
    And the failed job "print" shows the error "the printer is on fire"

  Scenario: The open dashboard updates itself
    Given an app whose job "greet" succeeds and whose job "print" fails for good
    And a developer has the dashboard open
    When both jobs have run
    Then the dashboard shows 1 as "Done" and 1 as "Failed"

  Scenario: A failed job can be retried with a click
    Given an app whose job "greet" succeeds and whose job "print" fails for good
    When both jobs have run
    And a developer has the dashboard open
    And the printer is repaired
    And the developer retries the failed job
    Then the dashboard shows 2 as "Done" and 0 as "Failed"

  Scenario: A delayed job can be canceled
    Given an app whose job "greet" is delayed for an hour
    And a developer has the dashboard open
    When the developer cancels the delayed job
    Then the dashboard shows 0 as "Delayed" and 0 as "Done"

  Scenario: In production the dashboard is protected by the app's own guard
    Given a production app that shows its jobs to admins, with a job "print" that fails for good
    When an admin opens the dashboard
    And the job has run
    Then the dashboard shows 0 as "Done" and 1 as "Failed"
    And the failed job "print" shows the error "the printer is on fire"
    When the printer is repaired
    And the admin retries the failed job
    Then the dashboard shows 1 as "Done" and 0 as "Failed"
    And the browser logs no errors
    And a member who opens the dashboard gets 403
