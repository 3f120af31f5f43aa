Feature: Sending a form
  What is on its way isn't sent again, by mouse or by keyboard, and what didn't arrive can be sent again.

  Scenario Outline: A double click sends once, by <way>
    Given Ann has a form that is sent by <way>
    When she double-clicks Send
    Then it was sent once
    When the server answers
    Then sending it again makes it two

    Examples:
      | way     |
      | htmx    |
      | boosted |
      | button  |
      | plain   |

  Scenario Outline: Pressing Enter twice sends once, by <way>
    Given Ann has a form that is sent by <way>
    When she presses Enter twice
    Then it was sent once
    When the server answers
    Then sending it again makes it two

    Examples:
      | way     |
      | htmx    |
      | boosted |
      | plain   |

  Scenario Outline: A double click sends once, also when the answer is faster, by <way>
    Given Ann has a form that is sent by <way>
    When she double-clicks Send so slowly that the answer comes first
    Then sending it again makes it two

    Examples:
      | way    |
      | htmx   |
      | button |

  Scenario: Holding Enter sends once
    Given Ann has a form that is sent by htmx
    When she holds Enter until the answer is there, and longer
    Then sending it again makes it two

  Scenario: A form is busy until its answer is there
    Given Ann has a form that is sent by htmx
    When she presses Send
    Then what she sends is under way
    When the server answers
    Then she can send again

  Scenario: What the server failed to handle can be sent again
    Given Ann has a form that is sent by htmx
    And the server is broken
    When she presses Send
    Then the form's page says "Something went wrong on our end."
    And sending it again makes it two

  Scenario: What the network lost can be sent again
    Given Ann has a form that is sent by htmx
    When she presses Send without a network
    Then sending it again makes it one

  Scenario: What is never answered can be sent again
    Given Ann has a form that is sent by impatient
    When she presses Send
    Then the form's page says "The server isn't responding."
    And she can send again

  Scenario: A form stays usable after a download
    Given Ann has a form whose response is a download
    When she presses Send and has the file
    Then what she sends is under way
    When ten seconds have passed
    Then she can send again

  Scenario: A page that the browser has kept is usable again
    Given Ann has a form whose response is a download
    When she presses Send and has the file
    Then what she sends is under way
    When she comes back to the page as it was
    Then she can send again

  Scenario: A form is ready again once the list beside it is there
    Given Ann has a form that is sent by followed
    When she presses Send
    And the server answers
    Then the form's page says "The new list"
    And she can send again

  Scenario: A form may say that each click counts
    Given Ann has a form that is sent by queued
    When she double-clicks Send
    And the server answers
    Then it was sent twice

  Scenario: A button that closes the dialog sends nothing
    Given Ann has a form in a dialog
    When she presses Cancel
    Then the dialog is closed, and nothing was sent

  Scenario: A form that asks first keeps its input if the answer is no
    Given Ann has a form that is sent by asked
    When she types "bread"
    And she presses Send and changes her mind
    Then the form still has "bread"
    And she can send again
    And nothing was sent

  Scenario: A response that is cut off is told, and the input is back
    Given Ann has a form that is sent by cut
    When she types "bread"
    And she presses Send
    And the server answers
    Then the form's page says "The server isn't responding."
    And the form still has "bread"
