import type { Words } from '@fenghuo/contracts/words.ts';

/** Why a step or a photo was not taken, kept with it in both languages as the server's words are. */
export const overWithout: Words = {
  zh: '工单已关闭或已转出，此步未办理',
  en: 'The ticket was closed or handed on: this step was not taken',
};
export const unusable: Words = {
  zh: '照片损坏、过大或格式不支持，未能保存',
  en: 'The photo is damaged, too large or of a kind that is not taken: not kept',
};
export const notAllowed: Words = { zh: '您的账号不能办理此项', en: 'Your account may not do this' };
