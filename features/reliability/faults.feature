Feature: What breaks is not lost
  The disk, the database, Redis and the mail server fail under a real server, one after another.

  Scenario: A database that another program has locked makes writers wait, not fail
    When another program keeps the database locked for 3 seconds under load
    Then every request has been answered well, and everything acknowledged is there
    And the server has stood still less than 50 ms longer than a process that waits for no database, but for one moment in a hundred

  Scenario: A full disk stops writing and nothing else
    Given a machine that lets us mount a small disk
    When the disk becomes full under a running server, and is freed again
    Then writing was refused with a page that tells nothing of the inside
    And reading and live streams went on
    And writing went on without a restart, with nothing lost and the file intact

  Scenario: A server that is killed while it writes loses nothing that it acknowledged
    When the server is killed 2 times while eight clients write
    Then everything acknowledged is there, nothing by half, and the file intact

  Scenario: A mail server that says nothing slows no page and costs no mail
    When mails are sent to a mail server that never answers, and later both servers come back
    Then each page took less than 500 ms, and every mail arrived

  Scenario: A Redis that is killed and comes back costs no acknowledged job
    Given a machine on which Redis is installed
    When Redis is away for 1 second under load
    Then no page has failed, and every acknowledged job has run

  Scenario: A server that is told to end finishes its jobs and leaves the rest
    When a server is told to end while ten jobs run and one waits
    Then it has ended in order with ten jobs done, and the next server did the one that was left
