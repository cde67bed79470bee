import 'reflect-metadata';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

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

/** An X.509 certificate (RFC 5280) as PEM, signed with ECDSA on P-256: what every phone since 2012 can check. */
export async function makeCertificate(facts: CertificateFacts): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    serialNumber: Buffer.from(facts.serial).toString('hex'),
    ...{ subject: nameOf(facts.subject), issuer: nameOf(facts.issuer) },
    ...{ notBefore: new Date(facts.notBefore), notAfter: new Date(facts.notAfter) },
    publicKey: publicKeyOf(facts.subjectKey),
    signingKey: facts.issuerKey.toCryptoKey(p256, false, ['sign']),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: await extensionsOf(facts),
  });
  return `${certificate.toString('pem')}\n`;
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const publicKeyOf = (key: KeyObject) => createPublicKey(key).toCryptoKey(p256, true, ['verify']);

const nameOf = (common: string) => [{ O: ['Fenghuo'] }, { CN: [common] }];

async function extensionsOf({ names, issuerKey, subjectKey }: CertificateFacts): Promise<Extension[]> {
  const both = [
    await SubjectKeyIdentifierExtension.create(publicKeyOf(subjectKey)),
    await AuthorityKeyIdentifierExtension.create(publicKeyOf(issuerKey)),
  ];
  if (names === null)
    return [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      ...both,
    ];
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(
      names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
    ),
    ...both,
  ];
}
