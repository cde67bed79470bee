import type { OutboxEntry } from './outbox.ts';

/** The database of this phone, which outlives a closed app: acts and photos that wait, and what was known last. */
const name = 'fenghuo-respond';
const version = 1;
const stores = ['outbox', 'known'] as const;
type StoreName = (typeof stores)[number];

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('outbox', { keyPath: 'no', autoIncrement: true });
      request.result.createObjectStore('known');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** One act on one store; resolves when it is on disk, as far as a browser says. */
async function inStore<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** An entry as it is before the store has numbered it. */
export type NewEntry = {
  [K in OutboxEntry['kind']]: Omit<Extract<OutboxEntry, { kind: K }>, 'no'>;
}[OutboxEntry['kind']];

export const phoneStore = {
  entries: () => inStore<OutboxEntry[]>('outbox', 'readonly', (store) => store.getAll()),
  addEntry: (entry: NewEntry) => inStore('outbox', 'readwrite', (store) => store.add(entry)),
  putEntry: (entry: OutboxEntry) => inStore('outbox', 'readwrite', (store) => store.put(entry)),
  removeEntry: (no: number) => inStore('outbox', 'readwrite', (store) => store.delete(no)),
  /** Whatever was kept under a name; its caller knows what. */
  known: (key: string) => inStore<unknown>('known', 'readonly', (store) => store.get(key)),
  keepKnown: (key: string, value: unknown) => inStore('known', 'readwrite', (store) => store.put(value, key)),
  /** Somebody else may hold the phone next. What waits in the outbox stays: it is not theirs to send. */
  forgetKnown: () => inStore('known', 'readwrite', (store) => store.clear()),
};
