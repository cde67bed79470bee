import type { CDPSession } from 'playwright-core';

/** How many objects of each class the page holds, after the garbage is taken out. */
export async function liveObjects<N extends string>(
  cdp: CDPSession,
  classes: readonly N[],
): Promise<Record<N, number>> {
  const counts: [N, number][] = [];
  for (const name of classes) counts.push([name, await countOf(cdp, name)]);
  return Object.fromEntries(counts) as Record<N, number>;
}

async function countOf(cdp: CDPSession, name: string): Promise<number> {
  const objectGroup = 'live-objects';
  const { result } = await cdp.send('Runtime.evaluate', { expression: `${name}.prototype`, objectGroup });
  const { objects } = await cdp.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId!,
    objectGroup,
  });
  const { result: length } = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId!,
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await cdp.send('Runtime.releaseObjectGroup', { objectGroup });
  return length.value;
}
