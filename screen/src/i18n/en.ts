import { broadcastEn } from './en/broadcast.ts';
import { deskEn } from './en/desk.ts';
import { drillEn } from './en/drill.ts';
import { phoneEn } from './en/phone.ts';
import { recordsEn } from './en/records.ts';
import { setupEn } from './en/setup.ts';
import { signInEn } from './en/sign-in.ts';
import { termsEn } from './en/terms.ts';
import { wallEn } from './en/wall.ts';

/** Every sentence of the screen in English, with the keys of `zh-cn.ts`. */
export const en = {
  ...signInEn,
  ...termsEn,
  ...wallEn,
  ...deskEn,
  ...broadcastEn,
  ...phoneEn,
  ...recordsEn,
  ...drillEn,
  setup: setupEn,
};
