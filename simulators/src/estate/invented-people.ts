import type { SeededRandom } from './seeded-random.ts';

/** Family names common on this coast, the commonest several times. */
const surnames = [
  ...'陈陈陈陈林林林林王王王李李张张叶叶江江金金潘郑赵颜蔡蔡朱徐吴周黄黄应丁毛蒋阮阮莫谢孙胡杨郭梁'.split(''),
];
const givenFirst = '建国文志海晓丽小春永玉美云明伟雪华正学林爱红秀卫宏思佳雨俊立金新家惠君'.split('');
const givenSecond = '平军华芳英强峰敏燕红兵勇辉琴娟飞东波斌涛良忠萍霞达富根康方生'.split('');
const givenAlone = '敏华燕军萍斌琴娟霞峰勇'.split('');

/** A name that could be anybody's, put together from common parts. */
export function inventName(random: SeededRandom): string {
  const first = random.pick(givenFirst);
  const second = random.pick(givenSecond);
  const given = random.chance(0.12) || first === second ? random.pick(givenAlone) : first + second;
  return random.pick(surnames) + given;
}

/**
 * Telephone numbers that nobody can have: area code 0576 (Taizhou) and a subscriber number that begins with
 * 0. China's numbering plan starts subscriber numbers with 2 to 8, since 0 opens a trunk call and 1 a service
 * number, so the exchange refuses the call at that digit. A mobile pattern would not do: all of 13 to 19 is
 * assigned, and 10 and 11 lead to service and emergency numbers. Each number comes once in 10 million.
 */
export function phoneBook(): () => string {
  let count = 0;
  return () => {
    const digits = (count++ * 6_180_339 + 2_345_678) % 10_000_000;
    return `0576-0${String(digits).padStart(7, '0')}`;
  };
}
