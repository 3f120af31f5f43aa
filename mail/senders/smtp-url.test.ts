import { describe, expect, it } from "vitest";
import { parseSmtpUrl } from "./smtp-url.ts";

describe("parseSmtpUrl", () => {
  it("requires TLS when there is a password", () => {
    expect(parseSmtpUrl("smtp://ada:p%40ss@mail.example.com")).toEqual({
      host: "mail.example.com",
      port: 587,
      secure: false,
      requireTls: true,
      user: "ada",
      password: "p@ss",
    });
  });

  it("uses TLS from the start for smtps", () => {
    expect(parseSmtpUrl("smtps://mail.example.com")).toMatchObject({ port: 465, secure: true });
  });

  it("doesn't require TLS on localhost", () => {
    expect(parseSmtpUrl("smtp://u:p@127.0.0.1:1025")).toMatchObject({ port: 1025, requireTls: false });
  });

  it("lets the URL set whether TLS is required", () => {
    expect(parseSmtpUrl("smtp://u:p@mail.example.com?tls=optional").requireTls).toBe(false);
    expect(parseSmtpUrl("smtp://mail.example.com?tls=required").requireTls).toBe(true);
  });

  it.each([
    "http://u:hunter2@mail.example.com",
    "smtp://u:hunter2@mail.example.com:99999",
    "smtp://u:hunter2@",
    "u:hunter2@mail.example.com",
    "smtp://u:hunter2%zz@mail.example.com",
    "smtp://u:hunter2@mail.example.com?tls=maybe",
    "smtp://u:hun@ter2@:25",
  ])("names the setting but not the password of %s", (url) => {
    const refused = () => parseSmtpUrl(url);

    expect(refused).toThrow(/^SMTP_URL /);
    expect(refused).not.toThrow(/hun|ter2/);
  });
});
