import { broadcastZhCN } from './zh-cn/broadcast.ts';
import { deskZhCN } from './zh-cn/desk.ts';
import { drillZhCN } from './zh-cn/drill.ts';
import { phoneZhCN } from './zh-cn/phone.ts';
import { recordsZhCN } from './zh-cn/records.ts';
import { setupZhCN } from './zh-cn/setup.ts';
import { signInZhCN } from './zh-cn/sign-in.ts';
import { termsZhCN } from './zh-cn/terms.ts';
import { wallZhCN } from './zh-cn/wall.ts';

/** Every sentence of the screen in Chinese. `en.ts` has the same keys; a test sees to it. */
export const zhCN = {
  ...signInZhCN,
  ...termsZhCN,
  ...wallZhCN,
  ...deskZhCN,
  ...broadcastZhCN,
  ...phoneZhCN,
  ...recordsZhCN,
  ...drillZhCN,
  setup: setupZhCN,
} as const;
