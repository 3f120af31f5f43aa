Feature: Feedback
  Visitors can write to the team.

  Scenario: The team receives feedback by mail
    When Carl sends the feedback "The new page is a joy"
    Then he is thanked
    And the mail "New feedback" is in the inbox
