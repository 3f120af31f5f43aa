Feature: The jobs dashboard
  In development one sees what waits, runs and failed, and has failed jobs done again.

  Scenario: The page counts jobs by what became of them
    Given an app whose job "greet" succeeds and whose job "print" fails for good
    When both jobs have been done
    And a developer opens "/__dev/jobs"
    Then the dashboard counts 1 as "Done" and 1 as "Failed"
    And the failed job "print" shows its error "the printer is on fire"

  Scenario: The page follows what happens
    Given an app whose job "greet" succeeds and whose job "print" fails for good
    And a developer has the dashboard open
    When both jobs have been done
    Then the dashboard counts 1 as "Done" and 1 as "Failed"

  Scenario: A failed job is done again at a click
    Given an app whose job "greet" succeeds and whose job "print" fails for good
    When both jobs have been done
    And a developer has the dashboard open
    And the printer is repaired
    And the developer has the failed job done again
    Then the dashboard counts 2 as "Done" and 0 as "Failed"

  Scenario: A job that waits for later can be taken back
    Given an app whose job "greet" waits for an hour
    And a developer has the dashboard open
    When the developer takes the waiting job back
    Then the dashboard counts 0 as "Delayed" and 0 as "Done"

  Scenario: In production the same page stands behind the app's own guard
    Given an app in production that keeps its jobs page for admins, with a job "print" that fails for good
    When an admin opens the jobs page
    And the job has been tried
    Then the dashboard counts 0 as "Done" and 1 as "Failed"
    And the failed job "print" shows its error "the printer is on fire"
    When the printer is repaired
    And the admin has the failed job done again
    Then the dashboard counts 1 as "Done" and 0 as "Failed"
    And the page has broken no rule of its security policy
    And a member who asks for the jobs page is refused
