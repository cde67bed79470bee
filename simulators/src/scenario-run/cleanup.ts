/** What undoes something that a run did; called in reverse order. */
export type Cleanup = () => Promise<unknown>;
