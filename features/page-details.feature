Feature: Details of a page
  Menus close by themselves, and the focus is never lost.

  Scenario: A menu closes when she is done with it
    Given a page with two menus
    When she opens the menu "File"
    And she clicks on "First of File"
    Then the menu "File" is open
    When she clicks on "Text"
    Then no menu is open
    When she opens the menu "File"
    And she opens the menu "View"
    And she focuses "First of View"
    And she focuses "Last of View"
    And she changes to another window
    Then the menu "View" is open
    When she focuses "First of View"
    And she focuses "After"
    Then no menu is open
    When she opens the menu "View"
    And she focuses "Last of View"
    And she presses "a" in a menu
    Then the menu "View" is open
    When she presses "Escape" in a menu
    Then no menu is open
    And the menu "View" has the focus

  Scenario: The focus stays close when its element goes away
    Given a page whose buttons remove themselves
    When she presses "Delete a" with the keyboard
    Then the focus is on "Rename b"
    When she leaves the focus on "Delete b", and the page is updated
    Then the focus is on "Delete b"
    When she presses "Remove box" with the keyboard
    Then the focus is on the page's main part
    And the page is still scrolled down
    When she focuses nothing, and the page is updated
    Then nothing has the focus
