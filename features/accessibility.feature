Feature: Accessibility
  Everyone can read and use every page: in light and dark mode, on a phone or a desktop, by sight, with a screen reader or with
  the keyboard.

  Scenario Outline: axe finds no violations on <pages>
    When <pages> are checked on a desktop and a phone, in light and dark mode
    Then axe reports no violations, and no page is wider than the screen or logs an error

    # title-format: axe finds no violations on <pages>
    Examples:
      | pages                      |
      | the public pages           |
      | the pages of a member      |
      | the development pages      |
      | the views of a mail        |

  Scenario: The first Tab stop skips the navigation
    When a visitor opens "/login"
    And the visitor presses "Tab"
    Then the link "Skip to content" is focused and visible
    When the visitor presses "Enter"
    Then the main content is focused

  Scenario: Keyboard users see where they are on the page
    Given Ann is logged in
    When she tabs through her account page
    Then every stop has a visible focus indicator

  Scenario: A dialog keeps the focus and gives it back
    Given Ann is on a board with the card "Call the printer"
    When she opens the card with the keyboard
    Then the focus stays inside the dialog while she keeps pressing Tab
    When she presses "Escape"
    Then the dialog closes and the card is focused again
