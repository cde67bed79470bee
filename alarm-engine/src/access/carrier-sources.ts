import {
  type CarrierSourceIssued,
  type CarrierSourceRequest,
  carrierDialectOf,
} from '@fenghuo/contracts/carrier.ts';
import type { Carrier, CarrierDirectory } from '@fenghuo/gateway/admission/carriers.ts';
import { oneNetSignature } from '@fenghuo/gateway/admission/onenet-signature.ts';
import { hashSecret, newSecret, sameHash } from '@fenghuo/gateway/admission/secrets.ts';
import type { Queryable } from '../store/queryable.ts';
import { type CarrierSourceRow, findCarrierSource } from '../store/sql/find-carrier-source.ts';
import { insertCarrierSource } from '../store/sql/insert-carrier-source.ts';
import { sees } from './area-scope.ts';

export interface CarrierSourcesOptions {
  db: Queryable;
  county: string;
  serverKey: Buffer;
}

/** Issues a source, its token told once; null when one of this name stands. */
export async function issueCarrierSource(
  { db, county, serverKey }: CarrierSourcesOptions,
  request: CarrierSourceRequest,
  issuedBy: string,
): Promise<CarrierSourceIssued | null> {
  const token = newSecret();
  const secretHash = hashSecret(serverKey, token);
  if (!(await insertCarrierSource(db, { ...request, county, secretHash, issuedBy }))) return null;
  const signs = request.dialect === 'onenet';
  const signingToken = signs ? signingTokenOf(serverKey, secretHash) : null;
  return { source: request.source, path: `/ingest/v1/${request.source}`, token, signingToken };
}

/**
 * What OneNET signs with must be known in clear to check a signature. It is derived from the stored hash under the
 * server's key: whoever has the table has neither token. OneNET takes letters and digits.
 */
function signingTokenOf(serverKey: Buffer, secretHash: Buffer): string {
  return hashSecret(serverKey, `onenet ${secretHash.toString('hex')}`)
    .toString('hex')
    .slice(0, 32);
}

/** The gateway's directory of carriers. It reads the source at each request: a few hundred a second at most. */
export class StoredCarriers implements CarrierDirectory {
  readonly #options: CarrierSourcesOptions & { areaOf: (deviceId: string) => string | null };

  constructor(options: CarrierSourcesOptions & { areaOf: (deviceId: string) => string | null }) {
    this.#options = options;
  }

  async find(source: string): Promise<Carrier | null> {
    const { db, county } = this.#options;
    const row = await findCarrierSource(db, { county, source });
    return row === null ? null : this.#carrier(row);
  }

  #carrier({ source, dialect, area, secretHash, revoked }: CarrierSourceRow): Carrier {
    const { county, serverKey, areaOf } = this.#options;
    const mayPublish = (deviceId: string) => {
      const place = areaOf(deviceId);
      return place === null || sees({ county, area }, place);
    };
    const name = `carrier:${source}`;
    return {
      principal: {
        ...{ name, kind: 'carrier', run: null, clientId: null, county, mayPublish },
        mayUse: (topic) => carrierDialectOf(topic) === dialect,
      },
      dialect,
      revoked,
      isToken: (token) => sameHash(secretHash, hashSecret(serverKey, token)),
      isSigned: ({ nonce, msg, signature }) => {
        const expected = oneNetSignature(signingTokenOf(serverKey, secretHash), nonce, msg);
        return sameHash(Buffer.from(expected), Buffer.from(signature));
      },
    };
  }
}
