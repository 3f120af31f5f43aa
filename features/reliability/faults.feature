Feature: Fault tolerance
  The disk, the database, Redis and the mail server fail under a running server, one after another, and nothing is lost.

  Scenario: Writers wait for a database that another program has locked, and none of them fails
    When another program keeps the database locked for 3 seconds under load
    Then every request succeeds, and every acknowledged row exists
    And the 99th percentile of the event loop delay stays within 250 ms of a process that doesn't use the database

  Scenario: A full disk stops writes and nothing else
    Given a machine that can mount a small disk
    When the disk fills up under a running server and is freed again
    Then writes fail with a page that reveals nothing about the server
    And reads and live streams keep working
    And writes work again without a restart, with nothing lost and the file intact

  Scenario: A server killed while writing loses nothing it has acknowledged
    When the server is killed 2 times while eight clients write
    Then every acknowledged row exists, no transaction is partial, and the file is intact

  Scenario: An unresponsive mail server neither slows pages down nor loses mail
    When mail is sent to a mail server that never responds, and later both servers are restarted
    Then each page responds within 500 ms, and every mail arrives

  Scenario: No acknowledged job is lost when Redis is killed and restarted
    Given a machine with Redis installed
    When Redis is down for 1 second under load
    Then no page fails, and every acknowledged job runs

  Scenario: A server killed between a commit and the message about it leaves no page out of date
    Given a machine with Redis installed
    When one of two servers is killed right after a commit, and another takes its place
    Then the pages of both show the commit within a heartbeat
    And a server that is stopped in an orderly way makes the other one load nothing

  Scenario: A server that shuts down finishes its running jobs and leaves the rest to the next one
    When a server is told to shut down while ten jobs run and one waits
    Then it exits cleanly with ten jobs done, and the next server runs the remaining one

  Scenario Outline: A rolling restart behind a proxy fails no request and loses no message
    Given a machine with Redis and <proxy> installed
    When two servers behind <proxy>, set up as in the guide, are restarted one after the other under load
    Then no request has failed, and every page has received every broadcast
    And each server has exited within its grace period

    Examples:
      | proxy |
      | nginx |
      | caddy |

  Scenario: A stream that never ends doesn't keep a server from shutting down
    When a server is told to shut down while a stream of its own is open
    Then it exits in time with code 0

  Scenario: Redis that doesn't respond doesn't keep a server from shutting down
    Given a machine with Redis installed
    When a server is told to shut down while Redis hangs
    Then it exits in time with code 0

  Scenario: A database that doesn't respond doesn't keep a server from shutting down
    Given a machine with PostgreSQL running
    When a server is told to shut down while the database hangs
    Then it exits in time with code 1

  Scenario: A server that crashes ends although a stream is open
    When a server crashes while a stream of its own is open
    Then it exits in time with code 1

  Scenario: A second signal ends a server at once
    When a server that waits for a request is told to shut down twice
    Then it exits in time with code 1
