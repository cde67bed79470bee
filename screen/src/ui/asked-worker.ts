/**
 * A worker that answers questions one by one, and is there from the first on. One that fails answers nobody (null); the next
 * question has another.
 */
export class AskedWorker<Question extends object, Answer> {
  readonly #hire: () => Worker;
  readonly #waiting = new Map<number, (answer: Answer | null) => void>();
  #worker: Worker | null = null;
  #no = 0;

  constructor(hire: () => Worker) {
    this.#hire = hire;
  }

  ask(question: Question, transfer: Transferable[] = []): Promise<Answer | null> {
    const no = this.#no++;
    const worker = this.#here();
    return new Promise((resolve) => {
      this.#waiting.set(no, resolve);
      worker.postMessage({ no, question } satisfies Asked<Question>, transfer);
    });
  }

  #here(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = this.#hire();
    worker.onmessage = ({ data: { no, answer } }: MessageEvent<Answered<Answer>>) => {
      this.#waiting.get(no)?.(answer);
      this.#waiting.delete(no);
    };
    worker.onerror = () => this.#ended(worker);
    this.#worker = worker;
    return worker;
  }

  #ended(worker: Worker): void {
    worker.terminate();
    this.#worker = null;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}

interface Asked<Question> {
  no: number;
  question: Question;
}

interface Answered<Answer> {
  no: number;
  answer: Answer | null;
}

/** What a worker is, as far as it answers. */
interface AnsweringScope<Question, Answer> {
  onmessage: ((message: MessageEvent<Asked<Question>>) => void) | null;
  postMessage: (message: Answered<Answer>, transfer: Transferable[]) => void;
}

/** In the worker: `answer` gives what goes back, and what of it is handed over instead of copied. */
export function answerQuestions<Question, Answer>(
  scope: AnsweringScope<Question, Answer>,
  answer: (question: Question) => { answer: Answer | null; transfer?: Transferable[] },
): void {
  scope.onmessage = ({ data: { no, question } }) => {
    const { answer: given, transfer = [] } = answer(question);
    scope.postMessage({ no, answer: given }, transfer);
  };
}
