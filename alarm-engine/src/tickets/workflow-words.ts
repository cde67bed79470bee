import type { EvidenceKind, UnitLevel, Words } from '@fenghuo/contracts/words.ts';
import type { Mover, Workflow, WorkflowMove } from '@fenghuo/contracts/workflow.ts';

/** Levels of the chain, as people say them. */
export const levelWords: Record<UnitLevel, Words> = {
  county: { zh: '市指挥室', en: 'the county command room' },
  township: { zh: '镇街指挥室', en: 'the township command room' },
  station: { zh: '联勤工作站', en: 'the joint station' },
  village: { zh: '村社', en: 'the village' },
  grid: { zh: '网格', en: 'the grid' },
  team: { zh: '处置队', en: 'the response team' },
};

const kindWords: Record<EvidenceKind, (count: number) => Words> = {
  note: (count) => ({
    zh: `文字说明 ${count} 条（可写在理由里）`,
    en: `${count} note${count === 1 ? '' : 's'} (the reason counts as one)`,
  }),
  photo: (count) => ({ zh: `照片 ${count} 张`, en: `${count} photo${count === 1 ? '' : 's'}` }),
  video: (count) => ({ zh: `视频 ${count} 段`, en: `${count} video${count === 1 ? '' : 's'}` }),
  document: (count) => ({ zh: `文件 ${count} 份`, en: `${count} document${count === 1 ? '' : 's'}` }),
};

/** The names of some steps, as a list. */
export function stepWords({ steps }: Workflow, ids: readonly string[]): Words {
  return listed(ids.map((id) => steps.find((step) => step.id === id)?.name ?? { zh: id, en: id }));
}

/** Who may make a move; the county always may. */
export function moverWords(by: readonly Mover[], holder: Words): Words {
  const movers = by.includes('county') ? by : [...by, 'county' as const];
  return listed(movers.map((mover) => (mover === 'holder' ? holder : levelWords[mover])));
}

/** What a case lacks. */
export function evidenceWords(lacking: WorkflowMove['evidence']): Words {
  const { zh, en } = listed(lacking.map(({ kind, count }) => kindWords[kind](count)));
  return { zh: `还缺${zh}`, en: `The case still lacks ${en}` };
}

function listed(words: readonly Words[]): Words {
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
}
