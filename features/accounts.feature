Feature: Accounts
  People sign up, forget passwords and change addresses. All forms here are filled in with the keyboard alone, and all mail is
  read in the development inbox.

  Scenario: Confirming the address in the same browser logs in
    When Ann registers with the keyboard
    And she follows the link in her mail and confirms
    Then she is on the boards page

  Scenario: Confirming in another browser takes the password
    When Ann registers with the keyboard
    And her link is opened in another browser and confirmed with her password
    Then that browser is logged in and shows "Your email address is confirmed."

  Scenario: An account that a stranger created becomes the owner's with a new password
    Given a stranger has created an account with Ann's address and logged in to it
    When Ann opens the link in her mail and chooses a new password
    Then she can log in with it
    And the stranger is logged out and can't log in

  Scenario: A wrong password is rejected
    Given Ann has a verified account
    When she tries to log in with the password "not-what-she-chose"
    Then she sees "Incorrect email or password."
    And the field "Email" still contains her address
    And the field "Password" is empty
    And she can't open the boards

  Scenario Outline: A weak password is rejected, and nothing else has to be typed again
    When Ann tries to register with the password "<password>"
    Then the field "Password" is empty, focused and says "<problem>"
    And the fields "Name" and "Email" still contain what she typed
    When she types a good password and submits the form again
    Then she is told to check her mail

    Examples:
      | password         | problem                                                                 |
      | seven by 2       | Use at least 12 characters.                                             |
      | password12345    | This password is too easy to guess. Choose another one.                 |
      | teamboard-winter | Don't use your email address or the name of this site in your password. |

  Scenario: Registering with a taken address looks like any other registration
    Given Bob has a verified account
    When Ann registers with Bob's address
    Then she sees the same page as anyone who registers
    And Bob receives the mail "You already have an account at Teamboard"
    And Bob can log in with his password

  Scenario: A confirmation link works once
    When Ann registers with the keyboard
    And she follows the link in her mail and confirms
    And she opens the link again
    Then she sees "This link no longer works"

  Scenario: A made-up confirmation link doesn't work
    When a visitor opens "/verify-email?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    Then she sees "This link no longer works"

  Scenario: A confirmation link expires after a day, and a new one can be requested
    Given Ann has registered in an app with a test clock
    When 24 hours pass
    And she opens the link again
    Then she sees "This link no longer works"
    When she requests a new link
    And she follows the newest link and confirms with her password
    Then she sees "Your email address is confirmed."

  Scenario: Requesting a password reset doesn't reveal who has an account
    Given Ann has a verified account
    When a password reset is requested for an unknown address and then for hers
    Then both pages read the same
    And she receives the mail "Reset your Teamboard password"
    And the unknown address receives no mail

  Scenario: A forgotten password can be reset
    Given Ann is logged in
    When she requests a password reset on her phone
    And she opens the link from that mail on her phone
    And she enters two different passwords there
    Then her phone shows "The passwords don't match."
    When she enters the same new password twice there
    Then her phone is on the login page and shows "Your password was changed. Log in with the new one."
    And she can't open the boards
    And she receives the mail "Your Teamboard password was changed"
    And the link doesn't work anymore
    And she can log in with the new password only

  Scenario: "Keep me logged in" lasts when the browser restarts
    Given Ann has a verified account
    When she logs in to stay logged in, and restarts her browser
    Then she can still open the boards there

  Scenario: An ordinary login ends when the browser closes
    Given Ann has a verified account
    When she logs in for this visit only, and restarts her browser
    Then she can no longer open the boards there

  Scenario: The profile can be edited
    Given Ann is logged in
    When she changes her name to "Ann-Marie" on her account page
    Then she sees "Your profile was saved."
    And the menu of every page says "Ann-Marie"

  Scenario: A profile picture is uploaded and served by the app itself
    Given Ann is logged in
    When she uploads a picture on her account page
    Then the page shows it, served by the app itself

  Scenario: A new address takes effect when the old and the new one have agreed, and the old one is told
    Given Ann is logged in
    When she requests a new address on her account page
    And she follows the link mailed to the old address and approves
    Then her account still has the old address
    When she follows the link mailed to the new address and confirms
    Then her account has the new address
    And she receives the mail "Your Teamboard email address was changed"

  Scenario: Changing the password needs a recent login and logs out all other devices
    Given Ann is logged in on two devices in an app with a test clock
    When 11 minutes pass
    And she opens her account page
    Then it has no form to change the password
    When she enters her password to continue
    And she changes her password
    Then she sees "Your password was changed, and your other devices were logged out."
    And her other device is logged out
    And she receives the mail "Your Teamboard password was changed"

  Scenario: With two-step login the password alone isn't enough
    Given Ann is logged in
    When she turns on two-step login with her authenticator app
    And she logs in again with her password
    Then she is asked for a code and can't open the boards yet
    When she enters a code from her app
    Then she is logged in
    And axe reports no violations on the pages of two-step login

  Scenario: Two-step login works without JavaScript, and a recovery code works once
    Given Dora is logged in with JavaScript turned off
    When she turns on two-step login with her authenticator app
    And she logs in again with her password
    And she enters her first recovery code
    Then she is logged in
    When she logs in again with her password
    And she enters her first recovery code
    Then she sees "That code isn't valid or has already been used."

  Scenario: A camera can read the QR code of two-step login in light and dark mode
    Given Dora is logged in with JavaScript turned off
    When she opens the page that turns on two-step login
    Then a camera can read the QR code there in light and dark mode

  Scenario: A deleted account is gone
    Given Ann is logged in
    When she deletes her account
    Then she can't open the boards
    And her password no longer works
