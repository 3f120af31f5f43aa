import { ExamplePage } from "../example-page.tsx";

/** The latest relayed reading of each city, and the options for it. */
export function RelayPage() {
  return (
    <ExamplePage
      title="Weather, relayed"
      lead="Readings from another server, in your units, filtered and rate-limited."
      links={{ "Weather, relayed": "/" }}
      script="/relay.js"
    >
      <form id="options" class="panel fields">
        <label>
          Temperature in
          <select name="unit">
            <option value="fahrenheit">°F</option>
            <option value="celsius">°C</option>
          </select>
        </label>
        <label>
          Prices in
          <select name="currency">
            <option>USD</option>
            <option>EUR</option>
            <option>JPY</option>
          </select>
        </label>
        <label>
          From (degrees)
          <input name="min" type="number" step="any" />
        </label>
        <label>
          To (degrees)
          <input name="max" type="number" step="any" />
        </label>
        <label>
          Per second, at most
          <input name="perSecond" type="number" min={0} max={1000} step="any" value="2" />
        </label>
      </form>
      <section class="panel">
        <table>
          <thead>
            <tr>
              <th scope="col">City</th>
              <th scope="col">Temperature</th>
              <th scope="col">Cup of coffee</th>
            </tr>
          </thead>
          <tbody id="readings" />
        </table>
        <p id="state" role="status">
          Connecting…
        </p>
        <p id="counts" />
        <p class="actions">
          <button id="cut" class="quiet" type="button">
            Cut the connection to the upstream
          </button>
        </p>
      </section>
    </ExamplePage>
  );
}
