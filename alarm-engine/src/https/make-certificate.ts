import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { bits, explicit, implicit, integer, octets, oid, sequence, set, time, utf8, yes } from './der.ts';

export interface CertificateFacts {
  /** Common names: of whom it speaks, and who says so. */
  subject: string;
  issuer: string;
  /** P-256 keys: the private one of who signs, and of whom the certificate is. */
  issuerKey: KeyObject;
  subjectKey: KeyObject;
  /** Addresses and host names that it is good for; null: it is an authority, and good for certificates alone. */
  names: readonly string[] | null;
  /** 16 random bytes. */
  serial: Uint8Array;
  /** Milliseconds since 1970. */
  notBefore: number;
  notAfter: number;
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/** An X.509 certificate (RFC 5280) as PEM, signed with ECDSA on P-256: what every phone since 2012 can check. */
export function makeCertificate(facts: CertificateFacts): string {
  const { subject, issuer, issuerKey, subjectKey, notBefore, notAfter } = facts;
  const tbs = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.from(facts.serial).fill(facts.serial[0]! & 0x7f, 0, 1)),
    ecdsaWithSha256,
    nameOf(issuer),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    publicKeyOf(subjectKey),
    explicit(3, sequence(...extensionsOf(facts))),
  );
  const signature = sign('sha256', tbs, issuerKey);
  const der = sequence(tbs, ecdsaWithSha256, bits(signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const nameOf = (common: string) =>
  sequence(set(sequence(oid('2.5.4.10'), utf8('Fenghuo'))), set(sequence(oid('2.5.4.3'), utf8(common))));

const publicKeyOf = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' });

/** RFC 5280 4.2.1.2, method 1: of the bits of the key, the last 65 bytes of a P-256 SPKI. */
const keyId = (key: KeyObject) => createHash('sha1').update(publicKeyOf(key).subarray(-65)).digest();

function extensionsOf({ names, issuerKey, subjectKey }: CertificateFacts): Buffer[] {
  const of = (id: string, value: Buffer, critical = false) =>
    sequence(oid(id), ...(critical ? [yes] : []), octets(value));
  const both = [
    of('2.5.29.14', octets(keyId(subjectKey))),
    of('2.5.29.35', sequence(implicit(0, keyId(issuerKey)))),
  ];
  if (names === null) {
    const keyCertSign = bits(Buffer.from([0x06]), 1);
    const noOtherBelow = integer(Buffer.from([0]));
    return [of('2.5.29.19', sequence(yes, noOtherBelow), true), of('2.5.29.15', keyCertSign, true), ...both];
  }
  const digitalSignature = bits(Buffer.from([0x80]), 7);
  const serverAuth = sequence(oid('1.3.6.1.5.5.7.3.1'));
  return [
    of('2.5.29.19', sequence(), true),
    of('2.5.29.15', digitalSignature, true),
    of('2.5.29.37', serverAuth),
    of('2.5.29.17', sequence(...names.map(generalName))),
    ...both,
  ];
}

const generalName = (name: string): Buffer =>
  isIPv4(name) || isIPv6(name) ? implicit(7, addressBytes(name)) : implicit(2, Buffer.from(name));

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [front, back] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array(8 - front.length - back.length).fill('0');
  return Buffer.from([...front, ...zeros, ...back].map((one) => one.padStart(4, '0')).join(''), 'hex');
}
