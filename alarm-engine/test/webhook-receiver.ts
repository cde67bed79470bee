import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type DrillBody, drillBody, type WebhookBody, webhookBody } from '@fenghuo/contracts/deliveries.ts';

interface Received {
  key: string;
  /** The signature is that of the body under the shared secret. */
  genuine: boolean;
  body: WebhookBody | DrillBody;
}

export interface WebhookReceiver extends AsyncDisposable {
  /** What a server needs to know to post here. */
  settings: Record<string, string>;
  received: Received[];
  /** Status of each answer; null: never answers. */
  answer: (message: Received) => number | null | Promise<number>;
}

const secret = 'a secret of the house';

/** Stands for the city's message gateway: keeps what it is told, and answers as the test says. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer(async (request, response) => {
    const sent = await text(request);
    const signature = `sha256=${createHmac('sha256', secret).update(sent).digest('hex')}`;
    const message: Received = {
      key: decodeURIComponent(String(request.headers['idempotency-key'])),
      genuine: request.headers['x-fenghuo-signature'] === signature,
      body: webhookBody.or(drillBody).parse(JSON.parse(sent)),
    };
    receiver.received.push(message);
    const status = await receiver.answer(message);
    if (status !== null) response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    settings: {
      FENGHUO_WEBHOOK_URL: `http://127.0.0.1:${port}/messages`,
      FENGHUO_WEBHOOK_SECRET: secret,
    },
    received: [],
    answer: () => 204,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
