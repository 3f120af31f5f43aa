@api
Feature: Basics
  One call turns a Hono app into a whole product.

  Scenario: A valid configuration starts every part
    When an app is wired with a valid configuration
    Then the kit answers requests, reaches its database and has started its jobs

  Scenario: The version can be read
    When an app is wired with a valid configuration
    Then the version is a non-empty string
