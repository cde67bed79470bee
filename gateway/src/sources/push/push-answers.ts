/** Every answer to a push: its status, its sentence, and whether a later try may help (then `Retry-After`). */
interface PushAnswer {
  readonly status: number;
  readonly sentence: string;
  readonly retryAfterS?: number;
}

/** Also the label of the metric. `stored` alone promises something: all of the body is stored. */
export const pushAnswers = {
  stored: { status: 200, sentence: 'Stored.' },
  verified: { status: 200, sentence: 'The address is verified.' },
  'unknown-path': { status: 404, sentence: 'Push to /ingest/v1/{source}.' },
  'unknown-source': { status: 404, sentence: 'There is no such source.' },
  'wrong-method': { status: 405, sentence: 'Messages are sent by POST.' },
  'token-missing': {
    status: 401,
    sentence: 'Say who you are: Authorization: Bearer, token=, or a signature.',
  },
  'wrong-token': { status: 401, sentence: 'The token is not that of this source.' },
  'wrong-signature': { status: 401, sentence: 'The signature does not fit message, nonce and token.' },
  revoked: { status: 403, sentence: 'This source was revoked.' },
  'not-authorised': { status: 403, sentence: 'No device of the body lies in the area of this source.' },
  'empty-body': { status: 400, sentence: 'The body is empty.' },
  'slow-body': { status: 408, sentence: 'The body did not come in time.' },
  'body-too-large': { status: 413, sentence: 'The body is larger than 1 MiB.' },
  'too-many-messages': { status: 413, sentence: 'The body holds more than 1,000 messages.' },
  'wrong-type': { status: 415, sentence: 'The body is JSON, as application/json, not compressed.' },
  'too-fast': { status: 429, sentence: 'Slower, please.', retryAfterS: 1 },
  full: { status: 503, sentence: 'Too much waits to be stored. Send it again.', retryAfterS: 5 },
  'not-stored-yet': {
    status: 503,
    sentence: 'It could not be stored in time. Send it again.',
    retryAfterS: 5,
  },
  unavailable: { status: 503, sentence: 'The database does not answer. Send it again.', retryAfterS: 5 },
} as const satisfies Record<string, PushAnswer>;
export type PushAnswerName = keyof typeof pushAnswers;

/** A push that is not taken; what was read of it has left no trace. */
export class PushRefusal extends Error {
  readonly answer: PushAnswerName;

  constructor(answer: PushAnswerName, options?: ErrorOptions) {
    super(answer, options);
    this.name = 'PushRefusal';
    this.answer = answer;
  }
}

export function describeAnswer(name: PushAnswerName): PushAnswer {
  return pushAnswers[name];
}
