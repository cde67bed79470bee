const packetBytes = 188;
const sync = 0x47;

/**
 * The coded pictures in the beginning of a segment, without what counts time around them: of MPEG-TS what its PES
 * packets of video carry, of MP4 what is in `mdat`, of anything else all of it. An encoder that repeats one picture
 * counts on in the containers' headers, and these bytes stay the same.
 */
export function pictureBytes(segment: Buffer): Buffer {
  if (segment[0] === sync && (segment.length < packetBytes + 1 || segment[packetBytes] === sync))
    return videoOfTransportStream(segment);
  return mediaOfMp4(segment) ?? segment;
}

function videoOfTransportStream(segment: Buffer): Buffer {
  const parts: Buffer[] = [];
  let video = -1;
  for (let at = 0; at + packetBytes <= segment.length; at += packetBytes) {
    const packet = segment.subarray(at, at + packetBytes);
    if (packet[0] !== sync) break;
    const pid = packet.readUInt16BE(1) & 0x1fff;
    const begins = (packet[1]! & 0x40) !== 0;
    const control = (packet[3]! >> 4) & 3;
    if ((control & 1) === 0) continue;
    const payload = packet.subarray(control === 3 ? 5 + packet[4]! : 4);
    const isVideo = begins && payload.length > 9 && payload.readUInt32BE(0) >>> 4 === 0x1e;
    if (isVideo && video < 0) video = pid;
    if (pid === video)
      parts.push(begins ? payload.subarray(Math.min(payload.length, 9 + payload[8]!)) : payload);
  }
  return Buffer.concat(parts);
}

function mediaOfMp4(segment: Buffer): Buffer | null {
  for (let at = 0; at + 8 <= segment.length; ) {
    const size = segment.readUInt32BE(at);
    if (segment.toString('latin1', at + 4, at + 8) === 'mdat')
      return segment.subarray(at + 8, size === 0 ? segment.length : at + size);
    if (size < 8) return null;
    at += size;
  }
  return null;
}
