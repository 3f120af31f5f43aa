Feature: Dialogs
  A dialog opens with its content, closes when it's done, and never discards input without asking.

  Scenario: A dialog has a name, and gives the focus back
    Given a page that opens dialogs
    When she opens the "text"
    Then the dialog is called "About ferns"
    When she presses "Close" in the dialog
    Then the dialog is closed and empty, and the focus is back on "text"
    When she opens the "form"
    Then the dialog is called "Edit the fern"
    When a script changes a hidden field of the dialog
    And she cancels the choice of a file
    Then the dialog is open
    When she closes the dialog with Escape
    Then the dialog is closed and empty, and the focus is back on "form"
    And nobody has asked her anything

  Scenario: A dialog asks before it discards input
    Given a page that opens dialogs
    Then changed input of each kind is discarded only after a question
    When she opens the "form with earlier input"
    Then the input of the "form with earlier input" is discarded only after a question

  Scenario: A dialog closes when its form has been accepted
    Given a page that opens dialogs
    When she opens the "form"
    And she presses "Save" in the dialog
    Then the dialog is closed and empty, and the focus is back on "form"
    When she opens the "button that closes"
    And she presses "Save" in the dialog
    Then the dialog is closed and empty, and the focus is back on "button that closes"
    When she opens the "refused form"
    And she presses "Save" in the dialog
    Then the dialog stays open after the response
    When she closes the dialog with Escape
    And she opens the "form that stays"
    And she presses "Save" in the dialog
    Then the dialog stays open after the response
    When she closes the dialog with Escape
    And she opens the "search"
    And she presses "Save" in the dialog
    Then the dialog stays open after the response
    And nobody has asked her anything

  Scenario: The message about a failed request is seen in the dialog and after it
    Given a page that opens dialogs
    When she opens the "form that fails"
    And she presses "Save" in the dialog
    Then the alert is shown in the dialog
    When she closes the dialog with Escape
    Then the dialog is closed and empty, and the focus is back on "form that fails"
    And the alert is shown on the page
