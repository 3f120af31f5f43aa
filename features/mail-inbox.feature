Feature: The development inbox
  Every mail that the app sends in development is in the inbox, to be looked at from all sides.

  Scenario: The list grows while one looks at it
    Given a developer has the inbox open
    When the app sends the mails "Lunch at noon" and "Lunch moved to one"
    Then the list shows "Lunch moved to one" above "Lunch at noon", without being loaded again
    And the list counts 2 mails

  Scenario: Mails are found by their words and addresses
    Given the app has sent a mail "Invoice 2041" to "carla@example.test" and a mail "Holiday photos" to "dan@example.test"
    And a developer has the inbox open
    When the developer searches for "carla"
    Then the list shows "Invoice 2041" alone
    When the developer searches for "photos holiday"
    Then the list shows "Holiday photos" alone
    When the developer searches for "nothing like it"
    Then the list says that no mail has these words

  Scenario: The HTML of a mail is shown in a frame that can do nothing
    Given the app has sent a mail whose HTML would run a script, load a picture from elsewhere and send a form
    When the developer opens it
    Then its frame is sandboxed, without scripts and without an origin
    And the script did not run, and nothing was asked of another site

  Scenario: A mail can be seen as on a phone, on a desktop and in the dark
    Given the app has sent a mail with HTML, text, two links and an attachment
    When the developer opens it
    And the developer chooses "Phone"
    Then the frame is about as wide as a phone
    When the developer chooses "Desktop"
    Then the frame is wider than a phone
    When the developer chooses "Dark"
    Then the mail inside sees a dark scheme

  Scenario: Text, links, attachment, headers and source of a mail
    Given the app has sent a mail with HTML, text, two links and an attachment
    When the developer opens it
    Then the view "Text" shows "The plain words"
    And the view "Links" lists both links
    And the view "Files" gives the attachment back, byte for byte
    And the view "Headers" shows its subject and its addresses
    And the view "Source" shows the whole message, and it can be downloaded

  Scenario: Every message can be looked at before it is ever sent
    When a developer opens "/__mail/templates"
    Then the list has each of the framework's messages
    And each of them shows its heading with sample data
    And no mail was sent by looking

  Scenario: The inbox is emptied by a button
    Given the app has sent a mail "Invoice 2041" to "carla@example.test" and a mail "Holiday photos" to "dan@example.test"
    And a developer has the inbox open
    When the developer clears it
    Then the list says that there is no mail yet

  Scenario: Mails are still there when the app is started again
    Given the app has sent a mail "Kept for tomorrow", and was started again
    When a developer looks into the inbox of the new start
    Then the list shows "Kept for tomorrow" alone

  Scenario: Each page has one heading of the first rank, on a phone and on a desk
    Given the app has sent a mail "Invoice 2041" to "carla@example.test" and a mail "Holiday photos" to "dan@example.test"
    Then exactly one is there, narrow and wide, at "/__mail", at "/__mail/templates" and at an open mail
