import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import type {
  ConnectedWalls,
  OrderInForce,
  Showing,
  WallOrders,
  WallRequest,
  WallScreen,
} from '@fenghuo/contracts/wall-orders.ts';
import { type AreaScope, sees } from '../access/area-scope.ts';
import { maskName } from '../access/personal-data.ts';
import { afterRequest, inForce } from './wall-orders.ts';

interface Watcher {
  id: string;
  who: () => WhoAmI;
  scope: () => AreaScope;
  mayDirect: () => boolean;
  mayReadPersonal: () => boolean;
  tellWalls: (message: ConnectedWalls) => void;
  tellOrders: (message: WallOrders) => void;
}

/** Changes are gathered for this long, so that a wall that starts up is one message. Milliseconds. */
const gatherMs = 100;

/**
 * The walls that are connected to this process: what each shows, and what it was told to show. Kept in memory only;
 * each order ends by itself, on the wall as here, by its `until`.
 */
export class WallBoard {
  readonly #clock: () => number;
  readonly #watchers = new Map<string, Watcher>();
  readonly #showing = new Map<string, NonNullable<Showing>>();
  /** By account, also while its wall is away: it comes back to what it was told. */
  readonly #orders = new Map<string, OrderInForce[]>();
  /** What each desk was told last. */
  readonly #told = new Map<string, string>();
  #gathering: NodeJS.Timeout | null = null;

  constructor({ clock }: { clock: () => number }) {
    this.#clock = clock;
  }

  stop(): void {
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    this.#watchers.clear();
  }

  join(watcher: Watcher): void {
    this.#watchers.set(watcher.id, watcher);
    this.#gather();
  }

  leave(id: string): void {
    this.#watchers.delete(id);
    this.#told.delete(id);
    if (this.#showing.delete(id)) this.#gather();
  }

  /** Somebody's area changed. */
  rescoped(): void {
    this.#gather();
  }

  /** A wall says what it shows; the first time it is told what it has been told to show. */
  show(id: string, showing: Showing): void {
    const watcher = this.#watchers.get(id);
    if (watcher === undefined) return;
    const isNew = !this.#showing.has(id);
    if (showing === null) this.#showing.delete(id);
    else this.#showing.set(id, showing);
    if (isNew && showing !== null) this.#tellOrders(watcher);
    this.#gather();
  }

  /** Whether such a wall is connected in this area. */
  shows(account: string, scope: AreaScope): boolean {
    return this.#walls().some(
      (watcher) => watcher.who().account === account && sees(scope, watcher.who().area),
    );
  }

  direct(account: string, request: WallRequest, by: string): void {
    const orders = afterRequest(this.#orders.get(account) ?? [], request, { by, now: this.#clock() });
    if (orders.length === 0) this.#orders.delete(account);
    else this.#orders.set(account, orders);
    for (const watcher of this.#walls()) if (watcher.who().account === account) this.#tellOrders(watcher);
    this.#gather();
  }

  #walls(): Watcher[] {
    return [...this.#watchers.values()].filter(({ id }) => this.#showing.has(id));
  }

  #ordersOf(account: string): OrderInForce[] {
    return inForce(this.#orders.get(account) ?? [], this.#clock());
  }

  #tellOrders({ who, mayReadPersonal, tellOrders }: Watcher): void {
    const orders = this.#ordersOf(who().account);
    tellOrders({ orders: mayReadPersonal() ? orders : orders.map(masked) });
  }

  /** A desk hears of the walls that it may drive, and only when something of them changed. */
  #tellWalls({ id, scope, mayDirect, tellWalls }: Watcher): void {
    if (!mayDirect()) return;
    const message: ConnectedWalls = { walls: this.#seenBy(scope()) };
    const text = JSON.stringify(message);
    if (this.#told.get(id) === text) return;
    this.#told.set(id, text);
    tellWalls(message);
  }

  #seenBy(scope: AreaScope): WallScreen[] {
    const seen = this.#walls().filter(({ who }) => sees(scope, who().area));
    return [...Map.groupBy(seen, ({ who }) => who().account)].map(([account, watchers]) => {
      const { name, area } = watchers[0]!.who();
      const screens = watchers.map(({ id }) => this.#showing.get(id)!);
      return { account, name, area, screens, orders: this.#ordersOf(account) };
    });
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      for (const watcher of this.#watchers.values()) this.#tellWalls(watcher);
    }, gatherMs);
  }
}

function masked(order: OrderInForce): OrderInForce {
  return { ...order, by: maskName(order.by) };
}
