/** Component status, fire, of GB/T 26875.3-2011 as it is in public. */
export const sampleFrame = Buffer.from(
  `40400000010118 0d11160a14 000000000000 060504030201 3000 02 0201 0103 00
   d9000600 0200 a3c1c7f8a3b1b2e3dfc8b2b8d7dfc0c8 ${'00'.repeat(15)} 301213010814 68 2323`.replaceAll(
    /\s/g,
    '',
  ),
  'hex',
);

/** The frame of transmitter 010203040506 around a data unit in hexadecimal, sent at the sample's time of its fire. */
export function frameOf(adu: string, command = 2, seq = 0): Buffer {
  const unit = Buffer.from(adu.replaceAll(/\s/g, ''), 'hex');
  const frame = Buffer.alloc(30 + unit.length);
  sampleFrame.copy(frame, 0, 0, 27);
  frame.write('301213010814', 6, 'hex');
  frame.write('060504030201000000000000', 12, 'hex');
  frame.writeUInt16LE(seq, 2);
  frame.writeUInt16LE(unit.length, 24);
  frame[26] = command;
  unit.copy(frame, 27);
  frame[27 + unit.length] = frame.subarray(2, -3).reduce((sum, byte) => (sum + byte) & 0xff, 0);
  frame.write('2323', 28 + unit.length, 'hex');
  return frame;
}
