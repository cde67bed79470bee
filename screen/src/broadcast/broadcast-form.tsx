import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { type UnitLevel, unitLevels } from '@fenghuo/contracts/words.ts';
import { type FormEvent, useState } from 'react';
import { ActNote } from '../desk/act-note.tsx';
import { useSettledAct } from '../desk/use-settled-act.ts';
import { useLanguage } from '../i18n/language.ts';
import { useSession } from '../state/session.ts';
import type { World } from '../state/world.ts';
import { Choice } from '../ui/choice.tsx';

interface BroadcastFormProps {
  world: World;
  /** The case that it is about; null: none. */
  incident: IncidentRecord | null;
}

/** Says something to every unit of a level: of the whole of one's area, or of one township of it. */
export function BroadcastForm({ world, incident }: BroadcastFormProps) {
  const { t } = useLanguage();
  const areas = useAreas(world);
  const near = areas.findLast(({ code }) => incident?.area.startsWith(code));
  const [area, setArea] = useState((near ?? areas[0])?.code ?? world.county.code);
  const [level, setLevel] = useState<UnitLevel>(incident === null ? 'township' : 'village');
  const [reason, setReason] = useState('');
  const { shown, busy, perform } = useSettledAct('/broadcasts');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const about =
      incident === null
        ? ({ of: 'area', subject: area } as const)
        : ({ of: 'incident', subject: incident.id } as const);
    const { state } = await perform({ act: 'send-broadcast', ...about, area, level, reason });
    if (state === 'done') setReason('');
  };
  return (
    <form className="act-form" data-form="broadcast" onSubmit={(event) => void send(event)}>
      <Choice
        label={t('broadcast.level')}
        value={level}
        write={(value) => setLevel(value as UnitLevel)}
        none={null}
        choices={unitLevels.map((one) => ({ value: one, text: t(`level.${one}`) }))}
      />
      <Choice
        label={t('broadcast.area')}
        value={area}
        write={setArea}
        none={null}
        choices={areas.map(({ code, text }) => ({ value: code, text }))}
      />
      <label className="field field-wide">
        <span>{t('broadcast.text')}</span>
        <textarea
          value={reason}
          rows={2}
          maxLength={500}
          placeholder={t('broadcast.hint')}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="button button-main" disabled={busy || reason.trim() === ''}>
        {t('broadcast.send')}
      </button>
      <ActNote act={shown} />
    </form>
  );
}

/** What may be chosen: one's own area first, then the townships in it. */
function useAreas(world: World): { code: string; text: string }[] {
  const { say } = useLanguage();
  const { session } = useSession();
  const own = session.state === 'known' ? session.who.area : world.county.code;
  const names = world.places.filter(({ level, code }) => level === 'township' && code !== own);
  const name = world.places.find(({ code }) => code === own)?.name ?? world.county.name;
  const townships = names.filter(({ code }) => code.startsWith(own));
  return [{ code: own, text: say(name) }, ...townships.map(({ code, name }) => ({ code, text: say(name) }))];
}
