Feature: Accounts
  People make accounts, forget passwords and move to other addresses. Whatever is filled in here is filled in by keyboard alone,
  and every mail is read in the inbox.

  Scenario: Confirming the address in the browser that registered logs in
    When Ann registers by keyboard
    And she follows the link in her mail and confirms
    Then she is on the boards page

  Scenario: Confirming in another browser leads to the login page
    When Ann registers by keyboard
    And her link is followed and confirmed in another browser
    Then that browser is at the login page and says "Your email address is confirmed."
    And she can log in with her password

  Scenario: A wrong password is refused
    Given Ann has a verified account
    When she tries to log in with the password "not-what-she-chose"
    Then she reads "Incorrect email or password."
    And the field "Email" still holds her address
    And the field "Password" is empty
    And the boards are closed to her

  Scenario Outline: A weak password is refused, and nothing else has to be typed again
    When Ann tries to register with the password "<password>"
    Then the field "Password" is empty, has the focus and says "<problem>"
    And the fields "Name" and "Email" still hold what she typed
    When she types a good password and sends the form again
    Then she is told to check her mail

    Examples:
      | password         | problem                                                                 |
      | seven by 2       | Use at least 12 characters.                                             |
      | password12345    | This password is too easy to guess. Choose another one.                 |
      | teamboard-winter | Don't use your email address or the name of this site in your password. |

  Scenario: Registering with a taken address looks like any other registration
    Given Bob has a verified account
    When Ann registers with Bob's address
    Then she is told to check the mail of that address, as everybody is
    And Bob is mailed "You already have an account at Teamboard"
    And Bob can log in with his password

  Scenario: A confirmation link works once
    When Ann registers by keyboard
    And she follows the link in her mail and confirms
    And she opens the link again
    Then she reads "This link no longer works"

  Scenario: A link that was made up opens nothing
    When a visitor opens "/verify-email?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    Then she reads "This link no longer works"

  Scenario: A confirmation link lives for a day, and another can be asked for
    Given Ann registered in an app whose clock can be turned
    When 24 hours pass
    And she opens the link of that mail
    Then she reads "This link no longer works"
    When she asks for another link
    And she follows the newest link and confirms
    Then she is at the login page and reads "Your email address is confirmed."

  Scenario: Asking for a new password tells nobody who has an account
    Given Ann has a verified account
    When a new password is asked for at an address that nobody has, and then at hers
    Then both answers read the same
    And she is mailed "Reset your Teamboard password"
    And nothing was mailed to the address that nobody has

  Scenario: A forgotten password is replaced
    Given Ann is logged in
    When she asks for a new password on her phone
    And she follows the link in that mail there
    And she enters two different passwords there
    Then her phone says "The passwords don't match."
    When she enters a new password twice there
    Then her phone is at the login page and says "Your password was changed. Log in with the new one."
    And the boards are closed to her
    And she is mailed "Your Teamboard password was changed"
    And the link is dead
    And the new password logs her in and the old one does not

  Scenario: Who ticks the box stays logged in when the browser is started again
    Given Ann has a verified account
    When she logs in to stay, and starts her browser again
    Then the boards are open in it

  Scenario: An ordinary login ends with the browser
    Given Ann has a verified account
    When she logs in without staying, and starts her browser again
    Then the boards are closed in it

  Scenario: The profile can be changed
    Given Ann is logged in
    When she changes her name to "Ann-Marie" on her account page
    Then she reads "Your profile was saved."
    And the menu of every page says "Ann-Marie"

  Scenario: A picture for the profile is chosen, and shown from the own host
    Given Ann is logged in
    When she chooses a picture on her account page
    Then the picture is shown on it, from the app's own host

  Scenario: A new address is taken over when the old one and the new one have agreed, and the old one is told
    Given Ann is logged in
    When she asks for another address on her account page
    And she follows the link mailed to the old address and approves
    Then her account still has the address that it had
    When she follows the link mailed to the new address and confirms
    Then her account has the new address
    And the old address is mailed "Your Teamboard email address was changed"

  Scenario: A new password needs a recent login, and logs out every other device
    Given Ann is logged in on two devices to an app whose clock can be turned
    When 11 minutes pass
    And she opens her account page
    Then no form on it changes the password
    When she enters her password to go on
    And she changes her password
    Then she reads "Your password was changed, and your other devices were logged out."
    And her other device is logged out
    And she is mailed "Your Teamboard password was changed" by that app

  Scenario: With two-step login the password alone opens nothing
    Given Ann is logged in
    When she turns on two-step login with her authenticator app
    And she logs out and enters her password
    Then she is asked for a code, and the boards are closed to her
    When she enters a code of her app
    Then she is where the log-in leads
    And axe finds nothing on the pages of her two steps

  Scenario: Two-step login works without JavaScript, and a recovery code opens once when the phone is lost
    Given Dora is logged in with JavaScript switched off
    When she turns on two-step login with her authenticator app
    And she logs out and enters her password
    And she enters her first recovery code
    Then she is where the log-in leads
    When she logs out and enters her password
    And she enters her first recovery code
    Then she reads "That code isn't valid or has already been used."

  Scenario: A camera reads the key of two-step login, in light and in dark
    Given Dora is logged in with JavaScript switched off
    When she opens the page that turns on two-step login
    Then a camera reads the address of her key from it, in light and in dark

  Scenario: A deleted account is gone
    Given Ann is logged in
    When she deletes her account
    Then the boards are closed to her
    And her password no longer logs her in
