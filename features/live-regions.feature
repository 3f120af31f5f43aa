Feature: Live regions
  A part of a page says what it shows and how it looks. Whatever is written to the database, every open page that shows it stays true.

  Background:
    Given Ann and Ben have the shopping list open

  Scenario: What one person writes appears for the other
    When Ann adds "bread" with the form of the page
    Then both pages show "milk, eggs, bread"
    When Ann's "eggs" are taken off the list
    Then both pages show "milk, bread"
    And neither page was loaded again

  Scenario: What is typed inside of a region stays
    When Ben types "two bottles" next to "milk"
    And "milk" becomes "oat milk"
    Then both pages show "oat milk, eggs"
    And "two bottles" still stands next to it, where Ben can go on typing

  Scenario: A tab that was away gets the newest state in one message
    When Ben's tab is hidden
    And "milk" changes 500 times
    And Ben's tab is shown again
    Then Ben's page shows the newest "milk"
    And it has received 1 update

  Scenario: A search moves the page to other rows
    When Ben searches for "egg"
    Then Ben's page shows "eggs"
    When "egg noodles" and "rice" are added
    Then Ben's page shows "eggs, egg noodles"
    And neither page was loaded again

  Scenario: A response that took long doesn't put back what is outdated
    When Ben searches for "", and the response takes a while
    And "bread" is added
    Then Ben's page shows "milk, eggs, bread"
    When the response arrives
    Then Ben's page shows "milk, eggs, bread"
    And neither page was loaded again

  Scenario: Another page shows its own
    When Ben follows the link to the other list
    And "nails" are added to the other list
    Then Ben's page shows "nails"
    When Ben goes back
    And "bread" is added
    Then both pages show "milk, eggs, bread"

  Scenario: What is rolled back is never shown
    When "ghosts" are added in a transaction that fails
    And "bread" is added
    Then both pages show "milk, eggs, bread"

  Scenario: Nothing is lost while the stream is away
    When the stream of Ben's page ends and can't be opened again
    And "bread" is added
    And it can be opened again
    Then both pages show "milk, eggs, bread"

  Scenario: Someone who is no longer the owner sees so at once
    Given Ann is the owner of the list
    Then only Ann's page has the button to empty the list
    When the list is given to Ben
    Then only Ben's page has the button to empty the list

  Scenario: It works without JavaScript
    When Cleo opens the list without JavaScript
    And Cleo adds "bread" with the form of the page
    Then Cleo's page shows "milk, eggs, bread"
    And both pages show "milk, eggs, bread"
