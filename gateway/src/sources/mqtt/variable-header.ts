import type { ProtocolVersion } from './control-packet.ts';
import { FieldReader } from './field-reader.ts';
import type { PacketReader } from './packet-reader.ts';
import { readProperties } from './properties.ts';
import { type CloseReason, code } from './reason-codes.ts';

/**
 * Why the properties of the SUBSCRIBE or UNSUBSCRIBE at hand are not as they should be (MQTT 5 §3.8.2.1, 3.10.2.1):
 * mqtt-packet lets one pass that is in the wrong place or comes twice.
 */
export function filterPropertiesFault(
  { bytes, body, end }: PacketReader,
  of: 'subscribe' | 'unsubscribe',
  version: ProtocolVersion,
): CloseReason | null {
  if (version === 4) return null;
  const properties = readProperties(new FieldReader(bytes, body + 2, end), of);
  return typeof properties === 'string' ? properties : null;
}

/** PUBREL: its packet id and, in MQTT 5, reason and properties (§3.6.2). */
export function pubrelFault(reader: PacketReader, version: ProtocolVersion): CloseReason | null {
  const { bytes, body, end } = reader;
  if ((bytes[reader.start]! & 15) !== 2 || end - body < 2) return 'malformed-packet';
  return endFault(new FieldReader(bytes, body + 2, end), 'pubrel', version);
}

/** DISCONNECT: nothing in 3.1.1 (§3.14.1), in MQTT 5 reason and properties (§3.14.2). */
export function disconnectFault({ bytes, body, end }: PacketReader, version: ProtocolVersion) {
  return endFault(new FieldReader(bytes, body, end), 'disconnect', version);
}

/** Reason and properties, each of which may be left out with what follows it, and then nothing more. */
function endFault(
  fields: FieldReader,
  of: 'pubrel' | 'disconnect',
  version: ProtocolVersion,
): CloseReason | null {
  if (fields.at === fields.end) return null;
  if (version === 4) return 'malformed-packet';
  const reason = fields.byte();
  if (of === 'pubrel' && reason !== code.success && reason !== code.packetIdNotFound) return 'protocol-error';
  if (fields.at === fields.end) return null;
  const properties = readProperties(fields, of);
  if (typeof properties === 'string') return properties;
  return fields.at === fields.end ? null : 'malformed-packet';
}
