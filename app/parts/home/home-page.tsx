/** What a visitor sees first. */
export function HomePage({ isLoggedIn }: { readonly isLoggedIn: boolean }) {
  return (
    <>
      <section class="hero">
        <div class="hero-text">
          <h1>A board that moves with your team</h1>
          <p class="lead">
            Cards for what is to be done, what is being done, and what is done. When somebody moves one, it moves in
            front of everybody. No reload, no refresh button, nothing to install.
          </p>
          {isLoggedIn ? (
            <p class="actions">
              <a class="button" href="/boards">
                Open the boards
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
      <section class="promises" aria-label="What you can count on">
        {promises.map(({ title, text }) => (
          <div>
            <h2>{title}</h2>
            <p>{text}</p>
          </div>
        ))}
      </section>
    </>
  );
}

const promises = [
  {
    title: "Live for everybody",
    text: "Each change shows at once in every open page, and what happened while you were away is there when you come back.",
  },
  {
    title: "Your words are safe",
    text: "Updates never touch what you are typing. Two people on the same card are told, and both versions are kept.",
  },
  {
    title: "Plain and quick",
    text: "Pages of a few kilobytes that work with a keyboard, with a screen reader, on a phone, and without JavaScript.",
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
