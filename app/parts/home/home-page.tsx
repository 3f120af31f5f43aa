/** The landing page. */
export function HomePage({ isLoggedIn }: { readonly isLoggedIn: boolean }) {
  return (
    <>
      <section class="hero">
        <div class="hero-text">
          <h1>A board that moves with your team</h1>
          <p class="lead">
            Cards for what’s to do, what’s in progress and what’s done. When someone moves a card, it moves on
            everyone’s screen. No reload, no refresh button, nothing to install.
          </p>
          {isLoggedIn ? (
            <p class="actions">
              <a class="button" href="/boards">
                Open boards
              </a>
            </p>
          ) : (
            <p class="actions">
              <a class="button" href="/register">
                Create an account
              </a>
              <a class="button secondary" href="/login">
                Log in
              </a>
            </p>
          )}
        </div>
        <BoardPicture />
      </section>
      <section class="features" aria-label="Features">
        {features.map(({ title, text }) => (
          <div>
            <h2>{title}</h2>
            <p>{text}</p>
          </div>
        ))}
      </section>
    </>
  );
}

const features = [
  {
    title: "Live for everyone",
    text: "Every change appears on all open pages at once. If you were away, you catch up as soon as you’re back.",
  },
  {
    title: "Your text is safe",
    text: "Updates never touch what you’re typing. If two people edit the same card, both are told and both versions are kept.",
  },
  {
    title: "Simple and fast",
    text: "Pages of a few kilobytes that work with a keyboard, with a screen reader, on a phone and without JavaScript.",
  },
] as const;

function BoardPicture() {
  return (
    <div class="board-picture" aria-hidden="true">
      {picture.map(({ title, cards }) => (
        <div class="picture-column">
          <span class="picture-title">{title}</span>
          {cards.map((card) => (
            <span class={card.isMoving ? "picture-card is-moving" : "picture-card"}>
              {card.text}
              {card.isMoving ? <span class="picture-name">Ann</span> : null}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

const picture = [
  {
    title: "To do",
    cards: [
      { text: "Invite the testers", isMoving: false },
      { text: "Write the welcome mail", isMoving: false },
      { text: "Order 40 chairs", isMoving: false },
    ],
  },
  {
    title: "Doing",
    cards: [
      { text: "Print the badges", isMoving: false },
      { text: "Draw the floor plan", isMoving: true },
    ],
  },
  {
    title: "Done",
    cards: [
      { text: "Find a room", isMoving: false },
      { text: "Agree on a date", isMoving: false },
    ],
  },
] as const;
