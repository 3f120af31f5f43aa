/** Another good password, for people who change theirs. */
export const newPassword = "copper-lantern-walks-home";

/** What the login page says about a wrong address as well as about a wrong password. */
export const wrongLogin = "Incorrect email or password.";
