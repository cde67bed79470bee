/** Why the server could not start: a closed list, so that scripts and tests can tell the cases apart. */
export type StartupReason =
  /** A setting is missing or wrong. */
  | 'setting'
  /** A port that the server must listen on is taken. */
  | 'port-taken'
  /** The data folder cannot be made, read or written. */
  | 'folder'
  /** Another server works on this data folder. */
  | 'already-running'
  /** No Postgres binaries for this platform, or they do not run here. */
  | 'no-binaries'
  /** Started as root, and no unprivileged user could be had for Postgres. */
  | 'service-user'
  | 'disk-full'
  /** The embedded database does not start. */
  | 'database-start'
  /** The data folder belongs to another major version of Postgres. */
  | 'database-version'
  /** The database does not answer where it is expected. */
  | 'database-unreachable'
  /** The database knows neither this user nor this password, or its passwords are lost. */
  | 'database-refused'
  /** A database user lacks a right that it needs, or has one that it must not have. */
  | 'database-rights'
  /** A migration that was applied has been changed, is missing, or fails. */
  | 'migration'
  /** The database was made by a newer version of this program. */
  | 'database-newer'
  /** The estate folder holds lines that are not an estate. */
  | 'estate-invalid'
  /** The estate clashes with what the database already holds. */
  | 'estate-clash';

/**
 * An expected failure of the start. `main` prints the message, one clear sentence for people without a
 * stack trace, and exits with code 1.
 */
export class StartupError extends Error {
  readonly reason: StartupReason;

  constructor(reason: StartupReason, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'StartupError';
    this.reason = reason;
  }
}
