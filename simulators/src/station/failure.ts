/** Why a simulator could not do its work. Expected; the message is one sentence for the person at the shell. */
const failureReasons = [
  'no-station',
  'unreachable',
  'sign-in-refused',
  'not-authorised',
  'bad-answer',
  'mqtt-refused',
  'timeout',
  'not-demo',
  'data-folder',
  'other-estate',
  'already-running',
  'server-failed',
  'estate-failed',
  'screen-failed',
  'ambient-failed',
  'cameras-failed',
  'flood-failed',
  'recording',
  'unsafe-database',
  'stopped',
] as const;
type FailureReason = (typeof failureReasons)[number];

export class Failure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.name = 'Failure';
    this.reason = reason;
  }
}
