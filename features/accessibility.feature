Feature: Accessibility
  Everybody can read and use every page: light or dark, on a phone or a desktop, by sight, by ear or by keyboard.

  Scenario Outline: axe finds nothing on the pages of the app, on a <device>
    When each page of the app is opened on a <device>, by day and by night
    Then axe finds no violation on any of them, and none is wider than the screen

    Examples:
      | device  |
      | desktop |
      | phone   |

  Scenario Outline: axe finds nothing on the development pages, on a <device>
    When each development page is opened on a <device>, by day and by night
    Then axe finds no violation on any of them, and none is wider than the screen

    Examples:
      | device  |
      | desktop |
      | phone   |

  Scenario: The first key leads past the navigation
    When a visitor opens "/login"
    And the visitor presses Tab
    Then the link "Skip to content" has the focus and is seen
    When the visitor follows it by Enter
    Then the main part has the focus

  Scenario: Whoever goes through a page by keyboard sees where they are
    Given Ann is logged in
    When she goes through her account page by keyboard
    Then each stop on the way is marked

  Scenario: A dialog keeps the focus, and gives it back
    Given Ann has a board with the card "Call the printer" open
    When she opens the card by keyboard
    Then the focus stays within the dialog however often she presses Tab
    When she presses Escape
    Then the dialog is closed, and the card has the focus again
