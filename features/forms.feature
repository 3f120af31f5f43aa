Feature: Forms
  A form that is defined once works with and without JavaScript: what was typed is never lost, and nothing is done twice.

  Scenario: A refused form keeps what was typed and leads to the problem
    Given Ann has the notes open
    When she writes "no" and presses Add
    Then the problem "Write at least three letters." is shown at the focused field
    And the field still has "no"
    And there are no notes

  Scenario: A handler refuses what only it can know
    Given Ann has the notes open
    When she writes "taken" and presses Add
    Then the problem "That note exists." is shown at the focused field
    And the field still has "taken"

  Scenario: A form whose record is gone stays as it is
    Given Ann has the notes open
    When she writes "gone" and presses Add
    Then she reads "This doesn't exist anymore."
    And the field still has "gone"

  Scenario: An accepted form is empty again, and the open page shows the change
    Given Ann has the live notes open
    When she writes "milk" and presses Add
    Then the notes are "milk"
    And she reads "Added."
    And the field is empty and has the focus
    And the page was not loaded again

  Scenario: A page without a stream is read again
    Given Ann has the notes open
    When she writes "milk" and presses Add
    Then the notes are "milk"
    And she reads "Added."
    And the field is empty

  Scenario: A form can't be sent twice
    Given Ann has the live notes open
    When she writes "slow milk" and double-clicks Add
    Then the form is busy
    When the server has answered
    Then the form isn't busy
    And the notes are "slow milk"

  Scenario: Pressing Enter twice sends once
    Given Ann has the live notes open
    When she writes "slow milk" and presses Enter twice
    And the server has answered
    Then the notes are "slow milk"

  Scenario: What is typed while the form is on its way stays
    Given Ann has the live notes open
    When she writes "slow milk" and presses Add
    And she types "bread" in its place
    And the server has answered
    Then the notes are "slow milk"
    And the field still has "bread"

  Scenario: A field is checked when the user leaves it, and then with each change
    Given Ann has the notes open
    When she types "no" and leaves the field
    Then the problem "Write at least three letters." is announced and described
    When she types "noodles" in its place
    Then no problem is shown
    And the field still has "noodles"
    And there are no notes

  Scenario: A late answer to a check doesn't replace a newer one
    Given Ann has the notes open
    And the first check is answered late
    When she types "no" and leaves the field
    And she types "noodles" and leaves the field
    And the late answer has arrived
    Then no problem is shown

  Scenario: Without JavaScript, a refused form shows its problem and what was typed
    Given Ann has the notes open with JavaScript turned off
    When she writes "no" and presses Add
    Then the problem "Write at least three letters." is shown at the focused field
    And the field still has "no"
    When she writes "noodles" and presses Add
    Then the notes are "noodles"
    And she reads "Added."
    And the field is empty

  Scenario: Without JavaScript, a double click does nothing twice
    Given Ann has the notes open with JavaScript turned off
    When she writes "slow milk" and double-clicks Add
    And the server has answered
    Then the notes are "slow milk"
    And she reads "Added."

  Scenario: A form with data-reset is empty after it was refused and then accepted
    Given Ann has the old form open
    When she writes "no" and presses Add
    Then the problem "Write at least three letters." is shown
    When she writes "noodles" and presses Add
    Then the notes are "noodles"
    And the field is empty
