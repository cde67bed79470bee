import type {
  Change,
  ChangesMessage,
  ClientToServer,
  CountyFacts,
  ServerToClient,
  Snapshot,
} from '@fenghuo/contracts/push.ts';
import type { AlarmRecord, DrillRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type Workflow, workflowRef } from '@fenghuo/contracts/workflow.ts';
import { io, type Socket } from 'socket.io-client';
import type { RestSession } from './rest-session.ts';

/** The open world as the socket told it: snapshot, then tail. Closed records leave it. */
export interface World {
  /** Change number of this world. */
  no: number;
  county: CountyFacts;
  alarms: Map<string, AlarmRecord>;
  incidents: Map<string, IncidentRecord>;
  tickets: Map<string, TicketRecord>;
  drills: Map<string, DrillRecord>;
  /** By the name under which a ticket has it. */
  workflows: Map<string, Workflow>;
}

export function worldOf(snapshot: Snapshot): World {
  const keyed = <T extends { id: string }>(records: T[]) =>
    new Map(records.map((record) => [record.id, record]));
  return {
    no: snapshot.no,
    county: snapshot.county,
    alarms: keyed(snapshot.alarms),
    incidents: keyed(snapshot.incidents),
    tickets: keyed(snapshot.tickets),
    drills: keyed(snapshot.drills),
    workflows: new Map(snapshot.workflows.map((workflow) => [workflowRef(workflow), workflow])),
  };
}

/** Takes changes into a world. False: they do not follow on what it holds, and it is as it was. */
export function takeChanges(world: World, { after, no, changes }: ChangesMessage): boolean {
  if (after > world.no) return false;
  if (no <= world.no) return true;
  for (const change of changes) takeChange(world, change);
  world.no = no;
  return true;
}

function takeChange(world: World, change: Change): void {
  switch (change.topic) {
    case 'alarm':
      keep(world.alarms, change.key, change.doc, (doc) => doc.closedAt === null);
      break;
    case 'incident':
      keep(world.incidents, change.key, change.doc, (doc) => doc.closedAt === null);
      break;
    case 'ticket':
      keep(world.tickets, change.key, change.doc, (doc) => doc.closedAt === null);
      break;
    case 'flood':
    case 'broadcast':
      break;
    case 'drill':
      keep(world.drills, change.key, change.doc, (doc) => doc.endedAt === null);
      break;
  }
}

function keep<T>(records: Map<string, T>, key: string, doc: T | null, open: (doc: T) => boolean): void {
  if (doc !== null && open(doc)) records.set(key, doc);
  else records.delete(key);
}

export interface FeedOptions {
  url: string;
  session: RestSession;
  /** The world is new or has changed. */
  onWorld: (world: World) => void;
  /** An alarm is new or has changed: those of a snapshot, then each as it comes. */
  onAlarm?: (alarm: AlarmRecord) => void;
  /** The socket is down; it is tried again. */
  onDown?: (why: string) => void;
}

/** Pause before a refused socket signs in again. Milliseconds. */
const signInAgainMs = 2_000;

/** Follows the socket as one person: signs in again when refused, goes on where it was when cut off. */
export class Feed {
  readonly #options: FeedOptions;
  #socket: Socket<ServerToClient, ClientToServer> | null = null;
  #world: World | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  get world(): World | null {
    return this.#world;
  }

  start(): void {
    const { url, session } = this.#options;
    const socket: Socket<ServerToClient, ClientToServer> = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie: session.cookie },
      forceNew: true,
    });
    this.#socket = socket;
    socket.on('connect', () => this.#follow());
    socket.on('snapshot', (message) => this.#show(worldOf(message)));
    socket.on('changes', (message) => this.#take(message));
    socket.on('directory', () => socket.emit('follow', { after: null }));
    socket.on('disconnect', (why) => this.#again(why, why === 'io server disconnect'));
    // `active` is false when the server refused the sign-in; a lost connection is tried again by itself.
    socket.on('connect_error', (error) => this.#again(error.message, !socket.active));
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#socket?.disconnect();
    this.#socket = null;
  }

  #follow(): void {
    this.#socket?.emit('follow', { after: this.#world?.no ?? null });
  }

  #show(world: World): void {
    const { onWorld, onAlarm } = this.#options;
    this.#world = world;
    if (onAlarm !== undefined) for (const alarm of world.alarms.values()) onAlarm(alarm);
    onWorld(world);
  }

  #take(message: ChangesMessage): void {
    if (this.#world === null) return;
    if (takeChanges(this.#world, message)) this.#tell(message, this.#world);
    else this.#follow();
  }

  #tell({ changes }: ChangesMessage, world: World): void {
    const { onWorld, onAlarm } = this.#options;
    if (onAlarm !== undefined)
      for (const { topic, doc } of changes) if (topic === 'alarm' && doc !== null) onAlarm(doc);
    onWorld(world);
  }

  #again(why: string, signInAgain: boolean): void {
    this.#options.onDown?.(why);
    if (!signInAgain || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#signInAndConnect().catch((error: Error) => this.#again(error.message, true));
    }, signInAgainMs);
  }

  async #signInAndConnect(): Promise<void> {
    const socket = this.#socket;
    await this.#options.session.signIn();
    if (socket === null || this.#socket !== socket) return;
    socket.io.opts.extraHeaders = { cookie: this.#options.session.cookie };
    socket.connect();
  }
}
