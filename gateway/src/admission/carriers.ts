import type { CarrierDialect } from '@fenghuo/contracts/carrier.ts';
import type { Principal } from './principals.ts';

/** A source of a carrier's cloud, and how its requests are told from those of others. */
export interface Carrier {
  readonly principal: Principal;
  readonly dialect: CarrierDialect;
  readonly revoked: boolean;
  /** The token that stands in `Authorization: Bearer …` or in the address. */
  isToken(token: string): boolean;
  /** OneNET's own way: see {@link oneNetSignature}. */
  isSigned(signed: OneNetSigned): boolean;
}

/** The alarm engine knows the sources; the gateway asks it at every request, so a revoked one is refused at its next. */
export interface CarrierDirectory {
  /** Null: nobody issued it. Rejects when it cannot be known now. */
  find(source: string): Promise<Carrier | null>;
}

/** What OneNET signs: the text of its message as it was sent, and its nonce. */
export interface OneNetSigned {
  nonce: string;
  msg: string;
  signature: string;
}
