@api
Feature: Basics
  One call turns a Hono app into a complete product.

  Scenario: A valid configuration starts every part
    When an app is wired with a valid configuration
    Then the kit answers requests, can reach its database and runs jobs

  Scenario: The version can be read
    When an app is wired with a valid configuration
    Then the version is a non-empty string
