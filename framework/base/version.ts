/** The framework's version (semver). It must match package.json. */
export const version = "0.1.0-alpha.0";
