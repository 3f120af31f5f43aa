Feature: Feedback
  Visitors reach the team by mail.

  Scenario: Feedback lands in the team's mailbox
    When Carl sends the feedback "The new page is a joy"
    Then he is thanked
    And the mail "New feedback" is in the inbox
