@api
Feature: Integration
  What wire returns, and what it rejects.

  Scenario: The kit has a handle for each part
    When an app is wired with a valid configuration
    Then the kit has a broker, an auth store, a mail sender, an import map and a component registry

  Scenario: An empty auth secret is rejected
    When an app is wired with the auth secret ""
    Then wiring fails with "authSecret is required"

  Scenario: A missing auth secret is rejected
    When an app is wired without an auth secret
    Then wiring fails with "authSecret is required"

  Scenario: An unreachable Redis server is rejected
    When an app is wired with the Redis URL "redis://:hidden-word@127.0.0.1:1/0"
    Then wiring fails with "failed to initialize jobs"
    And the error doesn't reveal "hidden-word"

  Scenario: The version says alpha before 1.0
    When an app is wired with a valid configuration
    Then the version contains "alpha"
