Feature: Development inbox
  All mail that the app sends in development lands in the inbox, where you can inspect every part of it.

  Scenario: The list grows while it is open
    Given a developer has the inbox open
    When the app sends the emails "Lunch at noon" and "Lunch moved to one"
    Then the list shows "Lunch moved to one" above "Lunch at noon" without a reload
    And the list counts 2 emails

  Scenario: Mail can be found by words and addresses
    Given the app has sent the mail "Invoice 2041" to "carla@example.test" and the mail "Holiday photos" to "dan@example.test"
    And a developer has the inbox open
    When the developer searches for "carla"
    Then the list shows only "Invoice 2041"
    When the developer searches for "photos holiday"
    Then the list shows only "Holiday photos"
    When the developer searches for "nothing like it"
    Then the list says that nothing matches

  Scenario: The HTML of a mail is shown in a sandboxed frame
    Given the app has sent a mail whose HTML runs a script, loads a remote image and submits a form
    When the developer opens it
    Then its frame is sandboxed without scripts and without an origin
    And the script doesn't run, and no request leaves the page

  Scenario: A mail can be previewed on a phone, on a desktop and in dark mode
    Given the app has sent a mail with HTML, text, two links and an attachment
    When the developer opens it
    And the developer chooses "Phone"
    Then the frame is about as wide as a phone
    When the developer chooses "Desktop"
    Then the frame is wider than a phone
    When the developer chooses "Dark"
    Then the mail is shown in dark mode

  Scenario: Text, links, attachments, headers and source of a mail
    Given the app has sent a mail with HTML, text, two links and an attachment
    When the developer opens it
    Then the view "Text" shows "The plain words"
    And the view "Links" lists both links
    And the view "Files" offers the attachment, byte for byte
    And the view "Headers" shows its subject and addresses
    And the view "Source" shows the whole message and offers it as a download

  Scenario: Every message can be previewed without sending it
    When a developer opens "/__mail/templates"
    Then the list contains every message of the framework
    And each of them shows its heading with sample data
    And the preview has sent no mail

  Scenario: A button clears the inbox
    Given the app has sent the mail "Invoice 2041" to "carla@example.test" and the mail "Holiday photos" to "dan@example.test"
    And a developer has the inbox open
    When the developer clears it
    Then the list says that there is no email yet

  Scenario: Mail survives a restart of the app
    Given the app has sent the mail "Kept for tomorrow" and was restarted
    When a developer opens the inbox of the restarted app
    Then the list shows only "Kept for tomorrow"

  Scenario: Each page has exactly one h1 on phones and desktops
    Given the app has sent the mail "Invoice 2041" to "carla@example.test" and the mail "Holiday photos" to "dan@example.test"
    Then "/__mail", "/__mail/templates" and an open mail have exactly one h1 on narrow and wide screens
