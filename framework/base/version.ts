/** The version of the framework, semver; checked against package.json by a test. "alpha" while the product is pre-1.0. */
export const version = "0.1.0-alpha.0";
