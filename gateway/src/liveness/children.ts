/** What supervision knows of the registry. Devices are numbered densely from 0. */
export interface Lineage {
  readonly deviceCount: number;
  /** Number of the concentrator or bridge that a device hangs on; −1 when it hangs on none. */
  parentOf(deviceNo: number): number;
}

/**
 * Who hangs on whom, seen from above: the children of every parent in one array, 8 bytes a device. Made once: a
 * device that is heard of later hangs on nobody.
 */
export class Children {
  readonly #starts: Int32Array;
  readonly #children: Int32Array;

  constructor(lineage: Lineage) {
    const count = lineage.deviceCount;
    const starts = new Int32Array(count + 1);
    for (let no = 0; no < count; no++) {
      const parent = lineage.parentOf(no);
      if (parent >= 0) starts[parent + 1]!++;
    }
    for (let no = 0; no < count; no++) starts[no + 1]! += starts[no]!;
    const children = new Int32Array(starts[count]!);
    const ends = starts.slice();
    for (let no = 0; no < count; no++) {
      const parent = lineage.parentOf(no);
      if (parent >= 0) children[ends[parent]!++] = no;
    }
    this.#starts = starts;
    this.#children = children;
  }

  of(parent: number): Int32Array {
    return parent + 1 < this.#starts.length
      ? this.#children.subarray(this.#starts[parent]!, this.#starts[parent + 1]!)
      : noChildren;
  }
}

const noChildren = new Int32Array(0);
