Feature: Every kind of control
  Text, numbers, dates, choices, files and controls next to the form: all of it goes to the server and back, however the form is made,
  with and without JavaScript.

  Scenario Outline: A form <way> has its input until the server accepts it
    Given Ann has a form <way> with every kind of control
    When she fills in every control
    And she sends it, and the server refuses it
    Then every control is as she left it
    When she sends it, and the server fails
    Then every control is as she left it
    When she sends it, and the network fails
    Then every control is as she left it
    When she sends it, and the server accepts it
    Then the server has what she filled in
    And every control is as it was at first

    Examples:
      | way       |
      | made      |
      | made?live |
      | boosted   |
      | emptied   |
      | replaced  |

  Scenario Outline: Without JavaScript, a form <way> has its input until the server accepts it
    Given Ann has a form <way> with every kind of control, and JavaScript turned off
    When she fills in every control
    And she sends it, and the server refuses it
    Then every control inside it but the file is as she left it

    Examples:
      | way   |
      | made  |
      | plain |

  Scenario Outline: Without JavaScript, a form <way> sends the same
    Given Ann has a form <way> with every kind of control, and JavaScript turned off
    When she fills in every control
    And she sends it, and the server accepts it
    Then the server has what she filled in
    And every control is as it was at first

    Examples:
      | way   |
      | made  |
      | plain |

  Scenario Outline: A button of a form <way> says where to send it
    Given Ann has a form <way> with every kind of control
    When she fills in every control
    And she sends it elsewhere, and the server accepts it
    Then the server elsewhere has what she filled in

    Examples:
      | way     |
      | made    |
      | boosted |
      | emptied |
      | plain   |

  Scenario Outline: What is changed while a form <way> is on its way belongs to the next entry
    Given Ann has a form <way> with every kind of control
    When she fills in every control
    And she sends it, and changes some of it before the server accepts it
    Then what she changed stays, and the others are as they were at first

    Examples:
      | way       |
      | made?live |
      | emptied   |
      | replaced  |

  Scenario: What is changed while a form is on its way stays if it fails
    Given Ann has a form emptied with every kind of control
    When she fills in every control
    And she sends it, and changes some of it before the server fails
    Then what she changed stays, and the others are as she sent them

  Scenario: A form that a page shows as refused is empty once it's accepted
    Given Ann has a form emptied with every kind of control
    When she fills in every control
    And the browser sends it, and the server refuses it
    And she sends it, and the server accepts it
    Then no control has what was refused
